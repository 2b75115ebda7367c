internal import Records

/// For every row the rows at the other end of its references of one kind, side by side in one array.
///
/// It costs four bytes a row between the first and the last that have any, and four a reference. Once sorted, the other
/// ends stand in the order of reports, so that nothing that reads them depends on the order in which records were read.
struct CompressedRows: Sendable {
    /// The first row that has any.
    private let first: Int
    private let starts: [UInt32]
    private var others: [UInt32]

    /// - Parameter pairs: calls its argument with every row and other ends that follow each other, each time the same ones.
    @inline(__always)
    init(pairs: ((_ row: UInt32, _ others: Range<UInt32>) -> Void) -> Void) {
        var (lowest, highest) = (UInt32.max, UInt32.min)
        pairs { row, _ in (lowest, highest) = (min(lowest, row), max(highest, row)) }
        let first = lowest <= highest ? Int(lowest) : 0
        var starts = [UInt32](repeating: 0, count: lowest <= highest ? Int(highest - lowest) + 2 : 1)
        starts.withUnsafeMutableBufferPointer { starts in
            pairs { row, others in starts[Int(row) - first] += UInt32(others.count) }
            var total: UInt32 = 0
            for row in starts.indices {
                total += starts[row]
                starts[row] = total
            }
        }
        // Every row's end is now where its others begin to be filled in, from the last to the first.
        var filled = [UInt32](repeating: 0, count: Int(starts.last ?? 0))
        starts.withUnsafeMutableBufferPointer { starts in
            filled.withUnsafeMutableBufferPointer { filled in
                pairs { row, others in
                    starts[Int(row) - first] -= UInt32(others.count)
                    var place = Int(starts[Int(row) - first])
                    for other in others {
                        filled[place] = other
                        place += 1
                    }
                }
            }
        }
        self.first = first
        self.starts = starts
        others = filled
    }

    /// The same, in the order of reports.
    func sorted(_ inventory: Inventory) -> CompressedRows {
        var sorted = self
        sorted.sort(inventory)
        return sorted
    }

    func count(of row: Int) -> Int { places(of: row).count }

    /// The other end at an index below the row's count.
    func other(at index: Int, of row: Int) -> Int { Int(others[places(of: row).lowerBound + index]) }

    /// Where the other ends of a row stand among all.
    @inline(__always)
    func places(of row: Int) -> Range<Int> {
        let place = row - first
        guard place >= 0, place < starts.count - 1 else { return 0..<0 }
        return Int(starts[place])..<Int(starts[place + 1])
    }

    /// Copies other ends to a buffer that has room for them, from a place on.
    @inline(__always)
    func copy(_ places: Range<Int>, to buffer: inout [UInt32], at start: Int) {
        let others = others.span.extracting(places)
        var buffer = buffer.mutableSpan
        for index in others.indices { buffer[start + index] = others[unchecked: index] }
    }

    private mutating func sort(_ inventory: Inventory) {
        var keys: [(word: UInt64, row: UInt32)] = []
        let kinds = inventory.kinds
        // Made once: each closure would hold an inventory of its own.
        let isOrdered: ((word: UInt64, row: UInt32), (word: UInt64, row: UInt32)) -> Bool = { left, right in
            left.word == right.word ? inventory.precedes(Int(left.row), Int(right.row)) : left.word < right.word
        }
        for place in 0..<starts.count - 1 {
            let range = Int(starts[place])..<Int(starts[place + 1])
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
