package import Chronology

extension Zone {
    /// The moment a period before another: years and months first (clamped), then days, then exact time.
    ///
    /// As with addition, a local time that does not exist becomes the first that does, one that repeats the later. Nil
    /// before the year 1.
    package func subtracting(_ period: Period, from moment: Moment) -> Moment? {
        guard let instant = moment.instant else { return moment }
        let local = civil(at: instant)
        let months = local.date.year * 12 + local.date.month - 1 - period.years * 12 - period.months
        guard months >= 12, let clamped = Self.date(months: months, day: local.date.day),
            let target = clamped.advanced(by: -period.days),
            let shifted = period.isExact ? moment : sameTime(as: local, on: target)
        else { return nil }
        let exact = Moment(seconds: period.seconds)
        let (difference, overflow) = shifted.microseconds.subtractingReportingOverflow(exact.microseconds)
        guard !overflow, let result = Moment(microseconds: difference).instant, result >= .minimum else { return nil }
        return Moment(microseconds: difference)
    }

    private static func date(months: Int, day: Int) -> CivilDate? {
        for last in stride(from: day, through: max(1, day - 3), by: -1) {
            if let date = CivilDate(year: months / 12, month: months % 12 + 1, day: last) { return date }
        }
        return nil
    }

    /// The moment at which the zone's clocks show that time on another day.
    ///
    /// Adding whole days keeps the time of day, so it starts from an earlier day on which the time is exact.
    private func sameTime(as local: CivilDateTime, on target: CivilDate) -> Moment? {
        let seconds = Int64(local.hour * 3600 + local.minute * 60 + local.second)
        for back in 1...10 {
            guard let day = target.advanced(by: -back), let period = Period(days: back) else { continue }
            let start = startOfDay(day)
            let candidate = Moment(
                microseconds: start.microseconds + seconds * 1_000_000 + Int64(local.nanosecond / 1000))
            guard let shown = candidate.instant.map(civil(at:)), shown.date == day,
                (shown.hour, shown.minute, shown.second) == (local.hour, local.minute, local.second)
            else { continue }
            return adding(period, to: candidate)
        }
        return nil
    }
}

extension CivilDate {
    /// The day so many days later, or nil outside of the calendar's years.
    fileprivate func advanced(by days: Int) -> CivilDate? {
        let (target, overflow) = daysSinceEpoch.addingReportingOverflow(days)
        let utcSeconds = Int64(target).multipliedReportingOverflow(by: 86_400)
        guard !overflow, !utcSeconds.overflow else { return nil }
        let instant = Instant(seconds: utcSeconds.partialValue)
        guard instant >= .minimum, instant <= .maximum else { return nil }
        return Zone.utc.civil(at: instant).date
    }
}
