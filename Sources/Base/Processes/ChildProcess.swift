internal import Glibc
internal import Synchronization

/// Runs other people's programs: never through a shell, with an environment that the caller states whole.
public enum ChildProcess {
    /// What a program left behind.
    public struct Outcome: Sendable, Equatable {
        /// Its exit code, or 128 and the signal that ended it.
        public let status: Int32
        /// All of its standard output.
        public let output: [UInt8]
        /// The beginning of its standard error.
        public let errors: [UInt8]
    }

    /// What a program may read from its standard input, so that it fits into a pipe before anybody reads.
    public static let mostInput = 32_768

    private static let mostErrors = 16_384

    /// Between the making of a pipe and the mark that keeps it from other children no child may be made.
    static let spawning = Mutex(())

    /// Runs a program to its end.
    ///
    /// - Parameters:
    ///   - program: its name, to be found in this process's `PATH`, or its path.
    ///   - environment: all of its variables, as `NAME=VALUE`.
    ///   - input: at most `mostInput` bytes.
    ///   - limit: the most bytes that its output may have; with more it is ended.
    ///   - timeLimit: how long it may take; then it is ended, with all that it started. Nil for as long as it likes. With a
    ///     limit it runs in a process group of its own, which a terminal's ^C does not reach.
    public static func run(
        _ program: String, _ arguments: [String], environment: [String], input: [UInt8] = [], limit: Int,
        timeLimit: Duration? = nil
    ) throws(ProcessError) -> Outcome {
        guard !([program] + arguments + environment).contains(where: { $0.utf8.contains(0) }) else {
            throw ProcessError(program: program, reason: "an argument holds a zero byte")
        }
        let stdin = try Pipe(program)
        let stdout = try Pipe(program)
        let stderr = try Pipe(program)
        try stdin.fill(input, program)
        let deadline = Deadline(after: timeLimit)
        let child = try spawn(
            program, arguments, environment, [stdin.end(.read), stdout.end(.write), stderr.end(.write)],
            inOwnGroup: deadline.hasEnd)
        stdin.close(.read)
        stdout.close(.write)
        stderr.close(.write)
        var output = Drain(stdout.end(.read), limit: limit, keepsReading: false)
        var errors = Drain(stderr.end(.read), limit: mostErrors, keepsReading: true)
        var end = Drain.readBoth(&output, &errors, until: deadline)
        // Who says no more may still run on.
        if end == .whole, !hasEnded(child, until: deadline) { end = .tooLate }
        if end != .whole { _ = kill(deadline.hasEnd ? -child : child, SIGKILL) }
        let status = wait(for: child)
        switch end {
        case .whole: break
        case .tooMuch: throw ProcessError(program: program, reason: "it wrote more than \(limit) bytes")
        case .tooLate:
            throw ProcessError(program: program, reason: "it took longer than \((timeLimit ?? .zero) / .seconds(1)) s")
        }
        guard let status else { throw ProcessError(program: program, reason: "nobody says how it ended") }
        let signal = status & 0x7F
        return Outcome(
            status: signal == 0 ? status >> 8 & 0xFF : 128 + signal, output: output.bytes, errors: errors.bytes)
    }

    /// Waits for a child's end without taking its exit code. False where the time was up before.
    ///
    /// Nothing portable waits for a child and for a time at once; the pauses grow, so that a slow child costs nothing.
    private static func hasEnded(_ child: pid_t, until deadline: Deadline) -> Bool {
        guard deadline.hasEnd else { return true }
        var pause: Int32 = 1
        while true {
            var information = unsafe siginfo_t()
            let code = unsafe waitid(P_PID, id_t(child), &information, WEXITED | WNOHANG | WNOWAIT)
            // Where the system cannot say, the wait that follows does.
            if code != 0, errno != EINTR { return true }
            if code == 0, unsafe information.si_signo == SIGCHLD { return true }
            guard !deadline.hasPassed else { return false }
            _ = poll(nil, 0, min(pause, deadline.milliseconds))
            pause = min(pause * 2, 64)
        }
    }

    /// How a child ended, as the system spells it; nil where it does not say.
    private static func wait(for child: pid_t) -> Int32? {
        var status: Int32 = 0
        while true {
            let ended = unsafe waitpid(child, &status, 0)
            if ended == child { return status }
            guard ended == -1, errno == EINTR else { return nil }
        }
    }

    /// Where SIGCHLD is ignored, as whoever started this process may have left it, no child's exit code is kept.
    private static func heedChildren() {
        var action = sigaction()
        guard unsafe sigaction(SIGCHLD, nil, &action) == 0,
            unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
                == unsafeBitCast(SIG_IGN, to: Int.self)
        else { return }
        _ = signal(SIGCHLD, SIG_DFL)
    }

    private static func spawn(
        _ program: String, _ arguments: [String], _ environment: [String], _ streams: [Int32], inOwnGroup: Bool
    ) throws(ProcessError) -> pid_t {
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        // The group's number is the child's own.
        if inOwnGroup { unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP)) }
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        for (number, stream) in streams.enumerated() {
            unsafe posix_spawn_file_actions_adddup2(&actions, stream, Int32(number))
        }
        var words = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
        var variables = unsafe environment.map { unsafe strdup($0) } + [nil]
        defer {
            for index in unsafe words.indices { unsafe free(words[index]) }
            for index in unsafe variables.indices { unsafe free(variables[index]) }
        }
        var child: pid_t = 0
        let code = spawning.withLock { _ in
            heedChildren()
            return unsafe posix_spawnp(&child, program, &actions, &attributes, &words, &variables)
        }
        guard code == 0 else {
            throw ProcessError(
                program: program, reason: unsafe String(cString: strerror(code)), isAbsent: code == ENOENT)
        }
        return child
    }
}

/// Why a program gave no answer.
public struct ProcessError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The program's name.
    public let program: String
    /// What happened.
    public let reason: String
    /// Whether there is no such program.
    public let isAbsent: Bool

    init(program: String, reason: String, isAbsent: Bool = false) {
        self.program = program
        self.reason = reason
        self.isAbsent = isAbsent
    }

    /// One line.
    public var description: String {
        isAbsent
            ? "\(program): cannot run: there is no such program (install it, or correct PATH)"
            : "\(program): cannot run: \(reason)"
    }
}
