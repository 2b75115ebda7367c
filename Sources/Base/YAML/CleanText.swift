/// A file's bytes made fit for the parser, and what had to be replaced.
///
/// Each byte that is not UTF-8, and each character that YAML forbids, is reported and becomes `x`, so that the rest of
/// the file can still be read. A file with many of them is no text, and is not read further.
struct CleanText {
    let source: SourceText
    let problems: [Problem]
    let isText: Bool

    private static let mostBadCharacters = 20

    init(_ bytes: [UInt8], limits: Limits) {
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        var clean: [UInt8] = []
        clean.reserveCapacity(text.count)
        var bad: [(byte: Int, message: String)] = []
        var index = 0
        while index < text.count {
            let (length, scalar) = Self.decode(text, at: index)
            if let scalar, Self.isAllowed(scalar) {
                clean.append(contentsOf: text[index..<index + length])
            } else {
                if bad.count <= Self.mostBadCharacters { bad.append((clean.count, Self.message(scalar, text[index]))) }
                clean.append(UInt8(ascii: "x"))
            }
            index += length
        }
        let source = SourceText(clean)
        self.source = source
        isText = bad.count <= Self.mostBadCharacters
        problems = bad.prefix(Self.mostBadCharacters).map { place in
            Problem(
                .character, at: source.mark(atByte: place.byte), place.message,
                hint: "write the file as UTF-8 text; in a double-quoted string, \\x and \\u spell any character")
        }
    }

    private static func message(_ scalar: UInt32?, _ byte: UInt8) -> String {
        guard let scalar else { return "byte 0x\(hexadecimal(UInt32(byte), 2)) is not UTF-8" }
        return scalar == 0
            ? "a NUL character is not text" : "character U+\(hexadecimal(scalar, 4)) may not stand in YAML"
    }

    private static func hexadecimal(_ value: UInt32, _ width: Int) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// YAML's printable set without inner byte order marks and without NEL, LS and PS.
    ///
    /// Those three end a line in YAML 1.1 and are ordinary characters in 1.2: nobody could see what they do.
    private static func isAllowed(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD,
            0x10000...0x10FFFF:
            true
        default: false
        }
    }

    /// The scalar at an offset and its length; nil and one byte where the bytes are not UTF-8.
    private static func decode(_ bytes: [UInt8], at index: Int) -> (length: Int, scalar: UInt32?) {
        let first = bytes[index]
        let length: Int
        switch first {
        case 0x00...0x7F: return (1, UInt32(first))
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF: length = 3
        case 0xF0...0xF4: length = 4
        default: return (1, nil)
        }
        guard index + length <= bytes.count else { return (1, nil) }
        var scalar = UInt32(first) & (0x7F >> UInt32(length))
        for byte in bytes[index + 1..<index + length] {
            guard byte & 0xC0 == 0x80 else { return (1, nil) }
            scalar = scalar << 6 | UInt32(byte & 0x3F)
        }
        let shortest: UInt32 = [0, 0, 0x80, 0x800, 0x10000][length]
        guard scalar >= shortest, Unicode.Scalar(scalar) != nil else { return (1, nil) }
        return (length, scalar)
    }
}
