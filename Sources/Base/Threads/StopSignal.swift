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

    private static var all: sigset_t {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGINT)
        unsafe sigaddset(&signals, SIGTERM)
        return signals
    }
}
