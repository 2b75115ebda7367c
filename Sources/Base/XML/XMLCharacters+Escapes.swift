extension XMLCharacters {
    /// The first byte at or after `start` that may be part of something to escape or replace: a control, markup, or the
    /// beginning of U+FFFE or U+FFFF. The end where there is none.
    static func nextThatMayNeedCare(_ text: Span<UInt8>, from start: Int) -> Int {
        var index = start
        let raw = unsafe text.bytes
        while index + 8 <= raw.byteCount {
            let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            if mayNeedCare(word) { break }
            index += 8
        }
        while index < text.count, !mayNeedCare(text[index]) { index += 1 }
        return index
    }

    @inline(__always)
    private static func mayNeedCare(_ byte: UInt8) -> Bool {
        byte < 64 ? careBelow64 >> byte & 1 == 1 : byte == 0xEF
    }

    /// Whether any of eight bytes is a control, markup or not ASCII: eight comparisons for the price of two.
    ///
    /// The usual trick: `x - 1` borrows from the highest bit of a byte that is zero. `"` and `&` differ in one bit, and
    /// so do `<` and `>`; with that bit cleared one comparison finds both.
    @inline(__always)
    private static func mayNeedCare(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = (word & (0xFB * ones)) ^ (0x22 * ones)
        let angles = (word & (0xFD * ones)) ^ (0x3C * ones)
        let found =
            ((word &- 0x20 * ones) & ~word) | ((quotes &- ones) & ~quotes) | ((angles &- ones) & ~angles) | word
        return found & (0x80 * ones) != 0
    }

    /// The bits of the controls and of `"`, `&`, `<` and `>`.
    private static var careBelow64: UInt64 { 0xFFFF_FFFF | 1 << 34 | 1 << 38 | 1 << 60 | 1 << 62 }

    /// What to write instead of the character at `index`, and how many bytes that replaces.
    static func substitute(
        _ text: Span<UInt8>, at index: Int, inAttribute: Bool
    ) -> (StaticString, length: Int)? {
        switch text[index] {
        case UInt8(ascii: "<"): ("&lt;", 1)
        case UInt8(ascii: ">"): ("&gt;", 1)
        case UInt8(ascii: "&"): ("&amp;", 1)
        case UInt8(ascii: "\""): ("&quot;", 1)
        case UInt8(ascii: "\r"): ("&#13;", 1)
        case UInt8(ascii: "\n"): inAttribute ? ("&#10;", 1) : nil
        case UInt8(ascii: "\t"): inAttribute ? ("&#9;", 1) : nil
        case let byte where isForbidden(byte): (replacement, 1)
        case _ where isNoncharacter(text, at: index): (replacement, 3)
        default: nil
        }
    }
}
