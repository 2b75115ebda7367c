internal import Glibc

/// One of the two streams that a program is given to write to.
public enum StandardStream: Int32, Sendable {
    /// Results.
    case output = 1
    /// All else: progress, warnings, errors.
    case error = 2

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
