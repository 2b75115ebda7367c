/// How a string literal begins: `'`, `r"""`, `b'`, …
struct LiteralPrefix {
    var isRaw = false
    var isBytes = false
    var quote: UInt8 = 0
    var isTriple = false
    var length = 0
}

extension Lexer {
    /// The beginning of a string or bytes literal at this position, or nil.
    func literalPrefix() -> LiteralPrefix? {
        var prefix = LiteralPrefix()
        while let current = byte(prefix.length) {
            switch current {
            case UInt8(ascii: "r"), UInt8(ascii: "R"):
                guard !prefix.isRaw else { return nil }
                prefix.isRaw = true
            case UInt8(ascii: "b"), UInt8(ascii: "B"):
                guard !prefix.isBytes else { return nil }
                prefix.isBytes = true
            case UInt8(ascii: "'"), UInt8(ascii: "\""):
                prefix.quote = current
                prefix.isTriple = byte(prefix.length + 1) == current && byte(prefix.length + 2) == current
                prefix.length += prefix.isTriple ? 3 : 1
                return prefix
            default: return nil
            }
            prefix.length += 1
        }
        return nil
    }

    mutating func readLiteral(_ prefix: LiteralPrefix, from start: Int) {
        position += prefix.length
        var content: [UInt8] = []
        while true {
            guard let current = byte(), prefix.isTriple || (current != 0x0A && current != 0x0D) else {
                report("the string is not closed", from: start)
                return emit(.string(""), from: start)
            }
            if current == prefix.quote, closes(prefix) {
                position += prefix.isTriple ? 3 : 1
                break
            }
            if current == UInt8(ascii: "\\"), !prefix.isRaw {
                readEscape(isBytes: prefix.isBytes, into: &content)
            } else if current == UInt8(ascii: "\\"), let escaped = byte(1), escaped == prefix.quote {
                content += [current, escaped]
                position += 2
            } else {
                content.append(current)
                position += 1
            }
        }
        if prefix.isBytes {
            emit(.bytes(content), from: start)
        } else {
            emit(.string(String(decoding: content, as: UTF8.self)), from: start)
        }
    }

    private func closes(_ prefix: LiteralPrefix) -> Bool {
        !prefix.isTriple || (byte(1) == prefix.quote && byte(2) == prefix.quote)
    }

    private mutating func readEscape(isBytes: Bool, into content: inout [UInt8]) {
        let start = position
        position += 1
        guard let kind = byte() else { return }
        position += 1
        if let simple = Lexer.simpleEscapes[kind] {
            content.append(simple)
            return
        }
        switch kind {
        case UInt8(ascii: "x"), UInt8(ascii: "X"):
            append(digits(2, base: 16), isBytes: isBytes, from: start, into: &content)
        case UInt8(ascii: "0")...UInt8(ascii: "3"):
            position -= 1
            append(digits(3, base: 8), isBytes: isBytes, from: start, into: &content)
        case UInt8(ascii: "u") where !isBytes:
            append(digits(4, base: 16), isBytes: false, from: start, into: &content)
        case UInt8(ascii: "U") where !isBytes:
            append(digits(8, base: 16), isBytes: false, from: start, into: &content)
        default:
            while let current = byte(), current & 0b1100_0000 == 0b1000_0000 { position += 1 }
            report(
                "unknown escape in a string", hint: #"write \\ for a backslash, or r'…' for a raw string"#, from: start)
        }
    }

    private static let simpleEscapes: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 0x07, UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A,
        UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09, UInt8(ascii: "v"): 0x0B, UInt8(ascii: "\\"): 0x5C,
        UInt8(ascii: "?"): 0x3F, UInt8(ascii: "\""): 0x22, UInt8(ascii: "'"): 0x27, UInt8(ascii: "`"): 0x60,
    ]

    /// Exactly that many digits, or nil.
    private mutating func digits(_ count: Int, base: UInt32) -> UInt32? {
        var number: UInt32 = 0
        for _ in 0..<count {
            guard let digit = byte()?.hexValue, digit < base else { return nil }
            number = number &* base &+ digit
            position += 1
        }
        return number
    }

    private mutating func append(_ number: UInt32?, isBytes: Bool, from start: Int, into content: inout [UInt8]) {
        if isBytes, let number, let byte = UInt8(exactly: number) {
            content.append(byte)
        } else if !isBytes, let scalar = number.flatMap(Unicode.Scalar.init) {
            content += Array(String(Character(scalar)).utf8)
        } else {
            report(
                "the escape names no character", hint: #"\xHH, \ooo, \uHHHH or \UHHHHHHHH, and no surrogates"#,
                from: start)
        }
    }
}
