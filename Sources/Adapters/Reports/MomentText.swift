internal import Chronology

/// Moments as reports print them, by the hundred thousand.
///
/// The calendar's part of the text comes from `Chronology` once for each day; the time of day is counted here.
struct MomentText {
    private static let day: Int64 = 86_400_000_000
    private var dates: [Int64: [UInt8]] = [:]
    private var recent: (day: Int64, date: [UInt8])

    init() {
        recent = (0, Self.date(Moment(microseconds: 0)))
    }

    /// What stands for an end that is open.
    static let open = "unbounded"

    /// Adds RFC 3339 in UTC, or the word for an open end.
    mutating func append(_ moment: Moment, to bytes: inout [UInt8]) {
        guard moment.isPoint else {
            bytes.append(literal: Self.open)
            return
        }
        let (quotient, rest) = moment.microseconds.quotientAndRemainder(dividingBy: Self.day)
        let dayNumber = rest < 0 ? quotient - 1 : quotient
        let micros = rest < 0 ? rest + Self.day : rest
        guard micros % 1_000_000 == 0 else {
            bytes.append(literal: moment.description)
            return
        }
        let seconds = Int(micros / 1_000_000)
        bytes += date(dayNumber, of: moment)
        bytes.append(UInt8(ascii: "T"))
        bytes.append(twoDigits: seconds / 3600)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(twoDigits: seconds / 60 % 60)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(twoDigits: seconds % 60)
        bytes.append(UInt8(ascii: "Z"))
    }

    private mutating func date(_ number: Int64, of moment: Moment) -> [UInt8] {
        if recent.day == number { return recent.date }
        let date = dates[number] ?? Self.date(moment)
        dates[number] = date
        recent = (number, date)
        return date
    }

    private static func date(_ moment: Moment) -> [UInt8] {
        Array(moment.description.utf8.prefix { $0 != UInt8(ascii: "T") })
    }
}

extension [UInt8] {
    fileprivate mutating func append(twoDigits number: Int) {
        append(UInt8(ascii: "0") + UInt8(number / 10))
        append(UInt8(ascii: "0") + UInt8(number % 10))
    }
}
