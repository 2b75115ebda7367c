/// A JSON value, of which RFC 8785 has one spelling only.
///
/// - Source: RFC 8785, JSON Canonicalization Scheme.
public indirect enum CanonicalValue: Equatable, Sendable {
    case null
    case boolean(Bool)
    /// Exact up to `largestInteger`; larger ones belong in strings.
    case integer(Int)
    /// Finite.
    case number(Double)
    case string(String)
    case array([CanonicalValue])
    case object([String: CanonicalValue])

    /// The largest whole number that every reader of JSON reads as it was written: 2^53 - 1.
    public static let largestInteger = 9_007_199_254_740_991

    /// How deeply values may nest, so that a reader's stack is bounded.
    public static let deepest = 64

    /// The one spelling.
    public func canonical() throws(CanonicalError) -> [UInt8] {
        var bytes: [UInt8] = []
        try write(to: &bytes, depth: 0)
        return bytes
    }

    /// The value of the member, where this is an object that has it.
    public subscript(_ name: String) -> CanonicalValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    /// The text, where this is one.
    public var text: String? { if case .string(let text) = self { text } else { nil } }

    /// The whole number, where this is one.
    public var wholeNumber: Int? { if case .integer(let number) = self { number } else { nil } }

    private func write(to bytes: inout [UInt8], depth: Int) throws(CanonicalError) {
        guard depth < Self.deepest else { throw CanonicalError(description: "values nest more than 64 deep") }
        switch self {
        case .null: bytes.append(literal: "null")
        case .boolean(let flag): bytes.append(literal: flag ? "true" : "false")
        case .integer(let number): try bytes.append(canonical: number)
        case .number(let number): try bytes.append(canonical: number)
        case .string(let text): bytes.append(jsonString: text)
        case .array(let items):
            bytes.append(UInt8(ascii: "["))
            for (place, item) in items.enumerated() {
                if place > 0 { bytes.append(UInt8(ascii: ",")) }
                try item.write(to: &bytes, depth: depth + 1)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            let sorted = members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
            for (place, member) in sorted.enumerated() {
                if place > 0 { bytes.append(UInt8(ascii: ",")) }
                bytes.append(jsonString: member.key)
                bytes.append(UInt8(ascii: ":"))
                try member.value.write(to: &bytes, depth: depth + 1)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }
}
