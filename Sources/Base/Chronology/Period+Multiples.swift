extension Period {
    /// The period so many times over, part by part; nil where a part is longer than 9999 years.
    public func multiplied(by count: Int) -> Period? {
        let (years, first) = years.multipliedReportingOverflow(by: count)
        let (months, second) = months.multipliedReportingOverflow(by: count)
        let (days, third) = days.multipliedReportingOverflow(by: count)
        let (seconds, fourth) = seconds.multipliedReportingOverflow(by: Int64(count))
        guard !first, !second, !third, !fourth else { return nil }
        return Period(years: years, months: months, days: days, seconds: seconds)
    }
}
