/// Tools, which few records name: sorted by row.
struct SparseTools: Sendable {
    private(set) var rows: [UInt32] = []
    private(set) var sets: [ToolSet] = []

    mutating func append(row: Int, _ set: ToolSet) {
        rows.append(UInt32(row))
        sets.append(set)
    }

    mutating func append(_ other: SparseTools, firstRow: Int) {
        for (row, set) in zip(other.rows, other.sets) { append(row: firstRow + Int(row), set) }
    }

    /// The tools of the rows that have a new place, which must be in the order of the old ones.
    func moved(_ newRow: (Int) -> UInt32?) -> SparseTools {
        var moved = SparseTools()
        for (row, set) in zip(rows, sets) {
            if let row = newRow(Int(row)) { moved.append(row: Int(row), set) }
        }
        return moved
    }

    subscript(row: Int) -> ToolSet {
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if rows[middle] < row { low = middle + 1 } else { high = middle }
        }
        return low < rows.count && rows[low] == row ? sets[low] : []
    }

    /// Gives the first of each pair what the second has, too.
    mutating func join(_ pairs: [(first: Int, second: Int)]) {
        guard !rows.isEmpty else { return }
        var joined: [Int: ToolSet] = [:]
        for (first, second) in pairs { joined[first, default: self[first]].formUnion(self[second]) }
        joined = joined.filter { !$0.value.isEmpty }
        let others = zip(rows, sets).filter { joined[Int($0.0)] == nil }.map { (row: Int($0.0), set: $0.1) }
        self = SparseTools()
        for (row, set) in (others + joined.map { ($0.key, $0.value) }).sorted(by: { $0.row < $1.row }) {
            append(row: row, set)
        }
    }
}
