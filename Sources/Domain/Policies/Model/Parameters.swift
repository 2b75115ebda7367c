public import CEL

/// The constants that a document gives its expressions under `params`.
public struct Parameters: Sendable {
    /// The constants as one CEL map.
    public let value: CELValue

    /// Constants from a CEL map.
    public init(_ value: CELValue) { self.value = value }
}
