/// All that is known of a time: it lies between two moments, both included.
public struct Interval: Hashable, Sendable {
    /// The first moment that it may be.
    public var earliest: Moment
    /// The last moment that it may be.
    public var latest: Moment

    /// The time lies between the two.
    public init(earliest: Moment, latest: Moment) {
        self.earliest = earliest
        self.latest = latest
    }

    /// The time is known.
    public init(point: Moment) { self.init(earliest: point, latest: point) }

    /// Whether the time is known exactly.
    public var isPoint: Bool { earliest == latest }

    /// Nothing is known.
    public static let everything = Interval(earliest: .beginning, latest: .unbounded)
}
