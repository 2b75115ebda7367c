extension CELDuration {
    private static let units: [(name: String, nanoseconds: Int64)] = [
        ("ns", 1), ("us", 1000), ("µs", 1000), ("μs", 1000), ("ms", 1_000_000), ("s", 1_000_000_000),
        ("m", 60_000_000_000), ("h", 3_600_000_000_000),
    ]

    /// Reads `1h30m`, `-1.5s`, `100ms`: signed, fractional, of units h, m, s, ms, us and ns. There are no days.
    init?(_ text: String) {
        var rest = text.utf8[...]
        var isNegative = false
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            rest = rest.dropFirst()
        }
        if rest.elementsEqual("0".utf8) {
            self.init(nanoseconds: 0)
            return
        }
        guard !rest.isEmpty else { return nil }
        var total: Int64 = 0
        while !rest.isEmpty {
            guard let part = CELDuration.part(&rest, isNegative: isNegative) else { return nil }
            let (sum, overflow) = total.addingReportingOverflow(part)
            guard !overflow else { return nil }
            total = sum
        }
        self.init(nanoseconds: total)
    }

    /// One number and its unit, negative from the start so that the smallest duration can be written.
    private static func part(_ rest: inout Substring.UTF8View, isNegative: Bool) -> Int64? {
        let whole = rest.prefix { $0.isDigit }
        rest = rest.dropFirst(whole.count)
        var fraction = rest.prefix(0)
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            fraction = rest.prefix { $0.isDigit }
            rest = rest.dropFirst(fraction.count)
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return nil }
        let name = rest.prefix { !$0.isDigit && $0 != UInt8(ascii: ".") }
        rest = rest.dropFirst(name.count)
        guard let unit = units.first(where: { name.elementsEqual($0.name.utf8) })?.nanoseconds else { return nil }
        var value: Int64 = 0
        for digit in whole {
            let step = Int64(digit - 0x30) * (isNegative ? -1 : 1)
            let (tens, first) = value.multipliedReportingOverflow(by: 10)
            let (sum, second) = tens.addingReportingOverflow(step)
            guard !first, !second else { return nil }
            value = sum
        }
        let (scaled, first) = value.multipliedReportingOverflow(by: unit)
        let (sum, second) = scaled.addingReportingOverflow((isNegative ? -1 : 1) * part(of: unit, fraction))
        return first || second ? nil : sum
    }

    /// The decimal fraction of a unit, rounded towards zero.
    private static func part(of unit: Int64, _ digits: Substring.UTF8View) -> Int64 {
        var result: Int64 = 0
        var scale: Int64 = 1
        // Beyond the 13th digit nothing adds up to a nanosecond of an hour.
        for digit in digits.prefix(13) {
            scale *= 10
            result = result * 10 + Int64(digit - 0x30)
        }
        let (high, low) = result.multipliedFullWidth(by: unit)
        return scale.dividingFullWidth((high, low)).quotient
    }

    /// Seconds with a fraction where there is one: `90s`, `-0.5s`.
    var text: String {
        let whole = (nanoseconds / 1_000_000_000).magnitude
        let fraction = (nanoseconds % 1_000_000_000).magnitude
        let sign = nanoseconds < 0 ? "-" : ""
        guard fraction != 0 else { return "\(sign)\(whole)s" }
        var digits = String(fraction)
        digits = String(repeating: "0", count: 9 - digits.utf8.count) + digits
        while digits.last == "0" { digits.removeLast() }
        return "\(sign)\(whole).\(digits)s"
    }
}
