internal import Disposition

extension ExecutionSetting {
    /// Executes the plan on a task of its own, and waits for it on this thread.
    ///
    /// - Parameter journal: where it is written down; nil for a run that calls nothing.
    /// - Returns: nil where the task ended without an answer.
    func execute(_ journal: consuming ExecutionJournal?, _ console: Console) -> ExecutionReport? {
        let journal = JournalBox(journal)
        let count = plan.actions.count
        let report = Waiting.on(
            nil as ExecutionReport?,
            show: { (done: Int) in console.progress("\(done) of \(count) actions") }
        ) { report, tell in
            var setting = self
            setting.tell = tell
            report = await PlanExecution(setting, journal: journal.take()).run()
        }
        console.clearProgress()
        return report
    }
}

/// Hands a journal over to the task that writes on it.
private final class JournalBox: @unchecked Sendable {
    // Proof of Sendable: the thread that made it waits while the one task that takes it runs.
    private var journal: ExecutionJournal?

    init(_ journal: consuming ExecutionJournal?) { self.journal = journal }

    func take() -> ExecutionJournal? {
        let taken = journal.take()
        return taken
    }
}
