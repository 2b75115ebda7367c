/// Names that a reader looks for among an object's keys.
public struct JSONFieldTable: Sendable {
    @usableFromInline
    struct Slot: Sendable {
        @usableFromInline var word: UInt64
        @usableFromInline var length: Int
        /// The field, or -1 in an empty slot.
        @usableFromInline var field: Int
        @usableFromInline var name: [UInt8]
    }

    @usableFromInline let slots: [Slot]
    @usableFromInline let mask: Int
    /// How many names there are.
    public let count: Int

    /// A table of these names; a name's place in the list is its field.
    public init(_ names: [String]) {
        var size = 16
        while size < names.count * 4 { size *= 2 }
        var slots = [Slot](repeating: Slot(word: 0, length: 0, field: -1, name: []), count: size)
        for (field, name) in names.enumerated() {
            let name = Array(name.utf8)
            let word = Self.word(name)
            var slot = Self.slot(word, name.count) & (size - 1)
            while slots[slot].field >= 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = Slot(word: word, length: name.count, field: field, name: name)
        }
        self.slots = slots
        mask = size - 1
        count = names.count
    }

    /// The field of a key, or nil.
    @inlinable
    public func field(of key: JSONText) -> Int? {
        let word = key.firstWord
        var slot = Self.slot(word, key.count) & mask
        while slots[slot].field >= 0 {
            if slots[slot].word == word, slots[slot].length == key.count {
                if key.count <= 8 || key.equals(slots[slot].name) { return slots[slot].field }
            }
            slot = (slot + 1) & mask
        }
        return nil
    }

    @inlinable
    static func slot(_ word: UInt64, _ length: Int) -> Int {
        let mixed = (word ^ UInt64(truncatingIfNeeded: length)) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed &>> 40)
    }

    private static func word(_ name: [UInt8]) -> UInt64 {
        name.prefix(8).enumerated().reduce(0) { $0 | UInt64($1.element) << UInt64(8 * $1.offset) }
    }
}

/// The members of one object, sorted by a table of names, with what is said twice.
///
/// A second member of one name is how a value could hide from one reader and show itself to another.
public struct JSONFields {
    private let table: JSONFieldTable
    private var values: [JSONValue?]
    private var present: [Int] = []
    private var repeatedFields: [Int] = []
    private var otherHashes: [UInt64] = []
    private var manyHashes: Set<UInt64> = []
    /// Whether any key, wanted or not, occurs twice.
    public private(set) var hasRepeated = false

    /// An empty set of fields.
    public init(_ table: JSONFieldTable) {
        self.table = table
        values = Array(repeating: nil, count: table.count)
    }

    /// Takes an object's members in, in place of what was there.
    public mutating func read(_ object: JSONValue) {
        forget()
        var members = object.members
        while let (key, value) = members.next() {
            if let field = table.field(of: key) {
                if values[field] == nil {
                    values[field] = value
                    present.append(field)
                } else {
                    hasRepeated = true
                    repeatedFields.append(field)
                }
            } else {
                noteOther(key)
            }
        }
    }

    /// How many fields there can be.
    public var count: Int { table.count }

    /// The first value of that field, or nil.
    public subscript(_ field: Int) -> JSONValue? { values[field] }

    /// Whether that field occurs twice.
    public func isRepeated(_ field: Int) -> Bool { hasRepeated && repeatedFields.contains(field) }

    private mutating func forget() {
        for field in present { values[field] = nil }
        present.removeAll(keepingCapacity: true)
        otherHashes.removeAll(keepingCapacity: true)
        guard hasRepeated || !manyHashes.isEmpty else { return }
        hasRepeated = false
        repeatedFields.removeAll(keepingCapacity: true)
        manyHashes = []
    }

    private mutating func noteOther(_ key: JSONText) {
        let hash = key.hash
        if otherHashes.count < 32 {
            if otherHashes.contains(hash) { hasRepeated = true }
            otherHashes.append(hash)
        } else if otherHashes.contains(hash) || !manyHashes.insert(hash).inserted {
            hasRepeated = true
        }
    }
}
