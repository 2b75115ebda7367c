/// The end of what may be waited for; or none.
struct Deadline {
    private let instant: ContinuousClock.Instant?

    init(after limit: Duration?) { instant = limit.map { ContinuousClock.now + $0 } }

    var hasEnd: Bool { instant != nil }

    var hasPassed: Bool { instant.map { $0 <= ContinuousClock.now } ?? false }

    /// How long is left, as `poll` takes it: rounded up, so that nobody comes back too early; -1 for ever.
    var milliseconds: Int32 {
        guard let instant else { return -1 }
        let left = max(.zero, instant - ContinuousClock.now).components
        return Int32(clamping: left.seconds * 1000 + (left.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
