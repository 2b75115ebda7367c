/// Why a pattern cannot be used.
public struct PatternError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    public enum Code: Equatable, Sendable {
        /// The pattern is not in RE2's language.
        case syntax
        /// The pattern, or matching it, needs more memory than a pattern may have.
        case outOfMemory
        /// RE2 failed in a way that it says cannot happen.
        case `internal`
    }

    /// What kind of failure it is.
    public let code: Code
    /// The pattern.
    public let pattern: String
    /// RE2's own words.
    public let reason: String

    /// One line: the pattern, what is wrong with it, and what to write instead.
    public var description: String {
        switch code {
        case .syntax:
            "/\(pattern)/ is not a pattern: \(reason) (write RE2 syntax, which has no look-around or backreference)"
        case .outOfMemory: "/\(pattern)/ needs too much memory: \(reason) (write smaller repetitions)"
        case .internal: "/\(pattern)/ cannot be matched: \(reason)"
        }
    }
}
