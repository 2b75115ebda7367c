internal import Records

/// What obliges to keep each row: an instant with two ends, and a set of matters.
struct Obligations: Sendable {
    var ends: [Ends]
    var matters: [UInt32]
    var sets: MatterSets

    /// Nothing obliges as yet.
    init(count: Int, sets: MatterSets) {
        ends = Array(repeating: Ends(Ends.open, Ends.open), count: count)
        matters = Array(repeating: 0, count: count)
        self.sets = sets
    }

    /// Joins what obliges one row to what obliges another.
    @inline(__always)
    mutating func join(_ row: Int, from other: Int) {
        let raised = ends[other]
        ends[row].raise(raised)
        let added = matters[other]
        if added != 0, matters[row] != added { matters[row] = sets.union(matters[row], added) }
    }

    mutating func join(_ row: Int, _ own: OwnObligation) {
        ends[row].raise(own.ends)
        matters[row] = sets.union(matters[row], own.matters)
    }
}

/// What a record's own policies and holds oblige to.
struct OwnObligation: Sendable, Hashable {
    var ends = Ends(Ends.open, Ends.open)
    var matters: UInt32 = 0

    static let none = OwnObligation()
}
