extension [UInt8] {
    /// Adds a whole number.
    ///
    /// - Throws: where a double cannot tell it from its neighbours.
    mutating func append(canonical number: Int) throws(CanonicalError) {
        guard number.magnitude <= UInt(CanonicalValue.largestInteger) else {
            throw CanonicalError(
                description: "\(number) is past 2^53, where numbers of JSON are not exact: write a string")
        }
        append(decimal: number)
    }

    /// Adds a number as ECMAScript writes it.
    ///
    /// - Source: RFC 8785, section 3.2.2.3; ECMA-262, Number::toString.
    mutating func append(canonical number: Double) throws(CanonicalError) {
        guard number.isFinite else { throw CanonicalError(description: "\(number) is no number of JSON") }
        guard number != 0 else { return append(UInt8(ascii: "0")) }
        if number < 0 { append(UInt8(ascii: "-")) }
        let (digits, point) = Self.shortest(number.magnitude)
        switch point {
        case digits.count...21:
            append(contentsOf: digits)
            append(contentsOf: repeatElement(UInt8(ascii: "0"), count: point - digits.count))
        case 1...21:
            append(contentsOf: digits[..<point])
            append(UInt8(ascii: "."))
            append(contentsOf: digits[point...])
        case -5...0:
            append(literal: "0.")
            append(contentsOf: repeatElement(UInt8(ascii: "0"), count: -point))
            append(contentsOf: digits)
        default:
            append(digits[0])
            if digits.count > 1 {
                append(UInt8(ascii: "."))
                append(contentsOf: digits[1...])
            }
            append(literal: point > 0 ? "e+" : "e-")
            append(decimal: (point - 1).magnitude.words.first.map(Int.init(bitPattern:)) ?? 0)
        }
    }

    /// The fewest digits that are read as this number again, and how many of them stand before the point.
    ///
    /// Swift finds the same digits as ECMAScript does, and sets them in another way.
    private static func shortest(_ number: Double) -> (digits: [UInt8], point: Int) {
        let parts = number.description.utf8.split(separator: UInt8(ascii: "e"))
        let exponent = parts.count > 1 ? Int(String(decoding: parts[1], as: UTF8.self)) ?? 0 : 0
        let halves = parts[0].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let all = halves.reduce(into: [UInt8]()) { $0 += $1 }
        let isZero: (UInt8) -> Bool = { $0 == UInt8(ascii: "0") }
        let significant = all.drop(while: isZero)
        let digits = significant.reversed().drop(while: isZero).reversed()
        return (Array(digits), halves[0].count + exponent - (all.count - significant.count))
    }
}
