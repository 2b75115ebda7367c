/// A value that RFC 8785 has no form for.
public struct CanonicalError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong with it, and what to write instead.
    public let description: String
}
