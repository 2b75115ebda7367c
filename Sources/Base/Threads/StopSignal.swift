internal import Glibc

/// What a terminal's ^C and a service manager send to end a process.
public enum StopSignal {
    /// Has the signals wait until they are asked for. Threads that are started from here on do not take them either.
    public static func hold() {
        var signals = all
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    /// Waits for one; it may have come before. Whoever started this process may have held them too.
    public static func wait() {
        var signals = all
        var received: Int32 = 0
        while unsafe sigwait(&signals, &received) == EINTR {}
    }

    /// Whether one has come that was held and waits. It goes on waiting.
    public static var isPending: Bool {
        var pending = sigset_t()
        guard unsafe sigpending(&pending) == 0 else { return false }
        return unsafe sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1
    }

    /// Has one that comes while the body runs end the process as if it were not held; one that came before, too.
    public static func ending<Result, Failure: Error>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // The watcher begins with the signals that it waits for held, the one that ends it among them.
        var watched = all
        unsafe sigaddset(&watched, enough)
        let signals = watched
        var before = sigset_t()
        unsafe pthread_sigmask(SIG_BLOCK, &watched, &before)
        let watcher = Thread { endProcess(at: signals) }
        defer {
            watcher?.signal(enough)
            watcher?.join()
            unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
        }
        return try body()
    }

    /// Waits for one of these, and ends the process as it would have without being held.
    private static func endProcess(at signals: sigset_t) {
        var signals = signals
        var received: Int32 = 0
        while unsafe sigwait(&signals, &received) == EINTR {}
        guard received != enough else { return }
        signal(received, SIG_DFL)
        unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        raise(received)
    }

    /// What ends the watcher; it is sent to that thread alone.
    private static let enough = SIGUSR1

    private static var all: sigset_t {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGINT)
        unsafe sigaddset(&signals, SIGTERM)
        return signals
    }
}
