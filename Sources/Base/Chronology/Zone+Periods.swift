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
        let target = CivilDate(daysSinceEpoch: Int(day)).monthsLater(period).daysSinceEpoch + period.days
        return transitions.instant(local: Int64(target) * secondsPerDay + (local - day * secondsPerDay))
    }
}
