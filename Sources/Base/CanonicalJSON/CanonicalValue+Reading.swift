extension CanonicalValue {
    /// Reads an object; nil where the bytes are anything else than just what RFC 8785 writes.
    ///
    /// Two names that are one text to Unicode, though not by their bytes, are refused too: they would become one member.
    public init?(object bytes: [UInt8]) {
        guard CanonicalForm.isObject(bytes.span) else { return nil }
        var place = 0
        self = Self.read(bytes.span, &place)
        guard (try? canonical()) == bytes else { return nil }
    }

    /// Reads a value that is known to be well-formed, from `place` on.
    private static func read(_ bytes: Span<UInt8>, _ place: inout Int) -> CanonicalValue {
        switch bytes[place] {
        case UInt8(ascii: "\""): return .string(string(bytes, &place))
        case UInt8(ascii: "{"):
            var members: [String: CanonicalValue] = [:]
            place += 1
            while bytes[place] != UInt8(ascii: "}") {
                if bytes[place] == UInt8(ascii: ",") { place += 1 }
                let name = string(bytes, &place)
                place += 1
                members[name] = read(bytes, &place)
            }
            place += 1
            return .object(members)
        case UInt8(ascii: "["):
            var items: [CanonicalValue] = []
            place += 1
            while bytes[place] != UInt8(ascii: "]") {
                if bytes[place] == UInt8(ascii: ",") { place += 1 }
                items.append(read(bytes, &place))
            }
            place += 1
            return .array(items)
        default: return scalar(bytes, &place)
        }
    }

    private static func scalar(_ bytes: Span<UInt8>, _ place: inout Int) -> CanonicalValue {
        let start = place
        while place < bytes.count, ![UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]")].contains(bytes[place]) {
            place += 1
        }
        let word = String(decoding: (start..<place).map { bytes[$0] }, as: UTF8.self)
        switch word {
        case "null": return .null
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        default:
            if let number = Int(word), number.magnitude <= UInt(largestInteger) { return .integer(number) }
            return .number(Double(word) ?? 0)
        }
    }

    private static func string(_ bytes: Span<UInt8>, _ place: inout Int) -> String {
        let start = place + 1
        place = start
        while bytes[place] != UInt8(ascii: "\"") { place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1 }
        place += 1
        return text(start..<place - 1, of: bytes)
    }

    /// The text of the inside of a string that is known to be well-formed.
    static func text(_ range: Range<Int>, of bytes: Span<UInt8>) -> String {
        var text: [UInt8] = []
        var place = range.lowerBound
        while place < range.upperBound {
            guard bytes[place] == UInt8(ascii: "\\") else {
                text.append(bytes[place])
                place += 1
                continue
            }
            switch bytes[place + 1] {
            case UInt8(ascii: "b"): text.append(0x08)
            case UInt8(ascii: "t"): text.append(0x09)
            case UInt8(ascii: "n"): text.append(0x0A)
            case UInt8(ascii: "f"): text.append(0x0C)
            case UInt8(ascii: "r"): text.append(0x0D)
            case UInt8(ascii: "u"):
                text.append((bytes[place + 4] - 0x30) << 4 | (CanonicalCheck.digit(bytes[place + 5]) ?? 0))
                place += 4
            default: text.append(bytes[place + 1])
            }
            place += 2
        }
        return String(decoding: text, as: UTF8.self)
    }
}
