extension Period {
    /// Parses ISO 8601 (`P1Y6M`, `P2W`, `P90D`, `PT24H`, `P1DT12H30M5S`) or one number and unit (`90d`, `6w`, `18mo`,
    /// `7y`, `24h`, `30min`, `45s`).
    ///
    /// Fractions, signs and unknown units are refused, and so is a part longer than 9999 years.
    public init(_ text: String) throws(ChronologyError) {
        var scanner = Scanner(text)
        let total = try scanner.skip("P") ? Period.iso(&scanner, text) : Period.short(&scanner, text)
        guard let period = total.period else {
            throw ChronologyError(
                code: .periodTooLong, text: text, reason: "is longer than 9999 years",
                hint: "leave the limit out where there is none")
        }
        self = period
    }

    private static func iso(_ scanner: inout Scanner, _ text: String) throws(ChronologyError) -> Total {
        var total = Total()
        var order: [PeriodUnit] = [.year, .month, .week, .day]
        var isTime = false
        repeat {
            if !isTime, scanner.skip("T") {
                isTime = true
                order = [.hour, .minute, .second]
            }
            let digits = scanner.digits()
            guard !digits.isEmpty, let letter = scanner.next(),
                let place = order.firstIndex(where: { $0.isoLetter == letter })
            else { throw malformed(text, scanner) }
            total.add(digits, order[place])
            order.removeFirst(place + 1)
        } while !scanner.isAtEnd
        return total
    }

    private static func short(_ scanner: inout Scanner, _ text: String) throws(ChronologyError) -> Total {
        let digits = scanner.digits()
        let unit = scanner.letters()
        guard !digits.isEmpty, scanner.isAtEnd, let unit = PeriodUnit(rawValue: unit) else {
            throw malformed(text, scanner, unit: unit)
        }
        var total = Total()
        total.add(digits, unit)
        return total
    }

    private static func malformed(_ text: String, _ scanner: Scanner, unit: String = "") -> ChronologyError {
        let reason =
            if text.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }) {
                "is not a period: fractions are refused"
            } else if text.utf8.contains(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }) {
                "is not a period: signs are refused"
            } else if unit == "m" {
                "is not a period: m may be minutes or months, write min or mo"
            } else {
                "is not a period"
            }
        return ChronologyError(
            code: .malformedPeriod, text: text, reason: reason,
            hint: "write 90d, 6w, 18mo, 7y, 24h, 30min or 45s, or ISO 8601 such as P1Y6M, P90D or PT24H")
    }
}

/// The units of periods, by their short names.
private enum PeriodUnit: String {
    case year = "y"
    case month = "mo"
    case week = "w"
    case day = "d"
    case hour = "h"
    case minute = "min"
    case second = "s"

    var isoLetter: UInt8 {
        switch self {
        case .year: UInt8(ascii: "Y")
        case .month, .minute: UInt8(ascii: "M")
        case .week: UInt8(ascii: "W")
        case .day: UInt8(ascii: "D")
        case .hour: UInt8(ascii: "H")
        case .second: UInt8(ascii: "S")
        }
    }
}

/// The sum of a period's parts, as long as it can be counted.
private struct Total {
    private var years = 0
    private var months = 0
    private var days = 0
    private var seconds: Int64 = 0
    private var isTooLong = false

    var period: Period? {
        isTooLong ? nil : Period(years: years, months: months, days: days, seconds: seconds)
    }

    mutating func add(_ digits: Substring.UTF8View, _ unit: PeriodUnit) {
        // Fourteen digits of any unit are too long already, and products and sums of fewer fit.
        let significant = digits.drop { $0 == UInt8(ascii: "0") }
        guard significant.count < 14 else {
            isTooLong = true
            return
        }
        let count = significant.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        switch unit {
        case .year: years += count
        case .month: months += count
        case .week: days += count * 7
        case .day: days += count
        case .hour: seconds += Int64(count) * 3600
        case .minute: seconds += Int64(count) * 60
        case .second: seconds += Int64(count)
        }
    }
}
