extension Zone {
    /// The moment a period after another: years and months first, clamped to the month's end, then days, then exact
    /// time.
    ///
    /// A local time that does not exist becomes the first that does, one that repeats becomes the later. The open ends
    /// stay open; nil past the year 9999 in UTC.
    ///
    /// - Source: the design, "The fine print", Periods.
    public func adding(_ period: Period, to moment: Moment) -> Moment? {
        guard moment.isPoint else { return moment }
        guard moment <= .lastOfYear9999 else { return nil }
        let start = moment.wholeSeconds
        let fraction = moment.microseconds - start * microsecondsPerSecond
        let shifted = period.isExact ? start : adding(calendarPartsOf: period, to: start)
        let end = Moment(seconds: shifted + period.seconds)
        guard end <= .lastOfYear9999 else { return nil }
        let (sum, overflow) = end.microseconds.addingReportingOverflow(fraction)
        return overflow ? moment : Moment(microseconds: sum)
    }

    /// Years, months and days after a second; all of it fits, for moments end in 9999 and periods are bounded.
    private func adding(calendarPartsOf period: Period, to start: Int64) -> Int64 {
        let local = start + Int64(transitions.offset(at: start))
        let day = local.flooredQuotient(by: secondsPerDay)
        let target = monthsLater(period, than: Int(day)) + period.days
        return transitions.instant(local: Int64(target) * secondsPerDay + (local - day * secondsPerDay))
    }

    /// The day that is the period's years and months after another, as a number.
    private func monthsLater(_ period: Period, than day: Int) -> Int {
        guard period.years != 0 || period.months != 0 else { return day }
        let date = CivilDate(daysSinceEpoch: day)
        let months = (date.year + period.years) * 12 + (date.month - 1) + period.months
        let clamped = CivilDate(
            clamping: date.day, month: months.flooredRemainder(by: 12) + 1, year: months.flooredQuotient(by: 12))
        return clamped.daysSinceEpoch
    }
}
