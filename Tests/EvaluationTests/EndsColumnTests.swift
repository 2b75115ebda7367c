import TestSupport
import Testing

@testable import Evaluation

@Suite struct EndsColumnTests {
    @Test(arguments: 0..<20)
    func `both ends of every row are the latest that were joined, whether they ever differ or not`(seed: Int) {
        var numbers = SplitMix64(seed: UInt64(seed))
        let differ = seed % 2 == 1
        var column = EndsColumn(count: 50)
        var expected = [Ends](repeating: Ends(Ends.open, Ends.open), count: 50)
        for _ in 0..<200 {
            let row = Int.random(in: 0..<50, using: &numbers)
            let late = Int64.random(in: 0..<1000, using: &numbers)
            let isOpen = differ && Int.random(in: 0..<9, using: &numbers) == 0
            let ends = Ends(isOpen ? late - Int64.random(in: 1..<500, using: &numbers) : late, late)
            column.raise(row, ends)
            expected[row].raise(ends)
        }
        #expect((0..<50).map { column[$0] } == expected)
        #expect(column.lateEnds == expected.map(\.late))
        #expect(expected.contains { $0.early != $0.late } == differ)
    }
}
