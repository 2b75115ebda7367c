internal import Chronology

/// How old a record is, in bands of whole days of 24 hours, counted from its creation to the as-of instant.
public enum AgeBand: Int, CaseIterable, Sendable, Comparable {
    case month, quarter, year, twoYears, older
    /// When it was created is not known.
    case unknown

    /// The days that a record of the band has at most; nil where there is no such number.
    public var days: Int? {
        switch self {
        case .month: 30
        case .quarter: 90
        case .year: 365
        case .twoYears: 730
        case .older, .unknown: nil
        }
    }

    /// The band's name, as a column is headed.
    public var name: String {
        switch self {
        case .older: "older"
        case .unknown: "unknown"
        default: "\(days ?? 0)d"
        }
    }

    /// The younger first, and the unknown last.
    public static func < (left: AgeBand, right: AgeBand) -> Bool { left.rawValue < right.rawValue }

    /// The band of what was created in this interval.
    init(created: Interval, asOf: Moment) {
        guard created.isPoint else {
            self = .unknown
            return
        }
        let age = asOf.microseconds.subtractingReportingOverflow(created.earliest.microseconds).partialValue
        self = AgeBand.allCases.first { band in band.days.map { age <= Int64($0) * 86_400_000_000 } ?? false } ?? .older
    }
}
