internal import Files

/// Why an estate was not made.
public struct EstateError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What cannot be made, or where writing failed.
    public let what: String
    /// What to do next.
    public let hint: String?

    init(what: String, hint: String?) {
        self.what = what
        self.hint = hint
    }

    init(_ error: FileError) {
        what = error.description
        hint = nil
    }

    /// One line.
    public var description: String { hint.map { "\(what): \($0)" } ?? what }
}
