internal import CSQLite

/// Ends a statement whose time is over.
final class Watch {
    /// When that is; nil while nothing runs.
    var end: ContinuousClock.Instant?

    /// How many steps of SQLite's machine pass between two looks at the clock: some microseconds.
    private static let steps: Int32 = 2_000

    /// Looks after a connection, which must not outlive it in use.
    func `guard`(_ connection: OpaquePointer) {
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe sqlite3_progress_handler(
            connection, Watch.steps,
            { raw in
                guard let raw = unsafe raw else { return 0 }
                return unsafe Unmanaged<Watch>.fromOpaque(raw).takeUnretainedValue().isOver ? 1 : 0
            }, context)
    }

    var isOver: Bool { end.map { ContinuousClock.now >= $0 } ?? false }
}
