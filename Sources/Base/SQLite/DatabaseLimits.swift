/// How much a database may make us do.
public struct DatabaseLimits: Sendable {
    /// How long one statement may take from its first row to its last.
    public var time: Duration
    /// How long to wait for another process that has the database.
    public var patience: Duration
    /// The longest text, blob or row, in bytes.
    public var valueBytes: Int32
    /// The longest statement, in bytes; those of the file's own schema count.
    public var statementBytes: Int32

    /// Creates limits.
    public init(
        time: Duration = .seconds(60), patience: Duration = .seconds(5), valueBytes: Int32 = 1 << 20,
        statementBytes: Int32 = 64 << 10
    ) {
        self.time = time
        self.patience = patience
        self.valueBytes = valueBytes
        self.statementBytes = statementBytes
    }
}
