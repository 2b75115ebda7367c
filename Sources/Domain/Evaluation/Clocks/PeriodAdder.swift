internal import Chronology

/// Adds one period in one zone, to plain microseconds.
final class PeriodAdder: Sendable {
    let period: Period
    let zone: Zone
    /// What to add where no calendar is needed: exact time anywhere, and days in UTC.
    private let fixed: Int64?

    init(_ period: Period, in zone: Zone) {
        self.period = period
        self.zone = zone
        let needsNoCalendar =
            period.isExact || (zone.identifier == Zone.utc.identifier && period.years == 0 && period.months == 0)
        let (days, daysOverflow) = Int64(period.days).multipliedReportingOverflow(by: 86_400)
        let (seconds, overflow) = days.addingReportingOverflow(period.seconds)
        let length = Moment(seconds: seconds)
        fixed = needsNoCalendar && !daysOverflow && !overflow && length.isPoint ? length.microseconds : nil
    }

    /// The sum; the open ends stay open, and nil is past the year 9999.
    func add(to moment: Int64) -> Int64? {
        guard let fixed else { return zone.adding(period, to: Moment(microseconds: moment))?.microseconds }
        if moment == Ends.open || moment == Ends.never { return moment }
        let (sum, overflow) = moment.addingReportingOverflow(fixed)
        return overflow || sum > Moment.lastOfYear9999.microseconds ? nil : sum
    }

    /// An open span: a clock strictly between both has a sum, and it is after the instant, for certain.
    ///
    /// Addition is not monotone: a month after 30 January 23:00 is later than one after 31 January 01:00, and a zone may
    /// skip a day. Yet a clock that is a week later is never sooner over, so a week beside a bound is left to be counted.
    func certainlyAfter(_ asOf: Int64) -> (low: Int64, high: Int64) {
        let first = -Self.horizon
        let last = Moment.lastOfYear9999.microseconds
        let reached = Self.lastFitting(first, last) { add(to: $0).map { $0 <= asOf } ?? false }
        let counted = Self.lastFitting(first, last) { add(to: $0) != nil }
        return (reached + slack, counted - slack)
    }

    /// By how much the sum of a later clock may be before that of an earlier one.
    var slack: Int64 { fixed == nil ? 7 * 86_400 * 1_000_000 : 0 }

    /// Before the year 1, where no clock is.
    private static let horizon: Int64 = 2100 * 366 * 86_400 * 1_000_000

    /// A moment that fits and is followed by one that does not.
    private static func lastFitting(_ first: Int64, _ last: Int64, _ fits: (Int64) -> Bool) -> Int64 {
        guard fits(first) else { return first - 1 }
        if fits(last) { return last + 1 }
        var low = first
        var high = last
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if fits(middle) { low = middle } else { high = middle }
        }
        return low
    }
}
