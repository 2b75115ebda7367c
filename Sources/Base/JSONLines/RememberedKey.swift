/// A key as it stood in another object, for the next object's keys to be compared with.
///
/// A key is compared together with its length, which stands before it. Two words tell all keys of up to twelve bytes
/// apart, the first and the last, which overlap where the key is short; two more stand between them in longer ones.
struct RememberedKey {
    private let head: UInt64
    private let tail: UInt64
    private let middle: (UInt64, UInt64)
    /// Which bits of the first and the last word belong to the key.
    private let mask: UInt64
    private let tailOffset: Int32
    private let middleOffset: Int32

    /// Longer keys are not remembered.
    static let longest = 28

    /// What is to be remembered of a key, or nil where it is too long.
    init?(_ key: JSONText) {
        guard key.count <= Self.longest else { return nil }
        let start = unsafe key.start - 4
        let length = key.count + 4
        let last = max(length - 8, 0)
        mask = length >= 8 ? .max : 1 << UInt64(length * 8) - 1
        tailOffset = Int32(last)
        middleOffset = last > 8 ? Int32(min(last, 16)) : 0
        head = unsafe Self.word(start)
        tail = unsafe Self.word(start + last)
        middle = unsafe middleOffset > 0 ? (Self.word(start + 8), Self.word(start + Int(middleOffset))) : (0, 0)
    }

    /// Whether the key whose length stands here is the same.
    @inline(__always) @unsafe
    func isKey(at start: UnsafePointer<UInt8>) -> Bool {
        let first = unsafe Self.word(start) ^ head
        let last = unsafe Self.word(start + Int(tailOffset)) ^ tail
        guard (first | last) & mask == 0 else { return false }
        guard middleOffset > 0 else { return true }
        let second = unsafe Self.word(start + 8) ^ middle.0
        return unsafe second | (Self.word(start + Int(middleOffset)) ^ middle.1) == 0
    }

    /// The parser's memory goes on for more than eight bytes behind every text.
    @inline(__always) @unsafe
    private static func word(_ start: UnsafePointer<UInt8>) -> UInt64 {
        unsafe UnsafeRawPointer(start).loadUnaligned(as: UInt64.self).littleEndian
    }
}
