internal import Glibc

/// What time it is, and how to let it pass: the machine's own, or a test's.
public struct HTTPClock: Sendable {
    /// Time since some beginning.
    public let now: @Sendable () -> Duration
    /// Seconds since 1970.
    public let date: @Sendable () -> Int64
    /// Waits; ends early where the task is cancelled.
    public let sleep: @Sendable (Duration) async -> Void

    /// A clock of these parts.
    public init(
        now: @escaping @Sendable () -> Duration, date: @escaping @Sendable () -> Int64,
        sleep: @escaping @Sendable (Duration) async -> Void
    ) {
        self.now = now
        self.date = date
        self.sleep = sleep
    }

    /// The clock in the place of the machine's, for all that is begun while it is set: tests of what waits an hour need
    /// not take one.
    @TaskLocal package static var substitute: HTTPClock?

    /// The machine's clock, unless another stands in its place.
    public static var system: HTTPClock {
        if let substitute { return substitute }
        let start = ContinuousClock.now
        return HTTPClock(
            now: { ContinuousClock.now - start }, date: { Int64(time(nil)) },
            sleep: { try? await Task.sleep(for: $0) })
    }
}
