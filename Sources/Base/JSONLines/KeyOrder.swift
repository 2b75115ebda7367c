/// What the objects before said of the order of keys, for objects of one kind list their keys alike.
///
/// An object whose keys stand where they stood last time needs no table, and has none of them twice.
@usableFromInline
struct KeyOrder {
    /// A key as it stood at its place: three words of its bytes, which overlap where it is short and tell all keys of
    /// its length apart.
    struct Key {
        private let words: (UInt64, UInt64, UInt64)
        private let offsets: (Int, Int)
        private let mask: UInt64
        private let count: Int
        /// The key's field, or -1 where it is not wanted.
        let field: Int

        static let longest = 24

        /// What is to be remembered of a key of this field, or nil where it is too long.
        init?(_ key: JSONText, field: Int) {
            guard key.count <= Self.longest else { return nil }
            count = key.count
            self.field = field
            mask = count >= 8 ? .max : 1 << UInt64(count * 8) - 1
            let last = max(count - 8, 0)
            offsets = (min(8, last), last)
            words = (key.rawWord(at: 0), key.rawWord(at: offsets.0), key.rawWord(at: last))
        }

        @inline(__always)
        func equals(_ key: JSONText) -> Bool {
            guard key.count == count else { return false }
            let first = key.rawWord(at: 0) ^ words.0
            let second = key.rawWord(at: offsets.0) ^ words.1
            return (first | second | key.rawWord(at: offsets.1) ^ words.2) & mask == 0
        }
    }

    /// Objects with more keys are not remembered.
    private static let longest = 64

    /// The keys of the last object that was remembered. No two are the same.
    private(set) var keys: [Key] = []

    @usableFromInline
    init() { keys.reserveCapacity(Self.longest) }

    /// Remembers an object in which no key occurs twice.
    mutating func remember(_ members: JSONMembers, _ table: JSONFieldTable) {
        keys.removeAll(keepingCapacity: true)
        for (text, _) in members {
            guard keys.count < Self.longest, let key = Key(text, field: table.field(of: text) ?? -1) else { return }
            keys.append(key)
        }
    }
}
