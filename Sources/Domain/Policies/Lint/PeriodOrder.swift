import Chronology

/// Which of two periods is longer, which can depend on the day from which they count.
///
/// Answers are kept, for policies mostly repeat the same few periods.
struct PeriodOrder {
    private struct Question: Hashable {
        let first: Period, second: Period, zone: Zone, otherZone: Zone
    }

    private var answers: [Question: CivilDate?] = [:]

    /// A day from which the first period reaches further than the second, or nil where there is none.
    ///
    /// The calendar repeats every 400 years, so looking at each of their days decides it. Periods that differ by more
    /// than clock changes can make up for need no search.
    ///
    /// - Parameter otherZone: the zone of the second period, where it is another; then days that begin in neither are
    ///   not looked at.
    mutating func dayFromWhich(
        _ first: Period, exceeds second: Period, in zone: Zone, and otherZone: Zone? = nil
    ) -> CivilDate? {
        let otherZone = otherZone ?? zone
        if first == second && zone == otherZone || Self.longest(first) + Self.slack <= Self.shortest(second) {
            return nil
        }
        let question = Question(first: first, second: second, zone: zone, otherZone: otherZone)
        if let answer = answers[question] { return answer }
        let clockChanges = zone == .utc && otherZone == .utc ? 0 : Self.slack
        let answer = first.mostSecondsAhead(of: second) + clockChanges <= 0 ? nil : Self.search(question)
        answers.updateValue(answer, forKey: question)
        return answer
    }

    private static func search(_ question: Question) -> CivilDate? {
        guard let start = CivilDate(year: 2000, month: 1, day: 1)?.daysSinceEpoch,
            let end = CivilDate(year: 2400, month: 1, day: 1)?.daysSinceEpoch
        else { return nil }
        for day in start..<end {
            let date = Zone.utc.civil(at: Instant(seconds: Int64(day) * secondsPerDay)).date
            let moment = question.zone.startOfDay(date)
            let second = question.otherZone.adding(question.second, to: moment) ?? .unbounded
            if question.zone.adding(question.first, to: moment) ?? .unbounded > second { return date }
        }
        return nil
    }

    private static let secondsPerDay: Int64 = 86_400

    /// Zones shift their clocks, some once by a whole day.
    static let slack: Int64 = 2 * secondsPerDay

    /// No period of these parts lasts for more seconds, clock changes apart.
    static func longest(_ period: Period) -> Int64 {
        Int64(period.years * 366 + period.months * 31 + period.days) * secondsPerDay + period.seconds
    }

    /// No period of these parts lasts for fewer seconds, clock changes apart.
    static func shortest(_ period: Period) -> Int64 {
        Int64(period.years * 365 + period.months * 28 + period.days) * secondsPerDay + period.seconds
    }
}
