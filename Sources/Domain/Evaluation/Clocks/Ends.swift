internal import Chronology

/// Both ends of an interval as plain microseconds, for kernels.
struct Ends: Sendable, Hashable {
    var early: Int64
    var late: Int64

    static let open = Int64.min
    static let never = Int64.max

    init(_ early: Int64, _ late: Int64) {
        self.early = early
        self.late = late
    }

    init(_ interval: Interval) { self.init(interval.earliest.microseconds, interval.latest.microseconds) }

    /// The later of both, end by end.
    @inline(__always)
    mutating func raise(_ other: Ends) {
        if other.early > early { early = other.early }
        if other.late > late { late = other.late }
    }

    var interval: Interval {
        Interval(earliest: Moment(microseconds: early), latest: Moment(microseconds: late))
    }
}
