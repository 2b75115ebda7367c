internal import Glibc

/// One of the two streams that a program is given to write to.
public enum StandardStream: Int32, Sendable {
    /// Results.
    case output = 1
    /// All else: progress, warnings, errors.
    case error = 2

    /// Makes the streams of this process safe to use, whatever it was started with.
    ///
    /// The number of a stream that was closed is taken, so that no file of ours gets it and no result is written into
    /// a report; writing to it fails. A reader that has gone is an error where something is written to it, as every
    /// other that keeps a result from its reader, and not the end of the process.
    public static func prepare() {
        for number in Int32(0)...2 where fcntl(number, F_GETFD) == -1 {
            _ = unsafe open("/dev/null", number == 0 ? O_WRONLY : O_RDONLY)
        }
        _ = signal(SIGPIPE, SIG_IGN)
    }

    /// Whether a person is looking.
    public var isTerminal: Bool { isatty(rawValue) == 1 }

    /// Writes the bytes at once and whole.
    public func write(_ bytes: borrowing Span<UInt8>) throws(FileError) {
        let name = self == .output ? "standard output" : "standard error"
        let descriptor = Descriptor(borrowing: rawValue, alias: name)
        try unsafe bytes.withUnsafeBytes { (raw) throws(FileError) in try unsafe descriptor.write(raw) }
    }

    /// Writes the text as UTF-8, at once and whole.
    public func write(_ text: String) throws(FileError) { try write(text.utf8.span) }
}
