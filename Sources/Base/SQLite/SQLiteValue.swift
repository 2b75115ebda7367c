/// What a column of a row holds.
public enum SQLiteValue: Hashable, Sendable {
    /// Nothing.
    case null
    /// A whole number.
    case integer(Int64)
    /// Any other number.
    case real(Double)
    /// A text that is UTF-8.
    case text(String)
    /// Bytes, or a text that is not UTF-8.
    case bytes([UInt8])
}
