/// Why a revision could not be read.
public struct GitError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What happened, and where.
    public let reason: String
    /// What to do next, where there is something to say.
    public let hint: String?

    init(_ reason: String, hint: String? = nil) {
        self.reason = reason
        self.hint = hint
    }

    /// One line.
    public var description: String { hint.map { "\(reason) (\($0))" } ?? reason }
}
