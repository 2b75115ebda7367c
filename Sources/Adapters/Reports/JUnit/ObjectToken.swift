internal import CanonicalJSON

/// How a case names what it is about: stable, unique, and of characters that every reader of JUnit files keeps apart.
///
/// Readers collapse white space, drop controls and cut long names, so all of these are written as `%XX`, and what is
/// very long ends in a digest of the whole.
enum ObjectToken {
    private static let longest = 256

    /// The token of a text, such as an id.
    static func encode(_ text: Span<UInt8>, into token: inout [UInt8]) throws(ReportError) {
        guard text.count <= longest, !needsEncoding(text) else {
            try encodeSlowly(text, into: &token)
            return
        }
        token.append(text)
    }

    /// The token of a text, such as an id.
    static func encode(_ text: String) throws(ReportError) -> String {
        var token: [UInt8] = []
        try encode(text.utf8Span.span, into: &token)
        return String(decoding: token, as: UTF8.self)
    }

    /// A class name of these parts: `tenure.<source>.<policy>`.
    static func classname(_ parts: String...) -> String { classname(parts) }

    static func classname(_ parts: [String]) -> String {
        let names = parts.map(plain)
        return (["tenure"] + names.dropLast() + names.suffix(1).map(withoutDots)).joined(separator: ".")
    }

    /// Viewers take what is behind the last dot for the class, and the rest for its package.
    private static func withoutDots(_ name: String) -> String {
        name.split(separator: ".", omittingEmptySubsequences: false).joined(separator: "%2E")
    }

    /// Words of which white space is a single space: what schemas call a token, and what viewers make of it anyway.
    static func plain(_ text: String) -> String {
        let words = text.unicodeScalars.split { $0.value <= 0x20 || $0.value == 0x7F }
        return words.isEmpty ? "-" : words.map { String($0) }.joined(separator: " ")
    }

    private static func needsEncoding(_ text: Span<UInt8>) -> Bool {
        for index in text.indices where needsEncoding(text[index]) { return true }
        return text.isEmpty
    }

    /// Controls, space, `%` itself, and the first byte of U+FFFE and U+FFFF.
    private static func needsEncoding(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: "%") || byte == 0x7F || byte == 0xEF
    }

    private static func encodeSlowly(_ text: Span<UInt8>, into token: inout [UInt8]) throws(ReportError) {
        guard !text.isEmpty else {
            token.append(literal: "%")
            return
        }
        let isLong = text.count > longest
        var whole: [UInt8] = []
        whole.append(text)
        let start = token.count
        for scalar in String(decoding: whole, as: UTF8.self).unicodeScalars {
            if isLong, token.count - start >= longest / 2 { break }
            let isNoncharacter = scalar == "\u{FFFE}" || scalar == "\u{FFFF}"
            for byte in String(scalar).utf8 {
                if isNoncharacter || (byte != 0xEF && needsEncoding(byte)) {
                    token.append(percentEncoded: byte)
                } else {
                    token.append(byte)
                }
            }
        }
        guard isLong else { return }
        token.append(UInt8(ascii: "~"))
        token.append(hexadecimal: try digest(whole))
    }
}

extension [UInt8] {
    fileprivate mutating func append(percentEncoded byte: UInt8) {
        append(literal: byte < 0x10 ? "%0" : "%")
        append(contentsOf: String(byte, radix: 16, uppercase: true).utf8)
    }
}
