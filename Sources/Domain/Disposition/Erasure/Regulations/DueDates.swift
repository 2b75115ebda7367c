public import Chronology

/// By when a request must be confirmed and answered, each day with the rule that gives it.
public struct DueDates: Sendable, Hashable {
    /// A day, and how it was found.
    public struct Due: Sendable, Hashable {
        /// The last day on which it is in time.
        public let day: CivilDate
        /// How it was found, step by step, for people.
        public let rule: String
    }

    /// The day on which the request was received.
    public let received: CivilDate
    /// By when the receipt is confirmed; nil where no law asks for it.
    public let confirm: Due?
    /// By when the request is answered. Until then the person is told of an extension, too.
    public let answer: Due
    /// By when it is answered where it was extended.
    public let extended: Due

    /// The days that a law sets for a request.
    ///
    /// - Parameters:
    ///   - received: the day of receipt, where the request was received.
    ///   - ownLimit: a shorter time that was promised, such as 28 days: no later day than its end is named as `answer`.
    /// - Returns: nil where the law did not hold yet on the day of receipt, or the calendar ends before the days do.
    public init?(_ regulation: Regulation, received: CivilDate, workingDays: WorkingDays, ownLimit: Period? = nil) {
        guard let edition = regulation.edition(on: received) else { return nil }
        let counter = Counter(edition: edition, received: received, workingDays: workingDays)
        guard let answer = counter.end(of: edition.response), let extended = counter.end(of: edition.extended) else {
            return nil
        }
        self.received = received
        self.extended = extended
        confirm = counter.confirmation()
        guard let ownLimit, let own = received.adding(ownLimit), own < answer.day else {
            self.answer = answer
            return
        }
        self.answer = Due(
            day: own,
            rule: "\(ownLimit) after \(received), as the request's own limit; the law's is later: \(answer.rule)")
    }
}

extension DueDates {
    /// Counts days as one edition of a law has them counted.
    private struct Counter {
        let edition: RegulationEdition
        let received: CivilDate
        let workingDays: WorkingDays

        func end(of period: Period) -> Due? {
            guard let last = received.adding(period) else { return nil }
            let clamp =
                last.day != received.day && period.days == 0
                ? " (the month has no day \(received.day), so its last)" : ""
            let counted = "\(words(period)) after \(received) is \(last)\(clamp)"
            switch edition.counting {
            case .calendarDays: return Due(day: last, rule: "\(counted); \(sources)")
            case .union:
                guard let working = workingDays.firstWorkingDay(from: last) else { return nil }
                guard let rest = workingDays.rest(on: last) else {
                    return Due(day: last, rule: "\(counted); \(sources)")
                }
                return Due(
                    day: working, rule: "\(counted), \(rest.rawValue), so the next working day, \(working); \(sources)")
            }
        }

        func confirmation() -> Due? {
            guard let count = edition.workingDaysToConfirm,
                let day = workingDays.workingDay(count, after: received)
            else { return nil }
            let known = workingDays.holidays.isEmpty ? "no holidays known" : "holidays left out"
            return Due(
                day: day, rule: "\(count) working days after \(received), weekends and \(known); \(edition.source)")
        }

        private var sources: String { "\(edition.source); \(edition.countingSource)" }

        private func words(_ period: Period) -> String {
            let (count, unit) = period.days == 0 ? (period.months, "month") : (period.days, "calendar day")
            return "\(count) \(unit)\(count == 1 ? "" : "s")"
        }
    }
}
