import TestSupport
import Testing

@testable import Evaluation

@Suite struct RowSetTests {
    @Test func `a set of rows holds what a plain set holds, in the order of the rows`() {
        var random = SplitMix64(seed: 7)
        for _ in 0..<200 {
            let capacity = Int.random(in: 1...300, using: &random)
            var rows = RowSet(capacity: capacity)
            var model: Set<Int> = []
            for _ in 0..<Int.random(in: 0...200, using: &random) {
                let row = Int.random(in: 0..<capacity, using: &random)
                let isIn = Int.random(in: 0..<4, using: &random) > 0
                rows[row] = isIn
                if isIn { model.insert(row) } else { model.remove(row) }
            }
            #expect(rows.rows == model.sorted())
            #expect(rows.count == model.count && rows.isEmpty == model.isEmpty)
            let low = Int.random(in: 0...capacity, using: &random)
            let high = Int.random(in: low...capacity, using: &random)
            #expect(rows.next(in: low..<high) == model.filter { (low..<high).contains($0) }.min())
            // Rows that no inventory has, too: a container that was not found is one.
            let others = (0..<Int.random(in: 0...5, using: &random)).map { _ in
                UInt32.random(in: 0..<UInt32(capacity + 9), using: &random)
            }
            let between = model.filter { row in others.contains { $0 <= row } && others.contains { $0 >= row } }
            #expect(rows.hasNone(of: others.span) == between.isEmpty)
            let ranked = RankedRows(rows)
            for (number, row) in model.sorted().enumerated() { #expect(ranked[row] == number) }
            #expect((0..<capacity).count { ranked[$0] == nil } == capacity - model.count)
        }
    }
}
