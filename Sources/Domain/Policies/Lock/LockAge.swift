/// Of what time the lock of documents may be, beside one that is trusted.
public enum LockAge: Sendable {
    /// The documents are to be used: their lock is the trusted one, or one that its signers let follow it.
    case current
    /// The documents are compared with: their lock may also be one before the trusted, or not be there yet.
    case earlier
}
