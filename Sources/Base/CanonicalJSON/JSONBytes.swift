extension [UInt8] {
    /// Adds text that needs no escaping, such as a literal.
    @inlinable @inline(__always)
    package mutating func append(literal text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Adds a JSON string: quoted, and escaped as RFC 8785 has it.
    package mutating func append(jsonString text: String) {
        append(jsonString: text.utf8Span.span)
    }

    /// Adds a JSON string of well-formed UTF-8.
    package mutating func append(jsonString text: Span<UInt8>) {
        append(UInt8(ascii: "\""))
        append(jsonEscaped: text)
        append(UInt8(ascii: "\""))
    }

    /// Adds the inside of a JSON string.
    package mutating func append(jsonEscaped text: Span<UInt8>) {
        var copied = 0
        while true {
            let index = nextToEscape(text, from: copied)
            append(text.extracting(copied..<index))
            guard index < text.count else { return }
            append(escapeOf: text[index])
            copied = index + 1
        }
    }

    /// The first byte at or after `start` that a JSON string cannot hold as it is. The end where there is none.
    private func nextToEscape(_ text: Span<UInt8>, from start: Int) -> Int {
        var index = start
        let raw = text.bytes
        while index + 8 <= raw.byteCount {
            if Self.mayNeedEscape(raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)) { break }
            index += 8
        }
        while index < text.count {
            let byte = text[index]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return index }
            index += 1
        }
        return index
    }

    /// Whether any of eight bytes is a control, `"` or `\\`: `x - 1` borrows from the highest bit of a byte that is zero.
    @inline(__always)
    private static func mayNeedEscape(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = word ^ (UInt64(UInt8(ascii: "\"")) * ones)
        let slashes = word ^ (UInt64(UInt8(ascii: "\\")) * ones)
        let found = ((word &- 0x20 * ones) & ~word) | ((quotes &- ones) & ~quotes) | ((slashes &- ones) & ~slashes)
        return found & (0x80 * ones) != 0
    }

    /// Adds the bytes.
    @inlinable @inline(__always)
    package mutating func append(_ bytes: Span<UInt8>) {
        guard !bytes.isEmpty else { return }
        bytes.withUnsafeBufferPointer { append(contentsOf: $0) }
    }

    /// Adds the number in decimal.
    package mutating func append(decimal number: Int) {
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
