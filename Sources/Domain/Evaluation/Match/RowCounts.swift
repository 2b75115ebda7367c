/// How many rows each cell has.
struct RowCounts {
    /// Four counts a cell, each of every fourth row: neighbours of one cell do not wait for each other.
    private var counts: [UInt32] = []

    /// The counts of so many cells.
    func values(_ cells: Int) -> [Int] {
        (0..<cells).map { cell in
            cell * 4 < counts.count ? counts[cell * 4..<cell * 4 + 4].reduce(0) { $0 + Int($1) } : 0
        }
    }

    /// Counts the cells of a block of rows, of which there are so many.
    mutating func add(_ block: UnsafeBufferPointer<UInt32>, cells: Int) {
        if counts.count < cells * 4 {
            counts.append(contentsOf: repeatElement(0, count: cells * 8 - counts.count))
        }
        counts.withUnsafeMutableBufferPointer { counts in
            for index in block.indices { counts[Int(block[index]) << 2 | index & 3] &+= 1 }
        }
    }
}
