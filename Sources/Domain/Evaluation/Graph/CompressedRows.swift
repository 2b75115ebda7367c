internal import Records

/// For every row the rows at the other end of its references of one kind, side by side in one array.
///
/// It costs four bytes a row and four a reference. Once sorted, the other ends stand in the order of reports, so that
/// nothing that reads them depends on the order in which records were read.
struct CompressedRows: Sendable {
    private var starts: [UInt32]
    private var others: [UInt32]

    /// - Parameter pairs: calls its argument with every row and other end, each time the same ones.
    @inline(__always)
    init(_ inventory: Inventory, pairs: ((_ row: UInt32, _ other: UInt32) -> Void) -> Void) {
        var starts = [UInt32](repeating: 0, count: inventory.count + 1)
        starts.withUnsafeMutableBufferPointer { starts in
            pairs { row, _ in starts[Int(row)] += 1 }
            var total: UInt32 = 0
            for row in starts.indices {
                total += starts[row]
                starts[row] = total
            }
        }
        // Every row's end is now where its others begin to be filled in, from the last to the first.
        var others = [UInt32](repeating: 0, count: Int(starts.last ?? 0))
        starts.withUnsafeMutableBufferPointer { starts in
            others.withUnsafeMutableBufferPointer { others in
                pairs { row, other in
                    starts[Int(row)] -= 1
                    others[Int(starts[Int(row)])] = other
                }
            }
        }
        self.starts = starts
        self.others = others
    }

    /// The same, in the order of reports.
    func sorted(_ inventory: Inventory) -> CompressedRows {
        var sorted = self
        sorted.sort(inventory)
        return sorted
    }

    func count(of row: Int) -> Int { Int(starts[row + 1] - starts[row]) }

    /// The other ends of a row.
    func others(of row: Int) -> ArraySlice<UInt32> { others[Int(starts[row])..<Int(starts[row + 1])] }

    /// The other end at an index below the row's count.
    func other(at index: Int, of row: Int) -> Int { Int(others[Int(starts[row]) + index]) }

    private mutating func sort(_ inventory: Inventory) {
        var keys: [(word: UInt64, row: UInt32)] = []
        let kinds = inventory.kinds
        // Made once: each closure would hold an inventory of its own.
        let isOrdered: ((word: UInt64, row: UInt32), (word: UInt64, row: UInt32)) -> Bool = { left, right in
            left.word == right.word ? inventory.precedes(Int(left.row), Int(right.row)) : left.word < right.word
        }
        for row in 0..<inventory.count {
            let range = Int(starts[row])..<Int(starts[row + 1])
            guard range.count > 1 else { continue }
            let common = commonPrefix(others[range], inventory)
            keys.removeAll(keepingCapacity: true)
            for other in others[range] {
                let kind = UInt64(kinds[Int(other)].rawValue)
                keys.append((Self.word(Int(other), kind, common, inventory), other))
            }
            keys.sort(by: isOrdered)
            for (offset, key) in keys.enumerated() { others[range.lowerBound + offset] = key.row }
        }
    }

    /// How many first bytes all ids have in common.
    private func commonPrefix(_ rows: ArraySlice<UInt32>, _ inventory: Inventory) -> Int {
        guard let first = rows.first else { return 0 }
        return inventory.withId(Int(first)) { model in
            rows.dropFirst().reduce(model.count) { common, row in
                inventory.withId(Int(row)) { id in
                    var equal = 0
                    while equal < min(common, id.count), id[equal] == model[equal] { equal += 1 }
                    return equal
                }
            }
        }
    }

    /// The kind and the first seven bytes of the id in which rows may differ, as a number of the order of reports. The
    /// other ends of one row's references are of its source.
    private static func word(_ row: Int, _ kind: UInt64, _ common: Int, _ inventory: Inventory) -> UInt64 {
        inventory.withId(row) { id in
            var word = kind
            for index in common..<common + 7 { word = word << 8 | (index < id.count ? UInt64(id[index]) : 0) }
            return word
        }
    }
}
