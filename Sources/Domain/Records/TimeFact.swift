public import Chronology

/// What a source said about one time of a record.
///
/// A fact is not yet a clock: a clock is an interval at an as-of instant, and a fact says how to read it.
public enum TimeFact: UInt8, Sendable, Hashable {
    /// The kind has no such time, or the event that it marks has not happened.
    case absent
    /// A plausible instant.
    case point
    /// Null, zero or left out where the kind has such a time.
    case missing
    /// More than five minutes after the as-of instant.
    case future
    /// Before 1970-01-02, after the year 9999, or not a number.
    case implausible

    /// What two times of one clock come to: the one of which less is known.
    func joined(with other: TimeFact) -> TimeFact { rawValue < other.rawValue ? other : self }
}

/// How times are read at one as-of instant.
public struct TimeRules: Sendable {
    /// The instant of the whole run.
    public let asOf: Moment

    /// How far a clock may run ahead of ours and still be believed.
    ///
    /// - Source: the design, section 3: "future (beyond five minutes)".
    public static let allowedSkewMicroseconds: Int64 = 5 * 60 * 1_000_000

    private static let firstPlausible: Int64 = 86_400 * 1_000_000

    /// The last instant that a time of the past may claim: as far after the as-of instant as a clock may run ahead.
    public let lastBelieved: Moment

    /// The rules at this instant.
    public init(asOf: Moment) {
        self.asOf = asOf
        let (sum, overflow) = asOf.microseconds.addingReportingOverflow(Self.allowedSkewMicroseconds)
        lastBelieved = Moment(microseconds: overflow ? .max : sum)
    }

    /// What a number of microseconds since 1970 says.
    public func fact(microseconds: Int64) -> TimeFact {
        if microseconds == 0 { return .missing }
        if microseconds < Self.firstPlausible || microseconds > Moment.lastOfYear9999.microseconds {
            return .implausible
        }
        return microseconds > lastBelieved.microseconds ? .future : .point
    }

    /// The interval in which a time of this fact lies.
    ///
    /// - Source: the design, section 3. Where nothing credible was said the interval is open, never guessed.
    public func interval(_ fact: TimeFact, at moment: Moment) -> Interval {
        switch fact {
        case .point: Interval(point: moment)
        case .absent, .missing, .future: Interval(earliest: .beginning, latest: asOf)
        case .implausible: Interval.everything
        }
    }
}
