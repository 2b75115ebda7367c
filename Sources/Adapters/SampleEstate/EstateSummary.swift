public import Records

/// What was written.
public struct EstateSummary: Sendable, Equatable {
    /// How many records of each kind, those of hard cases included. A line that holds no record is not one.
    public internal(set) var records: [Kind: Int] = [:]
    /// How many records of each kind are overdue, those of hard cases apart.
    public internal(set) var overdue: [Kind: Int] = [:]
    /// The size of the export, without `truth.json`.
    public internal(set) var bytes: Int = 0

    /// How many records in all.
    public var total: Int { records.values.reduce(0, +) }
}
