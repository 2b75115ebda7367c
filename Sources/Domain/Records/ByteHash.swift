/// Hashing and comparing short byte strings.
///
/// Each table begins with a seed of its own, which nobody can know who makes up ids: without it a second word can be
/// chosen that takes the first out of the state, and a few megabytes of such ids keep a table busy for hours. A seed
/// decides where things lie in a table, and nothing else: codes and rows are numbered in the order of first sight.
enum ByteHash {
    private static let first: UInt64 = 0x9E37_79B9_7F4A_7C15
    private static let second: UInt64 = 0xD6E8_FEB8_6659_FD93

    @inline(__always)
    static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }

    /// The last word overlaps the one before, so that strings of eight bytes and more are read by words alone.
    @inline(__always)
    static func hash(_ span: Span<UInt8>, seed: UInt64) -> UInt64 {
        let bytes = span.bytes
        let count = bytes.byteCount
        var state = seed ^ mix(UInt64(truncatingIfNeeded: count) ^ first, second)
        guard count >= 8 else { return mix(mix(state ^ shortWord(bytes), second), first) }
        var offset = 0
        while offset &+ 8 < count {
            state = mix(state ^ word(bytes, at: offset), first)
            offset &+= 8
        }
        return mix(mix(state ^ word(bytes, at: count &- 8), second), first)
    }

    @inline(__always)
    static func equal(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        let a = left.bytes
        let b = right.bytes
        let count = a.byteCount
        guard count == b.byteCount else { return false }
        guard count >= 8 else { return shortWord(a) == shortWord(b) }
        var offset = 0
        while offset &+ 8 < count {
            guard word(a, at: offset) == word(b, at: offset) else { return false }
            offset &+= 8
        }
        return word(a, at: count &- 8) == word(b, at: count &- 8)
    }

    /// Eight bytes; every caller has seen that there are so many.
    @inline(__always)
    private static func word(_ bytes: RawSpan, at offset: Int) -> UInt64 {
        bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }

    /// Fewer than eight bytes as one number, which tells those of one length apart: the words overlap.
    @inline(__always)
    private static func shortWord(_ bytes: RawSpan) -> UInt64 {
        let count = bytes.byteCount
        if count >= 4 {
            let first = bytes.unsafeLoadUnaligned(fromByteOffset: 0, as: UInt32.self)
            let last = bytes.unsafeLoadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
            return UInt64(first) | UInt64(last) << 32
        }
        guard count > 0 else { return 0 }
        let first = bytes.unsafeLoad(fromByteOffset: 0, as: UInt8.self)
        let middle = bytes.unsafeLoad(fromByteOffset: count / 2, as: UInt8.self)
        let last = bytes.unsafeLoad(fromByteOffset: count &- 1, as: UInt8.self)
        return UInt64(first) | UInt64(middle) << 8 | UInt64(last) << 16
    }
}
