/// The characters of XML 1.0, as UTF-8 bytes.
///
/// The input is the UTF-8 of a Swift string, so it is well formed: neither lone surrogates nor overlong forms occur.
enum XMLCharacters {
    /// What stands for a character that XML 1.0 cannot carry, not even as a reference: U+FFFD.
    static let replacement: StaticString = "\u{FFFD}"

    /// True for C0 controls other than tab, line feed and carriage return.
    @inline(__always)
    static func isForbidden(_ byte: UInt8) -> Bool {
        byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D
    }

    /// True where U+FFFE or U+FFFF, the only longer characters that are forbidden, begins at `index`.
    @inline(__always)
    static func isNoncharacter(_ bytes: Span<UInt8>, at index: Int) -> Bool {
        bytes[index] == 0xEF && index + 2 < bytes.count && bytes[index + 1] == 0xBF && bytes[index + 2] >= 0xBE
    }

    /// The text with every forbidden character replaced. Text without any is returned as it is.
    static func legal(_ text: String) -> String {
        guard containsForbidden(text.utf8Span.span) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { isLegal($0) ? $0 : "\u{FFFD}" }))
    }

    private static func containsForbidden(_ bytes: Span<UInt8>) -> Bool {
        for index in bytes.indices where isForbidden(bytes[index]) || isNoncharacter(bytes, at: index) { return true }
        return false
    }

    private static func isLegal(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}
