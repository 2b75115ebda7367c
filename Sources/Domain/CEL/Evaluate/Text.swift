internal import Chronology

/// Strings: searching them, and writing values as them.
enum Text {
    /// Whether `part` occurs in `text`, byte for byte.
    static func contains(_ text: String, _ part: String) -> Bool { first(part, in: text, from: 0) != nil }

    /// Whether `text` begins with `part`.
    static func starts(_ text: String, with part: String) -> Bool {
        text.utf8.count >= part.utf8.count && occurs(part.utf8.span, in: text.utf8.span, at: 0)
    }

    /// Whether `text` ends with `part`.
    static func ends(_ text: String, with part: String) -> Bool {
        let start = text.utf8.count - part.utf8.count
        return start >= 0 && occurs(part.utf8.span, in: text.utf8.span, at: start)
    }

    /// The byte at which `part` first occurs from that byte on, or nil.
    static func first(_ part: String, in text: String, from start: Int) -> Int? {
        let wanted = part.utf8.span
        let bytes = text.utf8.span
        guard wanted.count > 0 else { return start <= bytes.count ? start : nil }
        var place = start
        while place + wanted.count <= bytes.count {
            if bytes[place] == wanted[0], occurs(wanted, in: bytes, at: place) { return place }
            place += 1
        }
        return nil
    }

    /// The byte at which `part` last occurs, at that byte or before it, or nil.
    static func last(_ part: String, in text: String, upTo end: Int) -> Int? {
        let wanted = part.utf8.span
        let bytes = text.utf8.span
        var place = min(end, bytes.count - wanted.count)
        while place >= 0 {
            if occurs(wanted, in: bytes, at: place) { return place }
            place -= 1
        }
        return nil
    }

    @inline(__always)
    private static func occurs(_ wanted: borrowing Span<UInt8>, in bytes: borrowing Span<UInt8>, at place: Int) -> Bool
    {
        var length = 0
        while length < wanted.count, bytes[place + length] == wanted[length] { length += 1 }
        return length == wanted.count
    }

    /// What `string(value)` gives, or nil where it takes no such value.
    static func converted(_ value: CELValue) -> String? {
        switch value {
        case .string(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .int(let number): String(number)
        case .uint(let number): String(number)
        case .double(let number): decimal(number)
        case .timestamp(let time): time.rfc3339
        case .duration(let duration): duration.text
        default: nil
        }
    }

    /// A value in a message: short, and strings as they would be written.
    static func shown(_ value: CELValue) -> String {
        switch value {
        case .null: "null"
        case .string(let text): text.utf8.count <= 60 ? text.debugDescription : text.prefix(40).debugDescription + "…"
        default: converted(value) ?? value.type.name
        }
    }

    /// The shortest decimal that reads back as the number, with an exponent from 1e21 on and below 1e-6.
    private static func decimal(_ number: Double) -> String {
        guard number.isFinite else { return number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "+Infinity" }
        if number == 0 { return number.sign == .minus ? "-0" : "0" }
        let (digits, exponent) = scientific(number.magnitude)
        let sign = number < 0 ? "-" : ""
        let point = exponent + 1
        if point > 21 || point < -5 {
            let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
            return "\(sign)\(digits.prefix(1))\(fraction)e\(exponent < 0 ? "-" : "+")\(exponent.magnitude)"
        }
        if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
        guard digits.count > point else { return sign + digits + String(repeating: "0", count: point - digits.count) }
        return sign + digits.prefix(point) + "." + digits.dropFirst(point)
    }

    /// The significant digits and the power of ten of the first, from Swift's shortest description.
    private static func scientific(_ number: Double) -> (digits: String, exponent: Int) {
        let parts = number.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let whole = mantissa[0]
        let fraction = mantissa.count > 1 && mantissa[1] != "0" ? mantissa[1] : ""
        let all = whole + fraction
        let significant = all.drop { $0 == "0" }
        var digits = String(significant)
        while digits.count > 1, digits.last == "0" { digits.removeLast() }
        let written = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        return (digits, whole.count - 1 - (all.count - significant.count) + written)
    }
}
