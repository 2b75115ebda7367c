import HTTP
import Threads

/// A clock of several who wait: it passes only once all of them do, and then to where the first of them wakes.
final class CommonClock: @unchecked Sendable {
    // Proof of Sendable: all that changes is used under `lock`.
    private let lock = Monitor()
    private var passed = Duration.zero
    private var awake = 0
    private var sleepers: [(until: Duration, continuation: CheckedContinuation<Void, Never>)] = []
    private var observer: (count: Int, continuation: CheckedContinuation<Void, Never>)?

    var now: Duration { lock.locked { passed } }

    var clock: HTTPClock {
        HTTPClock(now: { self.now }, date: { self.now.components.seconds }, sleep: { await self.sleep($0) })
    }

    /// Has that many go about their work at a time, and waits for all of them.
    ///
    /// - Parameter inTurn: whether one after the other begins its work, each once all before it wait.
    func run(
        _ count: Int, inTurn: Bool = false, _ work: @escaping @Sendable (_ number: Int) async -> Void
    ) async {
        begin(count)
        await withTaskGroup { group in
            for number in 0..<count {
                group.addTask {
                    await work(number)
                    self.end()
                }
                if inTurn, number + 1 < count { await untilAsleep(number + 1) }
            }
        }
    }

    private func begin(_ count: Int) { lock.locked { awake += count } }

    private func end() { change { awake -= 1 } }

    private func sleep(_ wait: Duration) async {
        await withCheckedContinuation { continuation in
            change {
                sleepers.append((passed + wait, continuation))
                awake -= 1
            }
        }
    }

    private func untilAsleep(_ count: Int) async {
        await withCheckedContinuation { continuation in change { observer = (count, continuation) } }
    }

    /// Changes who waits, and wakes whose time it is.
    private func change(_ change: () -> Void) {
        let woken: [CheckedContinuation<Void, Never>] = lock.locked {
            change()
            if let observer, sleepers.count >= observer.count {
                self.observer = nil
                return [observer.continuation]
            }
            guard awake == 0, let first = sleepers.map(\.until).min() else { return [] }
            let due = sleepers.filter { $0.until == first }
            sleepers.removeAll { $0.until == first }
            awake += due.count
            passed = max(passed, first)
            return due.map(\.continuation)
        }
        for continuation in woken { continuation.resume() }
    }
}
