import Policies

/// Expressions for documents that tests build without a file.
enum Expressions {
    /// The custom clock that the model knows too: `timestamp(object.metadata.closed_at)`.
    static let closing: Expression? = nil
}
