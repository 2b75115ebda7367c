/// What is wrong with a document, or worth a second look: where, what, and what to do next.
public struct Diagnostic: Error, Hashable, Sendable {
    /// Whether the documents can be used in spite of it.
    public enum Level: String, Hashable, Sendable, Comparable {
        case error, warning

        /// Errors come first.
        public static func < (left: Level, right: Level) -> Bool { left == .error && right == .warning }
    }

    /// Whether the documents can be used in spite of it.
    public let level: Level

    /// A stable name for this sort of diagnostic, such as `unknown-key`.
    public let code: String

    /// Where it is. Line 0 stands for the file or directory as a whole.
    public let location: SourceLocation

    /// What is wrong, without a full stop.
    public let message: String

    /// What to do next.
    public let hint: String?

    /// A diagnostic about a place.
    public init(_ level: Level, _ code: String, at location: SourceLocation, _ message: String, hint: String? = nil) {
        self.level = level
        self.code = code
        self.location = location
        self.message = message
        self.hint = hint
    }
}

extension Diagnostic: Comparable, CustomStringConvertible {
    /// By place, then errors first, then by code and message.
    public static func < (left: Diagnostic, right: Diagnostic) -> Bool {
        guard left.location == right.location else { return left.location < right.location }
        guard left.level == right.level else { return left.level < right.level }
        return (left.code, left.message) < (right.code, right.message)
    }

    /// `path:line:column: error: message`, and the hint on a second line.
    public var description: String {
        let place = location.line > 0 ? location.description : location.file
        return "\(place): \(level.rawValue): \(message) [\(code)]" + (hint.map { "\n  hint: \($0)" } ?? "")
    }
}
