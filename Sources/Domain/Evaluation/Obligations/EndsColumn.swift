/// Both ends of an instant for every row: one column while they are alike in every row, and two where some differ.
struct EndsColumn: Sendable, Hashable {
    private var late: [Int64]
    /// Empty while it would be the same as the other.
    private var early: [Int64] = []

    /// Ends in the open past.
    init(count: Int) { late = Array(repeating: Ends.open, count: count) }

    var count: Int { late.count }
    var isEmpty: Bool { late.isEmpty }

    subscript(row: Int) -> Ends {
        @inline(__always) get { Ends(early.isEmpty ? late[row] : early[row], late[row]) }
    }

    /// The late ends of all rows.
    var lateEnds: [Int64] { late }

    @inline(__always)
    mutating func raise(_ row: Int, _ other: Ends) {
        if early.isEmpty, other.early != other.late { early = late }
        if other.late > late[row] { late[row] = other.late }
        if !early.isEmpty, other.early > early[row] { early[row] = other.early }
    }

    /// Changes the column of either end by itself.
    mutating func changeEach(_ change: (inout [Int64]) -> Void) {
        change(&late)
        if !early.isEmpty { change(&early) }
    }
}
