/// The members of one object, sorted by a table of names, with what is said twice.
///
/// A second member of one name is how a value could hide from one reader and show itself to another.
@frozen
public struct JSONFields {
    @usableFromInline let table: JSONFieldTable
    /// Where each field's first value begins, or 0.
    @usableFromInline var positions: [Int]
    @usableFromInline var object: JSONValue?
    @usableFromInline var repeatedFields: [Int] = []
    @usableFromInline var others = KeySet()
    @usableFromInline var order = KeyOrder()
    /// Whether any key, wanted or not, occurs twice.
    public private(set) var hasRepeated = false

    /// An empty set of fields.
    public init(_ table: JSONFieldTable) {
        self.table = table
        positions = Array(repeating: 0, count: table.count)
    }

    /// How many fields there can be.
    @inlinable
    public var count: Int { positions.count }

    /// Takes an object's members in, in place of what was there.
    public mutating func read(_ object: JSONValue) {
        if hasRepeated { repeatedFields.removeAll(keepingCapacity: true) }
        self.object = object
        hasRepeated = false
        if Self.sort(object.members, order.keys, into: &positions) { return }
        others.removeAll()
        hasRepeated = Self.sort(object.members, table, into: &positions, &others, &repeatedFields)
        if !hasRepeated { order.remember(object.members, table) }
    }

    /// Notes where every field's value begins in an object with keys that are known by their places, all of them or the
    /// first ones. False where there is any other key.
    private static func sort(
        _ members: JSONMembers, _ keys: [KeyOrder.Key], into positions: inout [Int]
    ) -> Bool {
        var positions = positions.mutableSpan
        positions.update(repeating: 0)
        let keys = keys.span
        var members = members
        var place = 0
        while let (text, value) = members.next() {
            guard place < keys.count, keys[place].equals(text) else { return false }
            let field = keys[place].field
            if field >= 0 { positions[field] = value.index }
            place &+= 1
        }
        return true
    }

    /// Notes where every field's first value begins. True where any key occurs twice.
    private static func sort(
        _ members: JSONMembers, _ table: JSONFieldTable, into positions: inout [Int], _ others: inout KeySet,
        _ repeatedFields: inout [Int]
    ) -> Bool {
        var positions = positions.mutableSpan
        positions.update(repeating: 0)
        var hasRepeated = false
        for (key, value) in members {
            if let field = table.field(of: key) {
                if positions[field] == 0 {
                    positions[field] = value.index
                } else {
                    hasRepeated = true
                    repeatedFields.append(field)
                }
            } else if !others.insert(key.hash) {
                hasRepeated = true
            }
        }
        return hasRepeated
    }

    /// The first value of that field, or nil.
    @inlinable @inline(__always)
    public subscript(_ field: Int) -> JSONValue? {
        let position = positions[field]
        guard position != 0, let object else { return nil }
        return unsafe JSONValue(tape: object.tape, strings: object.strings, index: position)
    }

    /// Whether that field occurs twice.
    @inlinable @inline(__always)
    public func isRepeated(_ field: Int) -> Bool { hasRepeated && repeatedFields.contains(field) }
}

/// The hashes of keys: a short list, and a set where there are many.
@usableFromInline
struct KeySet {
    private static let few = 32
    private var list: [UInt64] = []
    private var rest: Set<UInt64> = []

    @usableFromInline
    init() { list.reserveCapacity(Self.few) }

    mutating func removeAll() {
        if !list.isEmpty { list.removeAll(keepingCapacity: true) }
        if !rest.isEmpty { rest = [] }
    }

    /// False where the key was there already.
    mutating func insert(_ hash: UInt64) -> Bool {
        if list.contains(hash) { return false }
        if list.count < Self.few {
            list.append(hash)
            return true
        }
        return rest.insert(hash).inserted
    }
}
