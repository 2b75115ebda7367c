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

/// An object of the host, read field by field and never copied into a map.
///
/// Make it a small struct (three words or fewer): then handing it over allocates nothing.
public protocol CELObject: Sendable {
    /// What fields it has.
    var objectType: CELObjectType { get }

    /// The field at this index of `objectType.fields`.
    func field(at index: Int) -> CELLookup

    /// Whether `==` holds between the two.
    func isEqual(to other: any CELObject) -> Bool
}

/// A map of the host with string keys, read key by key.
public protocol CELMapping: Sendable {
    /// How many keys there are.
    var count: Int { get }

    /// The keys, in an order that does not change from run to run.
    var keys: [String] { get }

    /// What is under that key.
    func value(forKey key: String) -> CELLookup
}

/// A list of the host, read element by element.
public protocol CELSequence: Sendable {
    /// How many elements there are.
    var count: Int { get }

    /// The element at an index from 0 up to `count`.
    func element(at index: Int) -> CELLookup
}

/// A value that only the host understands. Expressions hand it from one registered function to the next.
public protocol CELOpaque: Sendable {
    /// The name under which ``CELType/opaque(_:)`` refers to its type.
    var typeName: String { get }

    /// Whether `==` holds between the two.
    func isEqual(to other: any CELOpaque) -> Bool
}
