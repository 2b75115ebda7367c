internal import Threads

/// Waits on this thread, which is no thread of the cooperative pool, for what can only be awaited.
///
/// The command line does one thing after the other; only what reads a service does many at a time.
final class Waiting<Value, News: Sendable>: @unchecked Sendable {
    // Proof of Sendable: `value` belongs to the task until it is done, and to the thread that waits from then on; `news` is
    // used under `state`.
    private var value: Value
    private var news: News?
    private var isDone = false
    private let state = Monitor()

    private init(_ value: Value) { self.value = value }

    /// Has a task change the value, and gives it back once it has.
    ///
    /// - Parameters:
    ///   - show: gets the latest of what the task tells, on this thread. What nobody came to show is forgotten.
    static func on(
        _ value: consuming Value, show: (News) -> Void,
        _ change: @escaping @Sendable (inout Value, _ tell: @escaping @Sendable (News) -> Void) async -> Void
    ) -> Value {
        let waiting = Waiting(value)
        Task {
            await change(&waiting.value) { news in
                waiting.state.locked {
                    waiting.news = news
                    waiting.state.changed()
                }
            }
            waiting.state.locked {
                waiting.isDone = true
                waiting.state.changed()
            }
        }
        while let news = waiting.next() { show(news) }
        return waiting.value
    }

    /// What was told last, once there is something new; nil when it is done.
    private func next() -> News? {
        state.locked {
            while !isDone, news == nil { state.wait() }
            defer { news = nil }
            return isDone ? nil : news
        }
    }
}
