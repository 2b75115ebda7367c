/// Names that a reader looks for among an object's keys.
@frozen
public struct JSONFieldTable: Sendable {
    /// Three words a slot: the name's first eight bytes, its next eight, its length and its field plus one in half a word
    /// each.
    @usableFromInline let slots: [UInt64]
    @usableFromInline let mask: Int
    @usableFromInline let names: [[UInt8]]

    /// How many names there are.
    public var count: Int { names.count }

    /// A table of these names; a name's place in the list is its field.
    public init(_ names: [String]) {
        var size = 16
        while size < names.count * 4 { size *= 2 }
        var slots = [UInt64](repeating: 0, count: size * 3)
        self.names = names.map { Array($0.utf8) }
        for (field, name) in self.names.enumerated() {
            let first = Self.word(name.prefix(8))
            var slot = Self.slot(first, name.count) & (size - 1)
            while slots[slot * 3 + 2] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot * 3] = first
            slots[slot * 3 + 1] = Self.word(name.dropFirst(8).prefix(8))
            slots[slot * 3 + 2] = UInt64(name.count) << 32 | UInt64(field + 1)
        }
        self.slots = slots
        mask = size - 1
    }

    /// The field of a key, or nil.
    @inlinable
    public func field(of key: JSONText) -> Int? {
        let first = key.word(at: 0)
        let count = key.count
        var slot = Self.slot(first, count) & mask
        while true {
            let tail = slots[slot &* 3 &+ 2]
            guard tail != 0 else { return nil }
            if slots[slot &* 3] == first, Int(truncatingIfNeeded: tail &>> 32) == count {
                let field = Int(truncatingIfNeeded: tail & 0xFFFF_FFFF) &- 1
                if count <= 8 { return field }
                if slots[slot &* 3 &+ 1] == key.word(at: 8), count <= 16 || key.equals(names[field]) { return field }
            }
            slot = (slot &+ 1) & mask
        }
    }

    @inlinable
    static func slot(_ word: UInt64, _ length: Int) -> Int {
        let mixed = (word ^ UInt64(truncatingIfNeeded: length)) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed &>> 40)
    }

    private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
