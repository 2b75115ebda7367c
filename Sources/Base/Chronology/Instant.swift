internal import Glibc

/// A point in time: seconds since 1970-01-01T00:00:00Z in the proleptic Gregorian calendar, without leap seconds, and
/// nanoseconds.
public struct Instant: Hashable, Comparable, Sendable {
    /// Whole seconds since 1970, rounded towards the past.
    public let seconds: Int64
    /// 0 to 999,999,999.
    public let nanoseconds: Int32

    /// Nanoseconds beyond a second are carried; past the last or first second that can be counted, the end stays.
    public init(seconds: Int64, nanoseconds: Int32 = 0) {
        let carried = Int64(nanoseconds).flooredQuotient(by: 1_000_000_000)
        let (sum, overflow) = seconds.addingReportingOverflow(carried)
        self.seconds = overflow ? (carried < 0 ? .min : .max) : sum
        self.nanoseconds = Int32(Int64(nanoseconds).flooredRemainder(by: 1_000_000_000))
    }

    /// The beginning of the year 1: the first instant that RFC 3339 can write.
    public static let minimum = Instant(seconds: -62_135_596_800)

    /// The end of the year 9999: the last instant that RFC 3339 can write.
    public static let maximum = Instant(seconds: 253_402_300_799, nanoseconds: 999_999_999)

    /// What the system's clock shows.
    public static func now() -> Instant {
        var time = timespec()
        // The clock CLOCK_REALTIME always exists, and the pointer is good: nothing can fail.
        _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Instant(seconds: Int64(time.tv_sec), nanoseconds: Int32(truncatingIfNeeded: time.tv_nsec))
    }

    /// Whether the left one is earlier.
    public static func < (left: Instant, right: Instant) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
}
