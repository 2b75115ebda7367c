internal import Threads

/// When the next request of a source may go, by what its answers said.
final class Pace: @unchecked Sendable {
    // Proof of Sendable: both variables are used under `lock`.
    private let lock = Monitor()
    private var notBefore = Duration.zero
    private var number: UInt64 = 0

    func nextNumber() -> UInt64 {
        lock.locked {
            number += 1
            return number
        }
    }

    func learn(from response: HTTPResponse, now: Duration) {
        if let wait = response.exhaustedFor { hold(until: now + min(wait, .seconds(120))) }
    }

    func hold(until instant: Duration) { lock.locked { notBefore = max(notBefore, instant) } }

    func wait(now: Duration) -> Duration? { lock.locked { notBefore > now ? notBefore - now : nil } }
}
