public import Chronology
internal import HTTP
internal import Threads

/// A time that passes only where somebody waits, for a rehearsal: what a real service would have had waited for is
/// counted, and nobody waits.
public final class RehearsedTime: @unchecked Sendable {
    /// What is waited for.
    enum Reason {
        /// The service asked for it, or what failed is asked for again.
        case limits
        /// What was called is looked at once more.
        case readBack
    }

    // Proof of Sendable: all that changes is used under `lock`.
    private let lock = Monitor()
    private let start: Instant
    private var forLimits = Duration.zero
    private var forReadBack = Duration.zero

    /// A time that begins at this instant.
    public init(start: Instant) { self.start = start }

    /// The time, cut to seconds.
    public var now: Instant {
        let (seconds, isTooFar) = start.seconds.addingReportingOverflow(elapsed.components.seconds)
        return isTooFar ? .maximum : Instant(seconds: seconds)
    }

    /// How long the service was waited for because it asked for it, or before something was asked for again.
    public var waitedForLimits: Duration { lock.locked { forLimits } }

    /// How long was waited before something that was called was looked at once more.
    public var waitedForReadBack: Duration { lock.locked { forReadBack } }

    private var elapsed: Duration { lock.locked { forLimits + forReadBack } }

    /// The same for requests: each wait is over at once, and counted for this reason.
    func clock(_ reason: Reason) -> HTTPClock {
        HTTPClock(now: { self.elapsed }, date: { self.now.seconds }, sleep: { self.pass($0, reason) })
    }

    private func pass(_ wait: Duration, _ reason: Reason) {
        lock.locked {
            switch reason {
            case .limits: forLimits += wait
            case .readBack: forReadBack += wait
            }
        }
    }
}
