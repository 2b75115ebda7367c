import Terminal

/// What is wrong with a document, or worth a second look: where, what, and what to do next.
public struct Diagnostic: Error, Hashable, Sendable {
    /// Whether the documents can be used in spite of it.
    public enum Level: String, Hashable, Sendable, Comparable, CaseIterable {
        /// An info is no mistake: something that lint could not find out, or that may be meant.
        case error, warning, info

        /// The worst first.
        public static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

        private var rank: Int { self == .error ? 0 : self == .warning ? 1 : 2 }
    }

    /// Whether the documents can be used in spite of it.
    public let level: Level

    /// The id of the rule that found it, such as `unknown-key`: stable, and one of `LintRule.all`.
    public let code: String

    /// Where it is. Line 0 stands for the file or directory as a whole.
    public let location: SourceLocation

    /// What is wrong, without a full stop.
    public let message: String

    /// What to do next.
    public let hint: String?

    /// A record that shows it, in YAML, as a PolicyTest's records are written; nil where none is needed.
    public let witness: String?

    /// A diagnostic about a place.
    public init(
        _ level: Level, _ code: String, at location: SourceLocation, _ message: String, hint: String? = nil,
        witness: String? = nil
    ) {
        self.level = level
        self.code = code
        self.location = location
        self.message = message
        self.hint = hint
        self.witness = witness
    }
}

extension Diagnostic: Comparable, CustomStringConvertible {
    /// By place, then errors first, then by code, message and what is said beside it.
    public static func < (left: Diagnostic, right: Diagnostic) -> Bool {
        guard left.location == right.location else { return left.location < right.location }
        guard left.level == right.level else { return left.level < right.level }
        return (left.code, left.message, left.hint ?? "", left.witness ?? "")
            < (right.code, right.message, right.hint ?? "", right.witness ?? "")
    }

    /// `path:line:column: error: message [rule]`, and the witness and the hint on lines of their own.
    public var description: String {
        let place = location.line > 0 ? location.description : location.file
        let line = "\(place): \(level.rawValue): \(message) [\(code)]".visible
        return line + (witness.map { "\n  witness: \($0)".visibleLines } ?? "")
            + (hint.map { "\n  hint: \($0)".visibleLines } ?? "")
    }
}
