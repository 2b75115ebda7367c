extension CivilDate {
    /// The day a period of years, months and days later: years and months first, clamped to the month's end, then days.
    ///
    /// Nil where the period has exact time, of which days know nothing, and past the year 9999.
    public func adding(_ period: Period) -> CivilDate? {
        guard period.seconds == 0 else { return nil }
        let later = CivilDate(daysSinceEpoch: monthsLater(period).daysSinceEpoch + period.days)
        return later.year <= 9999 ? later : nil
    }

    /// The day that is the period's years and months later; its year may be past 9999.
    func monthsLater(_ period: Period) -> CivilDate {
        guard period.years != 0 || period.months != 0 else { return self }
        let months = (year + period.years) * 12 + (month - 1) + period.months
        return CivilDate(
            clamping: day, month: months.flooredRemainder(by: 12) + 1, year: months.flooredQuotient(by: 12))
    }
}
