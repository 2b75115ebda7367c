/// What goes with records that have calls: four bytes for each record of a run, and eight for each that goes along.
struct Companions {
    /// By row: where its companions begin.
    private var starts: [UInt32]
    private var rows: [Int] = []
    private var carriers: [(row: Int, carrier: Int)] = []

    /// None, in an inventory of so many records.
    init(count: Int) { starts = Array(repeating: 0, count: count + 1) }

    /// Takes a companion in.
    mutating func add(_ row: Int, to carrier: Int) { carriers.append((row, carrier)) }

    /// Puts the companions of each record into an order, once all are in.
    mutating func arrange(by order: ([Int]) -> [Int]) {
        guard !carriers.isEmpty else { return }
        var carrier = [UInt32](repeating: 0, count: starts.count)
        for pair in carriers {
            carrier[pair.row] = UInt32(pair.carrier)
            starts[pair.carrier + 1] += 1
        }
        for row in starts.indices.dropFirst() { starts[row] += starts[row - 1] }
        rows = Array(repeating: 0, count: carriers.count)
        var next = starts
        for row in order(carriers.map(\.row)) {
            let place = Int(carrier[row])
            rows[Int(next[place])] = row
            next[place] += 1
        }
        carriers = []
    }

    /// The companions of a record.
    subscript(row: Int) -> [Int] {
        let range = Int(starts[row])..<Int(starts[row + 1])
        return range.isEmpty ? [] : Array(rows[range])
    }
}
