/// Why an expression gave no value.
///
/// Errors are results, not Swift errors thrown: they travel through operators as values do, and `&&` and `||` may absorb them.
public struct CELError: Error, Sendable {
    /// What kind of thing went wrong.
    public enum Code: String, Sendable {
        /// No function of that name takes arguments of these types.
        case noMatchingOverload = "no-matching-overload"
        case undeclared
        case noSuchKey = "no-such-key"
        case noSuchField = "no-such-field"
        /// The host does not know the value: see ``CELLookup/unknown(_:)``.
        case unknown
        case divisionByZero = "division-by-zero"
        case overflow
        case outOfRange = "out-of-range"
        case invalidArgument = "invalid-argument"
        /// The evaluation cost more than its budget allows.
        case budget
        /// A function of the host failed.
        case host
    }

    private final class Storage: Sendable {
        let code: Code
        let message: String
        let range: Range<Int>?

        init(code: Code, message: String, range: Range<Int>?) {
            self.code = code
            self.message = message
            self.range = range
        }
    }

    private let storage: Storage

    /// An error to be returned by a registered function. Where in the expression it happened is added on the way.
    public init(_ code: Code, _ message: String) { self.init(code, message, at: nil) }

    /// A failure of the host's own.
    public init(_ message: String) { self.init(.host, message, at: nil) }

    init(_ code: Code, _ message: String, at range: Range<Int>?) {
        storage = Storage(code: code, message: message, range: range)
    }

    /// What kind of thing went wrong.
    public var code: Code { storage.code }
    /// What went wrong, for people.
    public var message: String { storage.message }

    /// The part of the expression that failed, as UTF-8 offsets into its text.
    public var range: Range<Int>? { storage.range }

    /// The same error, blamed on this part of the expression if none was named before.
    func at(_ range: Range<Int>) -> CELError {
        storage.range == nil ? CELError(code, message, at: range) : self
    }
}

extension CELError: Equatable, CustomStringConvertible {
    /// Whether both say the same of the same place.
    public static func == (left: CELError, right: CELError) -> Bool {
        left.code == right.code && left.message == right.message && left.range == right.range
    }

    /// The message.
    public var description: String { message }
}
