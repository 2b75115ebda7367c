/// Why a twin cannot be.
public struct TwinError: Error, Equatable, Sendable, CustomStringConvertible {
    private let reason: String
    private let hint: String

    init(_ reason: String, hint: String) {
        self.reason = reason
        self.hint = hint
    }

    /// One line: where, what, and what to do next.
    public var description: String { "\(reason); \(hint)" }
}
