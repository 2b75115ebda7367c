/// Tells bytes that are one value in the one spelling of RFC 8785 from all others.
public enum CanonicalForm {
    /// Whether the bytes are an object just as RFC 8785 writes it: no space, names in order, no name twice.
    public static func isObject(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count > 1, bytes[0] == UInt8(ascii: "{"), (try? UTF8Span(validating: bytes)) != nil else {
            return false
        }
        var check = CanonicalCheck(depth: 0, place: 0)
        return check.value(bytes) && check.place == bytes.count
    }
}

/// A walk over bytes that are known to be UTF-8.
struct CanonicalCheck {
    var depth: Int
    var place: Int

    mutating func value(_ bytes: Span<UInt8>) -> Bool {
        guard place < bytes.count else { return false }
        switch bytes[place] {
        case UInt8(ascii: "\""): return string(bytes)
        case UInt8(ascii: "{"): return object(bytes)
        case UInt8(ascii: "["): return array(bytes)
        case UInt8(ascii: "t"): return word("true", bytes)
        case UInt8(ascii: "f"): return word("false", bytes)
        case UInt8(ascii: "n"): return word("null", bytes)
        default: return number(bytes)
        }
    }

    private mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
        guard place < bytes.count, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    private mutating func word(_ word: StaticString, _ bytes: Span<UInt8>) -> Bool {
        word.withUTF8Buffer { word in
            for byte in word { guard take(byte, bytes) else { return false } }
            return true
        }
    }

    private mutating func array(_ bytes: Span<UInt8>) -> Bool {
        depth += 1
        defer { depth -= 1 }
        guard depth <= CanonicalValue.deepest, take(UInt8(ascii: "["), bytes) else { return false }
        if take(UInt8(ascii: "]"), bytes) { return true }
        repeat {
            guard value(bytes) else { return false }
        } while take(UInt8(ascii: ","), bytes)
        return take(UInt8(ascii: "]"), bytes)
    }

    private mutating func object(_ bytes: Span<UInt8>) -> Bool {
        depth += 1
        defer { depth -= 1 }
        guard depth <= CanonicalValue.deepest, take(UInt8(ascii: "{"), bytes) else { return false }
        if take(UInt8(ascii: "}"), bytes) { return true }
        var last: Range<Int>?
        repeat {
            let start = place
            guard string(bytes) else { return false }
            let name = start + 1..<place - 1
            if let last, !Self.precedes(last, name, bytes) { return false }
            last = name
            guard take(UInt8(ascii: ":"), bytes), value(bytes) else { return false }
        } while take(UInt8(ascii: ","), bytes)
        return take(UInt8(ascii: "}"), bytes)
    }

    private mutating func string(_ bytes: Span<UInt8>) -> Bool {
        guard take(UInt8(ascii: "\""), bytes) else { return false }
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            if byte == UInt8(ascii: "\"") { return true }
            if byte < 0x20 { return false }
            if byte == UInt8(ascii: "\\"), !escape(bytes) { return false }
        }
        return false
    }

    /// What may stand behind a backslash: only what cannot be written without one, and that in its short form.
    private mutating func escape(_ bytes: Span<UInt8>) -> Bool {
        guard place < bytes.count else { return false }
        place += 1
        switch bytes[place - 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "b"), UInt8(ascii: "t"), UInt8(ascii: "n"),
            UInt8(ascii: "f"), UInt8(ascii: "r"):
            return true
        case UInt8(ascii: "u"):
            guard word("00", bytes), place + 2 <= bytes.count, bytes[place] == 0x30 || bytes[place] == 0x31,
                let low = Self.digit(bytes[place + 1])
            else { return false }
            let code = (bytes[place] - 0x30) << 4 | low
            place += 2
            return ![8, 9, 10, 12, 13].contains(code)
        default: return false
        }
    }

    private mutating func number(_ bytes: Span<UInt8>) -> Bool {
        let start = place
        while place < bytes.count, Self.isOfNumber(bytes[place]) { place += 1 }
        // The longest numbers that ECMAScript writes have 25 characters.
        guard place > start, place - start <= 32 else { return false }
        let text = (start..<place).map { bytes[$0] }
        if text.count < 16, text.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) { return text.count == 1 || text[0] != 0x30 }
        guard let number = Double(String(decoding: text, as: UTF8.self)), number.isFinite else { return false }
        var again: [UInt8] = []
        guard (try? again.append(canonical: number)) != nil else { return false }
        return again == text
    }

    private static func isOfNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"): true
        default: false
        }
    }

    static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }

    /// Whether one name comes before another by their UTF-16, as RFC 8785 sorts them.
    private static func precedes(_ left: Range<Int>, _ right: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
        var offset = 0
        while offset < left.count, offset < right.count {
            let (mine, other) = (bytes[left.lowerBound + offset], bytes[right.lowerBound + offset])
            // Escapes and what lies beyond the first plane have another order than their bytes.
            if mine == UInt8(ascii: "\\") || other == UInt8(ascii: "\\") || max(mine, other) >= 0xEE {
                return CanonicalValue.text(left, of: bytes).utf16.lexicographicallyPrecedes(
                    CanonicalValue.text(right, of: bytes).utf16)
            }
            if mine != other { return mine < other }
            offset += 1
        }
        return left.count < right.count
    }
}
