internal import Glibc

/// What went wrong with a file or directory: where, doing what, why, and what to do next.
public struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The path as the caller gave it.
    public let path: String
    /// What was attempted, in the imperative: `open`, `read`, `write`.
    public let operation: String
    /// The system's reason, or ours.
    public let reason: String
    /// The system's error number, or 0 where the reason is ours.
    public let code: Int32
    /// What to do next, where there is something to say.
    public let hint: String?

    /// Creates an error with a reason of our own.
    public init(path: String, operation: String, reason: String, hint: String? = nil) {
        self.path = path
        self.operation = operation
        self.reason = reason
        self.code = 0
        self.hint = hint
    }

    /// Creates an error from the system's error number.
    init(path: String, operation: String, code: Int32) {
        self.path = path
        self.operation = operation
        self.reason = unsafe String(cString: strerror(code))
        self.code = code
        self.hint =
            switch code {
            case EACCES, EPERM: "check the permissions, or run as a user who may"
            case ENOSPC, EDQUOT: "free some space, or choose another place"
            case EMFILE, ENFILE: "raise the limit of open files (ulimit -n)"
            default: nil
            }
    }

    /// Whether the path is absent.
    public var isAbsent: Bool { code == ENOENT || code == ENOTDIR }

    /// One line: `PATH: cannot open: No such file or directory`.
    public var description: String {
        let line = "\(path): cannot \(operation): \(reason)"
        return hint.map { "\(line) (\($0))" } ?? line
    }
}
