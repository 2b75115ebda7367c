/// A set of rows in which each has a number: so many of the set come before it. Twelve bytes for 64 rows.
struct RankedRows: Sendable {
    let rows: RowSet
    let count: Int
    /// By word of the set: how many rows come before it.
    private let ranks: [UInt32]

    init(_ rows: RowSet) {
        self.rows = rows
        var before = 0
        ranks = rows.words.map { word in
            defer { before += word.nonzeroBitCount }
            return UInt32(before)
        }
        count = before
    }

    /// The number of a row; nil where it is not in the set.
    @inline(__always)
    subscript(row: Int) -> Int? {
        guard rows[row] else { return nil }
        return Int(ranks[row >> 6]) + (rows.words[row >> 6] & (1 << UInt64(row & 63) - 1)).nonzeroBitCount
    }
}
