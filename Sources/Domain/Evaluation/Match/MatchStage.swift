/// Some columns of a group, and what their classes come to together, with the state in which rows come to the stage.
///
/// The numbers of all classes of a row stand side by side in one number of few bits, and a table leads from it to the
/// next state. Where they need too many bits a stage has one column, and a dictionary instead of the table.
struct MatchStage: Sendable {
    /// A table has so many bits at most: four megabytes.
    static let mostBits = 20
    static let unknown: Int32 = -1

    let columns: [Int]
    /// Where the number of each column's class begins.
    let shifts: [UInt32]
    let isHashed: Bool
    /// The next state by all numbers; `unknown` where they were never met together.
    private var table: [Int32]
    private var byNumbers: [UInt64: Int32] = [:]
    /// How many states lead out of the stage, where another follows.
    var count = 0
    /// For each column of the following stage, and each state that leads there: whether it must be asked.
    var inQuestion: [[Bool]] = []

    /// - Parameters:
    ///   - columns: with the bits of their classes.
    ///   - stateBits: the bits of the states that rows come with.
    init(_ columns: [(column: Int, bits: Int)], stateBits: Int) {
        self.columns = columns.map(\.column)
        let used = columns.reduce(stateBits) { $0 + $1.bits }
        isHashed = used > Self.mostBits
        var shifts: [UInt32] = []
        var next = isHashed ? 0 : stateBits
        for (_, bits) in columns {
            shifts.append(UInt32(next))
            next += bits
        }
        self.shifts = shifts
        table = isHashed ? [] : Array(repeating: Self.unknown, count: 1 << used)
    }

    /// Notes the state that follows the numbers of a row.
    mutating func learn(_ next: Int32, _ packed: UInt32, state: UInt32) {
        if isHashed {
            byNumbers[UInt64(state) << 32 | UInt64(packed)] = next
        } else {
            table[Int(packed)] = next
        }
    }

    /// Takes a block of rows, from one of it on, to their next states, up to the first that was never met.
    func advance(
        _ block: Range<Int>, from first: Int, _ packed: UnsafeMutableBufferPointer<UInt32>,
        _ states: UnsafeMutableBufferPointer<UInt32>
    ) -> Int? {
        let start = block.lowerBound
        if isHashed {
            for place in first - start..<packed.count {
                guard let next = byNumbers[UInt64(states[place]) << 32 | UInt64(packed[place])] else {
                    return start + place
                }
                states[place] = UInt32(truncatingIfNeeded: next)
            }
            return nil
        }
        return table.withUnsafeBufferPointer { table in
            for place in first - start..<packed.count {
                let next = table[Int(packed[place])]
                if next < 0 { return start + place }
                states[place] = UInt32(truncatingIfNeeded: next)
            }
            return nil
        }
    }
}
