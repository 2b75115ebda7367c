/// Strings as sequences of code points.
enum CodePoints {
    /// Where the code point of that number begins; the number of all of them is the end.
    static func index(_ number: Int, in text: String) throws(CELError) -> String.Index {
        let scalars = text.unicodeScalars
        guard number >= 0, let index = scalars.index(scalars.startIndex, offsetBy: number, limitedBy: scalars.endIndex)
        else { throw CELError(.invalidArgument, "place \(number) is outside the string") }
        return index
    }

    /// The number of the code point where `part` first occurs from that place on, or -1.
    static func first(_ part: String, in text: String, from start: String.Index) -> Int {
        let before = text.utf8.distance(from: text.startIndex, to: start)
        guard let offset = Text.first(part, in: text, from: before) else { return -1 }
        return number(ofByte: offset, in: text)
    }

    /// The number of the code point where `part` last occurs, beginning at that place or before it, or -1.
    static func last(_ part: String, in text: String, upTo end: String.Index) -> Int {
        let latest = text.utf8.distance(from: text.startIndex, to: end)
        guard let offset = Text.last(part, in: text, upTo: latest) else { return -1 }
        return number(ofByte: offset, in: text)
    }

    private static func number(ofByte offset: Int, in text: String) -> Int {
        text.utf8.prefix(offset).reduce(0) { $0 + ($1 & 0b1100_0000 == 0b1000_0000 ? 0 : 1) }
    }

    /// Without white space at both ends, as Unicode defines it.
    static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }

    /// With each byte of ASCII changed; others stay as they are.
    static func mapped(_ text: String, _ change: (UInt8) -> UInt8) -> String {
        String(decoding: text.utf8.map { $0 < 0x80 ? change($0) : $0 }, as: UTF8.self)
    }

    /// As it could stand in an expression, between double quotes.
    static func quoted(_ text: String) -> String {
        var quoted = String.UnicodeScalarView("\"".unicodeScalars)
        for scalar in text.unicodeScalars {
            if let letter = escapes[scalar] {
                quoted.append("\\")
                quoted.append(letter)
            } else {
                quoted.append(scalar)
            }
        }
        quoted.append("\"")
        return String(quoted)
    }

    private static let escapes: [Unicode.Scalar: Unicode.Scalar] = [
        "\u{7}": "a", "\u{8}": "b", "\u{C}": "f", "\n": "n", "\r": "r", "\t": "t", "\u{B}": "v", "\\": "\\",
        "\"": "\"",
    ]
}
