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
    public static func run(
        _ program: String, _ arguments: [String], environment: [String], input: [UInt8] = [], limit: Int
    ) throws(ProcessError) -> Outcome {
        guard !([program] + arguments + environment).contains(where: { $0.utf8.contains(0) }) else {
            throw ProcessError(program: program, reason: "an argument holds a zero byte")
        }
        let stdin = try Pipe(program)
        let stdout = try Pipe(program)
        let stderr = try Pipe(program)
        try stdin.fill(input, program)
        let child = try spawn(
            program, arguments, environment, [stdin.end(.read), stdout.end(.write), stderr.end(.write)])
        stdin.close(.read)
        stdout.close(.write)
        stderr.close(.write)
        var output = Drain(stdout.end(.read), limit: limit, keepsReading: false)
        var errors = Drain(stderr.end(.read), limit: mostErrors, keepsReading: true)
        let isWhole = Drain.readBoth(&output, &errors)
        if !isWhole { _ = kill(child, SIGKILL) }
        let status = wait(for: child)
        guard isWhole else { throw ProcessError(program: program, reason: "it wrote more than \(limit) bytes") }
        guard let status else { throw ProcessError(program: program, reason: "nobody says how it ended") }
        let signal = status & 0x7F
        return Outcome(
            status: signal == 0 ? status >> 8 & 0xFF : 128 + signal, output: output.bytes, errors: errors.bytes)
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
        _ program: String, _ arguments: [String], _ environment: [String], _ streams: [Int32]
    ) throws(ProcessError) -> pid_t {
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
            return unsafe posix_spawnp(&child, program, &actions, nil, &words, &variables)
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
