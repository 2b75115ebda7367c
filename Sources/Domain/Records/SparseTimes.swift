internal import Chronology

/// A time that few records have: sorted by row.
struct SparseTimes: Sendable {
    private(set) var rows: [UInt32] = []
    private(set) var moments: [Int64] = []
    private(set) var facts: [TimeFact] = []

    mutating func append(row: Int, moment: Int64, fact: TimeFact) {
        rows.append(UInt32(row))
        moments.append(moment)
        facts.append(fact)
    }

    subscript(row: Int) -> (moment: Int64, fact: TimeFact)? {
        let low = position(row)
        guard low < rows.count, rows[low] == row else { return nil }
        return (moments[low], facts[low])
    }

    /// Replaces the time of a row that has one.
    mutating func set(_ row: Int, moment: Int64, fact: TimeFact) {
        let index = position(row)
        guard index < rows.count, rows[index] == row else { return }
        moments[index] = moment
        facts[index] = fact
    }

    mutating func append(_ other: SparseTimes, firstRow: Int) {
        for index in other.rows.indices {
            append(row: firstRow + Int(other.rows[index]), moment: other.moments[index], fact: other.facts[index])
        }
    }

    /// The times of the rows that have a new place, which must be in the order of the old ones.
    func moved(_ newRow: (Int) -> UInt32?) -> SparseTimes {
        var moved = SparseTimes()
        for index in rows.indices {
            guard let row = newRow(Int(rows[index])) else { continue }
            moved.append(row: Int(row), moment: moments[index], fact: facts[index])
        }
        return moved
    }

    /// Whether two rows were said to have different times.
    func differ(_ first: Int, _ second: Int) -> Bool {
        switch (self[first], self[second]) {
        case (nil, nil): false
        case (let left?, let right?): left != right
        default: true
        }
    }

    /// Gives rows some time, for rows of which no time is believed anyway.
    mutating func addUnbelieved(_ added: [Int]) {
        guard !added.isEmpty else { return }
        var times = rows.indices.map { (row: rows[$0], moment: moments[$0], fact: facts[$0]) }
        times += Set(added).filter { self[$0] == nil }.map { (UInt32($0), Moment.beginning.microseconds, .implausible) }
        times.sort { $0.row < $1.row }
        rows = times.map(\.row)
        moments = times.map(\.moment)
        facts = times.map(\.fact)
    }

    private func position(_ row: Int) -> Int {
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if rows[middle] < row { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
