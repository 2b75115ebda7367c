/// The fields of one kind of host object, declared once and shared by all its objects.
///
/// A field's index is its place in `fields`; compiled programs read by index.
public final class CELObjectType: Sendable {
    /// One field: its name and its type.
    public struct Field: Sendable, Hashable {
        /// What it is called after the dot.
        public let name: String
        /// What it may hold.
        public let type: CELType

        /// A field of that name and type.
        public init(_ name: String, _ type: CELType) {
            self.name = name
            self.type = type
        }
    }

    /// The name under which ``CELType/object(_:)`` refers to it.
    public let name: String
    /// The fields, by index.
    public let fields: [Field]
    private let indices: [String: Int]

    /// An object type with these fields. Of two fields of one name the first counts.
    public init(name: String, fields: [Field]) {
        self.name = name
        self.fields = fields
        indices = Dictionary(
            fields.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }

    /// The place of the field of that name, or nil.
    public func index(of name: String) -> Int? { indices[name] }
}

/// Where objects of the host live: a table of which each row is one object.
///
/// Objects are read field by field, and never copied; naming one costs no memory.
public protocol CELObjectSource: AnyObject, Sendable {
    /// What fields its objects have.
    var objectType: CELObjectType { get }

    /// The field at this index of `objectType.fields`.
    func field(at index: Int, of row: Int) -> CELLookup

    /// What it cost to find out the field that was just read, in the units of ``CELLimits/cost``: more than nothing
    /// where that is an expression of its own. It must be the same each time, also where the value was remembered.
    func cost(ofReading index: Int, of row: Int) -> Int
}

extension CELObjectSource {
    /// Nothing: the field is there already.
    public func cost(ofReading index: Int, of row: Int) -> Int { 0 }
}

/// An object of the host: a row of its source.
public struct CELObject: Sendable, Equatable {
    /// Where it lives.
    public let source: any CELObjectSource
    /// Which of the source's objects it is.
    public let row: Int

    /// The object in that row.
    public init(_ source: any CELObjectSource, row: Int) {
        self.source = source
        self.row = row
    }

    /// Whether both are the same row of the same source.
    public static func == (left: CELObject, right: CELObject) -> Bool {
        left.source === right.source && left.row == right.row
    }
}
