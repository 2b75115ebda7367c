public import Chronology

/// The instants of a forecast: its beginning, each step after it, and its end.
public struct ForecastInstants: Sendable {
    /// The most instants of one forecast: each costs what a scan costs after reading.
    public static let most = 1_000

    /// The instants, ascending and without repetition.
    public let all: [Instant]

    /// Why there is no forecast.
    public enum Failure: Error, Equatable, Sendable {
        /// The end is before the beginning.
        case endsBeforeItBegins
        /// The step has no length.
        case emptyStep
        /// There would be more than `most`.
        case tooMany
    }

    /// The instants from a beginning to an end, both included.
    ///
    /// Each step is counted from the beginning by the calendar of UTC and never from the step before: a month after 31
    /// January is 28 February, and two months after it are 31 March.
    public init(from start: Instant, until end: Instant, step: Period) throws(Failure) {
        guard start <= end else { throw .endsBeforeItBegins }
        guard step != .zero else { throw .emptyStep }
        var all = [start]
        let first = Moment(start)
        for number in 1... {
            guard let period = step.multiplied(by: number), let next = Zone.utc.adding(period, to: first)?.instant,
                next < end
            else { break }
            guard all.count < Self.most - 1 else { throw .tooMany }
            if let last = all.last, next > last { all.append(next) }
        }
        if end > start { all.append(end) }
        self.all = all
    }
}
