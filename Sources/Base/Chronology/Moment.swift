/// A point in time to the microsecond, or one of the two open ends: what inventories hold and deadlines are counted in.
public struct Moment: Hashable, Comparable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public var microseconds: Int64

    /// The moment so many microseconds after 1970.
    public init(microseconds: Int64) { self.microseconds = microseconds }

    /// The moment so many seconds after 1970; seconds that cannot be counted in microseconds reach the open ends.
    public init(seconds: Int64) {
        microseconds = Int64(clamping: Int128(seconds) * Int128(microsecondsPerSecond))
    }

    /// The last microsecond that is not after the instant.
    public init(_ instant: Instant) {
        let whole = Int128(instant.seconds) * Int128(microsecondsPerSecond)
        microseconds = Int64(clamping: whole + Int128(instant.nanoseconds / 1000))
    }

    /// The open past: before everything.
    public static let beginning = Moment(microseconds: .min)

    /// No end: after everything.
    public static let unbounded = Moment(microseconds: .max)

    /// The last microsecond of the year 9999, in UTC.
    public static let lastOfYear9999 = Moment(.maximum)

    /// Whether this is a point in time, and not an open end.
    public var isPoint: Bool { self != .beginning && self != .unbounded }

    /// The instant, or nil for the open ends.
    public var instant: Instant? {
        guard isPoint else { return nil }
        return Instant(
            seconds: wholeSeconds,
            nanoseconds: Int32(microseconds - wholeSeconds * microsecondsPerSecond) * 1000)
    }

    /// Whole seconds since 1970, rounded towards the past.
    var wholeSeconds: Int64 {
        // The first microseconds that can be counted are no whole second: their floor would not fit.
        max(microseconds.flooredQuotient(by: microsecondsPerSecond), Int64.min / microsecondsPerSecond)
    }

    /// Whether the left one is earlier.
    public static func < (left: Moment, right: Moment) -> Bool { left.microseconds < right.microseconds }
}

extension Moment: CustomStringConvertible {
    /// RFC 3339 in UTC, or `beginning` or `unbounded`.
    public var description: String {
        instant?.rfc3339 ?? openEnd
    }

    fileprivate var openEnd: String { self == .beginning ? "beginning" : "unbounded" }
}

extension [UInt8] {
    /// Appends the moment, as `Moment.description` has it.
    public mutating func append(_ moment: Moment) {
        if let instant = moment.instant { append(rfc3339: instant) } else { append(contentsOf: moment.openEnd.utf8) }
    }
}
