internal import Threads

/// Waits on this thread, which is no thread of the cooperative pool, for what can only be awaited.
///
/// The command line does one thing after the other; only what reads a service does many at a time.
final class Waiting<Value>: @unchecked Sendable {
    // Proof of Sendable: `value` belongs to the task until it is done, and to the thread that waits from then on.
    private var value: Value
    private var isDone = false
    private let state = Monitor()

    private init(_ value: Value) { self.value = value }

    /// Has a task change the value, and gives it back once it has.
    static func on(_ value: consuming Value, _ change: @escaping @Sendable (inout Value) async -> Void) -> Value {
        let waiting = Waiting(value)
        Task.detached {
            await change(&waiting.value)
            waiting.state.locked {
                waiting.isDone = true
                waiting.state.changed()
            }
        }
        waiting.state.locked { while !waiting.isDone { waiting.state.wait() } }
        return waiting.value
    }
}
