/// The crypto library refused: its provider is missing, disabled, or out of memory.
public struct CryptoError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What was attempted.
    public let operation: String

    /// One line, with what to do next.
    public var description: String {
        "OpenSSL cannot compute \(operation) (check its configuration: openssl list -digest-algorithms)"
    }
}
