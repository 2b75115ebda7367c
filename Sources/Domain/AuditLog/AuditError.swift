internal import Crypto
internal import Files

/// What is wrong with an audit log, or stands in its way: where, what, and what to do next.
public struct AuditError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Which kind of trouble it is.
    public enum Code: String, Equatable, Sendable, CaseIterable {
        /// The log holds something else than what was signed.
        case tampered
        /// The journal holds fewer entries than were signed: it was cut, or a disk was lost.
        case shortened
        /// A text is no note, checkpoint, key or proof.
        case malformed
        /// No signature by a key that is trusted.
        case untrusted
        /// Another process writes to the log.
        case locked
        /// There is a log already, or none.
        case place
        /// An entry that the log cannot hold.
        case entry
        /// The system refused a file, or OpenSSL its work.
        case system
    }

    /// Which kind of trouble it is.
    public let code: Code
    /// The file, with the line where there is one.
    public let place: String
    /// What is wrong.
    public let message: String
    /// What to do next, where there is something to say.
    public let hint: String?

    init(_ code: Code, _ place: String, _ message: String, hint: String? = nil) {
        (self.code, self.place, self.message, self.hint) = (code, place, message, hint)
    }

    init(_ error: FileError) {
        self.init(.system, error.path, "cannot \(error.operation): \(error.reason)", hint: error.hint)
    }

    init(_ error: CryptoError) {
        self.init(.system, "OpenSSL", error.description)
    }

    /// One line: `audit/checkpoint: no signature by a key that is trusted (…)`.
    public var description: String {
        let line = place.isEmpty ? message : "\(place): \(message)"
        return hint.map { "\(line) (\($0))" } ?? line
    }
}

/// Runs what may fail for the system's reasons.
func system<Result: ~Copyable>(_ body: () throws(FileError) -> Result) throws(AuditError) -> Result {
    do throws(FileError) { return try body() } catch { throw AuditError(error) }
}

/// Runs what OpenSSL may refuse.
func crypto<Result: ~Copyable>(_ body: () throws(CryptoError) -> Result) throws(AuditError) -> Result {
    do throws(CryptoError) { return try body() } catch { throw AuditError(error) }
}
