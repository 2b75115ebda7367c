extension Period {
    /// The most seconds by which this period, counted from the beginning of a day, ends after another that counts from
    /// the same; negative where it always ends before. Clock changes, leap seconds and the end of year 9999 apart.
    ///
    /// The Gregorian calendar repeats every 400 years, and the days of a month that every month has differ
    /// by the same; so the last of these and what follows it, in each of 4,800 months, decide it.
    public func mostSecondsAhead(of other: Period) -> Int64 {
        var mostDays = Int.min
        for month in 0..<MonthTable.months {
            let length = MonthTable.length(of: month)
            for day in 28...length {
                mostDays = max(mostDays, lastDay(from: month, day) - other.lastDay(from: month, day))
            }
        }
        return Int64(mostDays) * 86_400 + seconds - other.seconds
    }

    /// The day on which the calendar part ends that begins on this day of a month.
    private func lastDay(from month: Int, _ day: Int) -> Int {
        let target = month + years * 12 + months
        return MonthTable.start(of: target) + min(day, MonthTable.length(of: target)) + days
    }
}

/// Where the months of the years from 2000 on begin, by their number.
private enum MonthTable {
    static let months = 4_800
    private static let days = 146_097

    private static let starts: [Int] = {
        let first = CivilDate(clamping: 1, month: 1, year: 2000).daysSinceEpoch
        return (0...months).map {
            CivilDate(clamping: 1, month: $0 % 12 + 1, year: 2000 + $0 / 12).daysSinceEpoch - first
        }
    }()

    static func start(of month: Int) -> Int { month / months * days + starts[month % months] }

    static func length(of month: Int) -> Int { starts[month % months + 1] - starts[month % months] }
}
