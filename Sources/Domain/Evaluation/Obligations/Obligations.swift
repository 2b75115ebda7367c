internal import Records

/// What obliges to keep each row: an instant with two ends, and a set of matters.
struct Obligations: Sendable {
    var ends: EndsColumn
    /// The set of each row; empty while no row has a matter.
    private(set) var matters: [UInt32] = []
    var sets: MatterSets

    /// Nothing obliges as yet.
    init(count: Int, sets: MatterSets) {
        ends = EndsColumn(count: count)
        self.sets = sets
    }

    /// Joins what obliges one row to what obliges another.
    @inline(__always)
    mutating func join(_ row: Int, from other: Int) {
        ends.raise(row, ends[other])
        if !matters.isEmpty { add(matters[other], to: row) }
    }

    @inline(__always)
    mutating func join(_ row: Int, _ own: OwnObligation) {
        ends.raise(row, own.ends)
        add(own.matters, to: row)
    }

    /// Joins a set of matters to that of a row.
    mutating func add(_ set: UInt32, to row: Int) {
        guard set != 0 else { return }
        if matters.isEmpty { matters = Array(repeating: 0, count: ends.count) }
        if matters[row] != set { matters[row] = sets.union(matters[row], set) }
    }
}

/// What a record's own policies and holds oblige to.
struct OwnObligation: Sendable, Hashable {
    var ends = Ends(Ends.open, Ends.open)
    var matters: UInt32 = 0

    static let none = OwnObligation()
}
