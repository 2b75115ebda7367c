/// What is wrong with a file's YAML: where, what, and what to do next.
public struct Problem: Error, Hashable, Sendable {
    /// A stable name for each sort of problem.
    public enum Code: String, Hashable, Sendable {
        case aliasUnknown = "yaml-alias-unknown"
        case aliasExpansion = "yaml-alias-expansion"
        case character = "yaml-character"
        case depth = "yaml-depth"
        case duplicateKey = "yaml-duplicate-key"
        case key = "yaml-key"
        case mergeKey = "yaml-merge-key"
        case size = "yaml-size"
        case syntax = "yaml-syntax"
        case tag = "yaml-tag"
        case tooMany = "yaml-too-many-problems"
    }

    /// The sort of problem.
    public let code: Code

    /// Where it is.
    public let mark: Mark

    /// What is wrong, in one sentence without a full stop.
    public let message: String

    /// What to do next.
    public let hint: String?

    init(_ code: Code, at mark: Mark, _ message: String, hint: String? = nil) {
        self.code = code
        self.mark = mark
        self.message = message
        self.hint = hint
    }
}

/// What bounds the work that a file can cause.
public struct Limits: Sendable {
    /// The largest file that is read at all, in bytes.
    public var bytes = 16 << 20

    /// The deepest nesting, aliases expanded.
    public var depth = 64

    /// The most nodes that a file may spell out.
    public var nodes = 1_000_000

    /// The most nodes that a file's aliases may stand for, all together.
    public var aliasNodes = 100_000

    /// The most problems that are reported of one file.
    public var problems = 100

    /// The limits that hold unless others are named.
    public init() {}
}
