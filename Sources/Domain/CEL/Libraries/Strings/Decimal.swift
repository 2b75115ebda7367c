/// Doubles with a given number of digits, exactly: what lies between two is rounded to the nearer, and right in the middle
/// to the even one, of the double's own value and not of how it is written.
enum Decimal {
    /// `2.50` for two digits; `2.50e+00` where it is scientific. Numbers that are not finite are written by name.
    static func text(_ number: Double, _ precision: Int, isScientific: Bool) -> String {
        guard number.isFinite else { return number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity" }
        var (digits, point) = expansion(of: number.magnitude)
        if isScientific, let first = digits.firstIndex(where: { $0 != 0 }) {
            digits.removeFirst(first)
            point -= first
        }
        // How many digits there are before the point of what is written.
        let whole = isScientific ? 1 : max(point, 0)
        if !isScientific, point < 0 {
            digits.insert(contentsOf: repeatElement(0, count: -point), at: 0)
            point = 0
        }
        let isLonger = round(&digits, to: whole + precision)
        var exponent = point - 1
        if isLonger, isScientific {
            digits.removeLast()
            exponent += 1
        }
        if number == 0 { exponent = 0 }
        let count = isLonger && !isScientific ? whole + 1 : whole
        var characters = digits.prefix(count).map { $0 + UInt8(ascii: "0") }
        if characters.isEmpty { characters = [UInt8(ascii: "0")] }
        if precision > 0 {
            characters.append(UInt8(ascii: "."))
            characters += digits.dropFirst(count).map { $0 + UInt8(ascii: "0") }
        }
        let sign = number.sign == .minus ? "-" : ""
        let mantissa = sign + String(decoding: characters, as: UTF8.self)
        guard isScientific else { return mantissa }
        let size = String(exponent.magnitude)
        return "\(mantissa)e\(exponent < 0 ? "-" : "+")\(size.utf8.count < 2 ? "0" : "")\(size)"
    }

    /// All decimal digits of a number, and how many of them stand before the point.
    private static func expansion(of number: Double) -> (digits: [UInt8], point: Int) {
        guard number != 0 else { return ([0], 1) }
        // number = significand × 2^exponent, with both whole.
        let exponent = Int(number.exponent) - Double.significandBitCount
        let significand = UInt64(
            Double(sign: .plus, exponent: Double.significandBitCount, significand: number.significand))
        var whole = Whole(significand)
        if exponent >= 0 {
            for _ in 0..<exponent { whole.multiply(by: 2) }
            let digits = whole.digits
            return (digits, digits.count)
        }
        // Divided by 2^n is multiplied by 5^n with the point moved by n.
        for _ in 0..<(-exponent) { whole.multiply(by: 5) }
        let digits = whole.digits
        return (digits, digits.count + exponent)
    }

    /// Keeps so many digits, adding zeros where there are fewer.
    ///
    /// - Returns: whether the number became one digit longer, as 9.9 does when it is 10.
    private static func round(_ digits: inout [UInt8], to count: Int) -> Bool {
        guard digits.count > count else {
            digits += repeatElement(0, count: count - digits.count)
            return false
        }
        let dropped = digits[count...]
        let isOdd = count > 0 && !digits[count - 1].isMultiple(of: 2)
        let isAboveHalf = dropped.first == 5 && dropped.dropFirst().contains { $0 != 0 }
        let roundsUp = (dropped.first ?? 0) > 5 || isAboveHalf || (dropped.first == 5 && isOdd)
        digits.removeLast(digits.count - count)
        guard roundsUp else { return false }
        var place = count - 1
        while place >= 0, digits[place] == 9 {
            digits[place] = 0
            place -= 1
        }
        if place >= 0 {
            digits[place] += 1
            return false
        }
        digits.insert(1, at: 0)
        return true
    }

    /// A whole number of any size, in limbs of nine decimal digits, the lowest first.
    private struct Whole {
        private static let base: UInt64 = 1_000_000_000
        private var limbs: [UInt32] = []

        init(_ number: UInt64) {
            var rest = number
            while rest > 0 {
                limbs.append(UInt32(rest % Whole.base))
                rest /= Whole.base
            }
        }

        mutating func multiply(by factor: UInt64) {
            var carry: UInt64 = 0
            for index in limbs.indices {
                let product = UInt64(limbs[index]) * factor + carry
                limbs[index] = UInt32(product % Whole.base)
                carry = product / Whole.base
            }
            if carry > 0 { limbs.append(UInt32(carry)) }
        }

        var digits: [UInt8] {
            var digits: [UInt8] = []
            for limb in limbs {
                var rest = limb
                for _ in 0..<9 {
                    digits.append(UInt8(rest % 10))
                    rest /= 10
                }
            }
            while digits.count > 1, digits.last == 0 { digits.removeLast() }
            return digits.reversed()
        }
    }
}
