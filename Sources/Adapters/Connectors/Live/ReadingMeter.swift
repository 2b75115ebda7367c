internal import Threads

/// Counts what a reading takes in, list by list at the same time, and says so now and then.
final class ReadingMeter: @unchecked Sendable {
    /// How often somebody is told: as often as an eye can follow.
    private static let interval = Duration.milliseconds(100)

    // Proof of Sendable: all that changes is used under `lock`.
    private let tell: @Sendable (LiveConnector.Progress) -> Void
    private let lock = Monitor()
    private var progress = LiveConnector.Progress(pages: 0, records: 0, listsLeft: 0)
    private var lastTold: ContinuousClock.Instant?

    init(_ tell: @escaping @Sendable (LiveConnector.Progress) -> Void) { self.tell = tell }

    /// Takes in a page.
    func add(records: Int) {
        let news: LiveConnector.Progress? = lock.locked {
            progress.pages += 1
            progress.records += records
            let now = ContinuousClock.now
            if let lastTold, now - lastTold < Self.interval { return nil }
            lastTold = now
            return progress
        }
        if let news { tell(news) }
    }

    /// Notes how many lists are known and not yet read.
    func leave(lists: Int) { lock.locked { progress.listsLeft = lists } }
}
