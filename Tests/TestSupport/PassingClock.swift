package import HTTP
import Threads

/// A clock that passes only where somebody waits.
package final class PassingClock: @unchecked Sendable {
    // Proof of Sendable: what changes is used under `lock`, which the thread sanitizer knows, unlike the library's Mutex.
    private var now = Duration.zero
    private var waited: [Duration] = []
    private let lock = Monitor()
    private let date: Int64

    /// - Parameter date: when it begins, in seconds since 1970.
    package init(date: Int64 = 0) { self.date = date }

    package var waits: [Duration] { lock.locked { waited } }

    package var clock: HTTPClock {
        HTTPClock(
            now: { self.lock.locked { self.now } },
            date: { self.lock.locked { self.date + self.now.components.seconds } },
            sleep: { wait in
                self.lock.locked {
                    self.now += wait
                    self.waited.append(wait)
                }
            })
    }
}
