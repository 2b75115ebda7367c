extension [UInt8] {
    /// Adds text that needs no escaping, such as a literal.
    @inline(__always)
    mutating func append(literal text: String) {
        append(contentsOf: text.utf8)
    }

    /// Adds a JSON string: quoted, and escaped as RFC 8785 has it.
    mutating func append(jsonString text: String) {
        append(jsonString: text.utf8Span.span)
    }

    /// Adds a JSON string of well-formed UTF-8.
    mutating func append(jsonString text: Span<UInt8>) {
        append(UInt8(ascii: "\""))
        append(jsonEscaped: text)
        append(UInt8(ascii: "\""))
    }

    /// Adds the inside of a JSON string.
    mutating func append(jsonEscaped text: Span<UInt8>) {
        var copied = 0
        for index in text.indices {
            let byte = text[index]
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
            append(text.extracting(copied..<index))
            append(escapeOf: byte)
            copied = index + 1
        }
        append(text.extracting(copied..<text.count))
    }

    /// Adds the bytes.
    @inline(__always)
    mutating func append(_ bytes: Span<UInt8>) {
        guard !bytes.isEmpty else { return }
        bytes.withUnsafeBufferPointer { append(contentsOf: $0) }
    }

    /// Adds the number in decimal.
    mutating func append(decimal number: Int) {
        if (0...9).contains(number) {
            append(UInt8(ascii: "0") + UInt8(number))
        } else {
            append(contentsOf: String(number).utf8)
        }
    }

    private mutating func append(escapeOf byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append(literal: "\\\"")
        case UInt8(ascii: "\\"): append(literal: "\\\\")
        case 0x08: append(literal: "\\b")
        case 0x09: append(literal: "\\t")
        case 0x0A: append(literal: "\\n")
        case 0x0C: append(literal: "\\f")
        case 0x0D: append(literal: "\\r")
        default:
            append(literal: byte < 0x10 ? "\\u000" : "\\u001")
            append(contentsOf: String(byte & 0x0F, radix: 16).utf8)
        }
    }
}
