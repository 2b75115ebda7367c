/// Text to tokens. What it cannot read it reports, skips, and goes on.
struct Lexer {
    let bytes: [UInt8]
    var position = 0
    private(set) var tokens: [Token] = []
    private(set) var problems: [Problem] = []

    /// Something that is wrong, before it is known in which source.
    struct Problem {
        let message: String
        var hint: String?
        let range: Range<Int>
        /// Whether it is a character that belongs to no token.
        var isStray = false
    }

    init(_ text: String) { bytes = Array(text.utf8) }

    /// All tokens of the text, the last of which is `end`.
    static func read(_ text: String) -> (tokens: [Token], problems: [Problem]) {
        var lexer = Lexer(text)
        while lexer.next() {}
        return (lexer.tokens, lexer.problems)
    }

    func byte(_ ahead: Int = 0) -> UInt8? {
        position + ahead < bytes.count ? bytes[position + ahead] : nil
    }

    mutating func emit(_ kind: Token.Kind, from start: Int) {
        tokens.append(Token(kind: kind, range: start..<position))
    }

    mutating func report(_ message: String, hint: String? = nil, isStray: Bool = false, from start: Int) {
        guard problems.count < CELDiagnostic.limit else { return }
        problems.append(
            Problem(message: message, hint: hint, range: start..<max(position, start), isStray: isStray))
    }

    private mutating func next() -> Bool {
        skipBlanks()
        let start = position
        guard let first = byte() else {
            emit(.end, from: start)
            return false
        }
        if let literal = literalPrefix() {
            readLiteral(literal, from: start)
        } else if first.isLetter {
            readWord(from: start)
        } else if first.isDigit || (first == UInt8(ascii: ".") && byte(1)?.isDigit == true) {
            readNumber(from: start)
        } else if first == UInt8(ascii: "`") {
            readQuotedField(from: start)
        } else {
            readSymbol(from: start)
        }
        return true
    }

    private mutating func skipBlanks() {
        while let current = byte() {
            switch current {
            case 0x20, 0x09, 0x0A, 0x0C, 0x0D: position += 1
            case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "/"):
                while let inside = byte(), inside != 0x0A { _ = inside; position += 1 }
            default: return
            }
        }
    }

    private mutating func readWord(from start: Int) {
        while let current = byte(), current.isLetter || current.isDigit { position += 1 }
        let word = String(decoding: bytes[start..<position], as: UTF8.self)
        emit(word == "in" ? .symbol(.isIn) : .identifier(word), from: start)
    }

    private mutating func readQuotedField(from start: Int) {
        position += 1
        while let current = byte(), current.isQuotable { position += 1 }
        guard byte() == UInt8(ascii: "`"), position > start + 1 else {
            report(
                "a field name in backticks is letters, digits and any of _ . - / space, and ends with a backtick",
                from: start)
            return
        }
        position += 1
        emit(.quoted(String(decoding: bytes[(start + 1)..<(position - 1)], as: UTF8.self)), from: start)
    }

    private mutating func readSymbol(from start: Int) {
        for length in [2, 1] where position + length <= bytes.count {
            let spelling = String(decoding: bytes[position..<(position + length)], as: UTF8.self)
            guard let symbol = Symbol(rawValue: spelling) else { continue }
            position += length
            emit(.symbol(symbol), from: start)
            return
        }
        position += 1
        while let current = byte(), current & 0b1100_0000 == 0b1000_0000 { position += 1 }
        let found = String(decoding: bytes[start..<position], as: UTF8.self)
        report("unexpected character \(found.debugDescription)", hint: Lexer.advice[found], isStray: true, from: start)
    }

    /// What people type who know another language.
    private static let advice = [
        "=": "equality is written ==", "&": "and is written &&", "|": "or is written ||",
        "#": "a comment begins with //", "\u{201C}": "use straight quotes", "\u{2018}": "use straight quotes",
    ]
}

extension UInt8 {
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A || self == 0x5F }
    var isQuotable: Bool { isDigit || isLetter || self == 0x2E || self == 0x2D || self == 0x2F || self == 0x20 }
    var hexValue: UInt32? {
        switch self {
        case 0x30...0x39: UInt32(self - 0x30)
        case 0x41...0x46: UInt32(self - 0x41 + 10)
        case 0x61...0x66: UInt32(self - 0x61 + 10)
        default: nil
        }
    }
}
