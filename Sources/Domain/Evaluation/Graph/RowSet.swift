/// A set of rows: one bit for each row of the inventory.
struct RowSet: Sendable, Hashable {
    /// How many rows the inventory has.
    let capacity: Int
    private(set) var words: [UInt64]

    /// No row of an inventory of so many.
    init(capacity: Int) {
        self.capacity = capacity
        words = Array(repeating: 0, count: (capacity + 63) / 64)
    }

    subscript(row: Int) -> Bool {
        @inline(__always) get { words[row >> 6] >> UInt64(row & 63) & 1 != 0 }
        set {
            let bit: UInt64 = 1 << UInt64(row & 63)
            if newValue { words[row >> 6] |= bit } else { words[row >> 6] &= ~bit }
        }
    }

    var isEmpty: Bool { words.allSatisfy { $0 == 0 } }
    var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    mutating func subtract(_ other: RowSet) {
        for index in words.indices { words[index] &= ~other.words[index] }
    }

    /// The first row of the set in a range; nil where there is none.
    @inline(__always)
    func next(in rows: Range<Int>) -> Int? {
        guard let last = rows.last else { return nil }
        var index = rows.lowerBound >> 6
        var word = words[index] & .max << UInt64(rows.lowerBound & 63)
        while word == 0 {
            index += 1
            if index > last >> 6 { return nil }
            word = words[index]
        }
        let row = index << 6 + word.trailingZeroBitCount
        return row <= last ? row : nil
    }

    /// Whether no row of the set is between the first and the last of some rows, so that none of them is in it.
    @inline(__always)
    func hasNone(of others: Span<UInt32>) -> Bool {
        var (lowest, highest) = (UInt32.max, UInt32.min)
        for index in others.indices {
            lowest = min(lowest, others[unchecked: index])
            highest = max(highest, others[unchecked: index])
        }
        guard lowest <= highest, Int(lowest) < capacity else { return true }
        return next(in: Int(lowest)..<min(Int(highest) + 1, capacity)) == nil
    }

    /// The rows of the set, ascending.
    var rows: [Int] {
        var rows: [Int] = []
        rows.reserveCapacity(count)
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                rows.append(index << 6 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
        return rows
    }
}
