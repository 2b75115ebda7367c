import TestSupport
import Testing

@testable import Evaluation

@Suite struct CellColumnTests {
    @Test(arguments: [1, 255, 256, 65_535, 65_536, 70_000])
    func `numbers of cells are kept as they were put, however many bytes they take`(largest: Int) {
        let count = 10_000
        var column = CellColumn(count: count)
        var expected = [Int](repeating: 0, count: count)
        var numbers = SplitMix64(seed: UInt64(largest))
        // Blocks in no order, of which later ones have larger numbers.
        for (step, start) in [4096, 0, 8192].enumerated() {
            let block = start..<min(start + 4096, count)
            let limit = max(1, largest * (step + 1) / 3)
            let values = block.map { _ in UInt32.random(in: 0...UInt32(limit), using: &numbers) }
            values.withUnsafeBufferPointer { column.set(block, $0, largest: limit) }
            for (row, value) in zip(block, values) { expected[row] = Int(value) }
        }
        #expect((0..<count).map { column[$0] } == expected)
        var read = [UInt32](repeating: 0, count: 4096)
        column.read(5000..<9000, into: &read)
        #expect(read[..<4000].map(Int.init) == Array(expected[5000..<9000]))
    }
}
