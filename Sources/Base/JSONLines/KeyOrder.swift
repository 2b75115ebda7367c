/// What the objects before said of the order of keys, for objects of one kind list their keys alike.
///
/// A key that stands where it stood last time is compared with that one key; any other is looked up in the table.
@usableFromInline
struct KeyOrder {
    private struct Key {
        /// The key's first eight bytes, and its next eight.
        var first: UInt64 = 0
        var second: UInt64 = 0
        /// Never a key's length as long as nothing stood here.
        var count = -1
        /// The key's field, or nil where it is not wanted.
        var field: Int?
    }

    /// Places beyond these are looked up every time.
    private static let kept = 64
    /// Longer keys are looked up too: the two words do not hold them.
    private static let longest = 16

    private var keys: [Key] = []

    @usableFromInline
    init() { keys = Array(repeating: Key(), count: Self.kept) }

    /// The field of the key at this place among the object's members, or nil.
    @inline(__always)
    mutating func field(of key: JSONText, at place: Int, in table: JSONFieldTable) -> Int? {
        guard place < Self.kept, key.count <= Self.longest else { return table.field(of: key) }
        let first = key.word(at: 0)
        let second = key.count > 8 ? key.word(at: 8) : 0
        let known = keys[place]
        if known.first == first, known.second == second, known.count == key.count { return known.field }
        let field = table.field(of: key)
        keys[place] = Key(first: first, second: second, count: key.count, field: field)
        return field
    }
}
