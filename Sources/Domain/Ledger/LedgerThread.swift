public import Chronology
internal import Threads

/// A run's ledger on a thread of its own, for those who must not wait for a disk.
///
/// The first failure is kept, and nothing is done after it: what was written until then stands. Whoever opens one closes
/// it; a process that ends before leaves what it had written.
public final class LedgerThread: @unchecked Sendable {
    // Proof of Sendable: the jobs and what became of them are read and written within the monitor alone.
    private let monitor = Monitor()
    private let path: String
    private var jobs: [Job] = []
    private var failure: LedgerError?
    private var state = State.opening

    /// Something to do with the ledger.
    public typealias Work<Result> = @Sendable (LedgerRun) throws(LedgerError) -> Result

    private struct Job: Sendable {
        let work: Work<Void>
        let done: @Sendable () -> Void
    }

    private enum State {
        case opening, open, closing, closed
    }

    /// Opens the ledger and begins a run.
    public init(path: String, now: Instant, asOf: Moment, tool: String, policies: String) throws(LedgerError) {
        self.path = path
        let thread = Thread { [self] in
            do throws(LedgerError) {
                let ledger = try Ledger(path: path, now: now, tool: tool)
                let run = try LedgerRun(ledger, asOf: asOf, policies: policies)
                move(to: .open)
                while let job = next() { perform(job, run) }
            } catch {
                fail(error)
            }
            move(to: .closed)
        }
        guard let thread else { throw gone("the system has no thread left") }
        thread.detach()
        let failure = monitor.locked {
            while state == .opening { monitor.wait() }
            return self.failure
        }
        if let failure { throw failure }
    }

    /// Has something done after all that was asked for before, and waits for it without holding up a thread.
    public func perform(_ work: @escaping Work<Void>) async {
        await withCheckedContinuation { continuation in
            add(Job(work: work) { continuation.resume() })
        }
    }

    /// The same, with an answer; nil where something failed.
    public func ask<Result: Sendable>(_ work: @escaping Work<Result>) async -> Result? {
        let answer = Answer<Result>()
        await perform { (run) throws(LedgerError) in answer.value = try work(run) }
        return answer.value
    }

    /// The same on a thread that may wait.
    ///
    /// - Throws: the first failure of all.
    public func wait<Result: Sendable>(for work: @escaping Work<Result>) throws(LedgerError) -> Result {
        let answer = Answer<Result>()
        add(
            Job(work: { (run) throws(LedgerError) in answer.value = try work(run) }) { [monitor] in
                monitor.locked {
                    answer.isThere = true
                    monitor.changed()
                }
            })
        let failure = monitor.locked {
            while !answer.isThere { monitor.wait() }
            return self.failure
        }
        if let failure { throw failure }
        guard let value = answer.value else { throw gone("it was closed") }
        return value
    }

    /// Ends what is under way and lets go of the ledger.
    public func close() {
        monitor.locked {
            if state == .open {
                state = .closing
                monitor.changed()
            }
            while state != .closed { monitor.wait() }
        }
    }

    private func add(_ job: Job) {
        let isTaken = monitor.locked {
            guard state == .open else { return false }
            jobs.append(job)
            monitor.changed()
            return true
        }
        if !isTaken { job.done() }
    }

    /// The next job; nil where there will be none.
    private func next() -> Job? {
        monitor.locked {
            while jobs.isEmpty {
                if state == .closing { return nil }
                monitor.wait()
            }
            return jobs.removeFirst()
        }
    }

    private func perform(_ job: Job, _ run: LedgerRun) {
        defer { job.done() }
        guard monitor.locked({ failure == nil }) else { return }
        do throws(LedgerError) { try job.work(run) } catch { fail(error) }
    }

    private func fail(_ error: LedgerError) { monitor.locked { failure = failure ?? error } }

    private func move(to state: State) {
        monitor.locked {
            self.state = state
            monitor.changed()
        }
    }

    private func gone(_ why: String) -> LedgerError {
        LedgerError(.inaccessible, path: path, reason: "cannot be used: \(why)", hint: "run it again")
    }
}

/// What a job answered.
private final class Answer<Value>: @unchecked Sendable {
    // Proof of Sendable: the thread of the ledger writes before it says that the job is done, and others read after that.
    var value: Value?
    var isThere = false
}
