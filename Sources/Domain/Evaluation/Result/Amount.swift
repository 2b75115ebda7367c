public import Chronology
internal import Records

/// How much a set of records comes to.
public struct Amount: Sendable, Hashable {
    /// How many records.
    public private(set) var records = 0
    /// Their size in bytes, as far as it is known.
    public private(set) var bytes: Int64 = 0
    /// How many of them are of a size that nobody told.
    public private(set) var unsized = 0
    /// When the oldest of them was created; nil where that is known of none.
    public private(set) var oldest: Moment?

    /// Nothing.
    public init() {}

    /// Adds a row of the inventory.
    mutating func add(_ row: Int, of inventory: Inventory) {
        records += 1
        if let size = inventory.bytes(row) {
            let (sum, isTooLarge) = bytes.addingReportingOverflow(size)
            bytes = isTooLarge ? .max : sum
        } else {
            unsized += 1
        }
        let created = inventory.created(row)
        guard created.isPoint else { return }
        oldest = min(oldest ?? created.earliest, created.earliest)
    }

    /// Adds what another set of records comes to.
    mutating func add(_ other: Amount) {
        records += other.records
        let (sum, isTooLarge) = bytes.addingReportingOverflow(other.bytes)
        bytes = isTooLarge ? .max : sum
        unsized += other.unsized
        if let other = other.oldest { oldest = min(oldest ?? other, other) }
    }
}
