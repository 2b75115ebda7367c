internal import Records

/// What some pages of a list gave, one after another.
struct Haul: Sendable {
    /// The records.
    let batch: RecordBatch
    let tally: Tally
    /// The elements below which something can be listed, and how many elements that list should have.
    let containers: [(id: String, countedElements: Int?)]
}
