/// A length of time as people write it in rules: years and months, days, and exact time, each kept apart.
///
/// A month is not 30 days, and a day is not 24 hours: see `Zone.adding(_:to:)`.
public struct Period: Hashable, Sendable {
    /// No part of a period is longer than this.
    static let limitInYears = 9999

    /// Calendar years.
    public let years: Int
    /// Calendar months.
    public let months: Int
    /// Calendar days; a week is seven of them.
    public let days: Int
    /// Exact time: hours, minutes and seconds.
    public let seconds: Int64

    /// No time at all.
    public static let zero = Period(unchecked: 0, 0, 0, 0)

    /// The period, or nil where a part is negative or longer than 9999 years.
    public init?(years: Int = 0, months: Int = 0, days: Int = 0, seconds: Int64 = 0) {
        let limit = Period.limitInYears
        guard (0...limit).contains(years), (0...limit * 12).contains(months), (0...limit * 366).contains(days),
            (0...Int64(limit) * 366 * secondsPerDay).contains(seconds)
        else { return nil }
        self.init(unchecked: years, months, days, seconds)
    }

    private init(unchecked years: Int, _ months: Int, _ days: Int, _ seconds: Int64) {
        self.years = years
        self.months = months
        self.days = days
        self.seconds = seconds
    }

    /// Whether it has no years, months or days, so that no calendar is needed to add it.
    public var isExact: Bool { years == 0 && months == 0 && days == 0 }
}

extension Period: CustomStringConvertible {
    /// ISO 8601, each part as it was given: `P1Y6M`, `P90D`, `PT24H`.
    public var description: String {
        guard self != .zero else { return "P0D" }
        let calendar = [(years, "Y"), (months, "M"), (days, "D")]
        let exact = [(seconds / 3600, "H"), (seconds / 60 % 60, "M"), (seconds % 60, "S")]
        let time = exact.filter { $0.0 != 0 }.map { "\($0.0)\($0.1)" }.joined()
        return "P" + calendar.filter { $0.0 != 0 }.map { "\($0.0)\($0.1)" }.joined() + (time.isEmpty ? "" : "T\(time)")
    }
}
