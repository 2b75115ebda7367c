import Records
import RuleSupport
import TestSupport
import Testing

@testable import Evaluation

@Suite struct ActivityOfSomeTests {
    @Test func `the last activity of some records is what it is among all, on random estates`() {
        var random = SplitMix64(seed: 3)
        var compared = 0
        var raised = 0
        for seed in 0..<400 as Range<UInt64> {
            let facts = RecordFacts(WorldGenerator.world(seed: seed).inventory(), asOf: World.asOf)
            for counts in [[], RecordFacts.defaultCounts] as [RoleSet] {
                let derivation = ActivityDerivation(
                    inventory: facts.inventory, segments: facts.segments, times: facts.times, counts: counts)
                let all = derivation.activityOfAll
                var some = RowSet(capacity: facts.inventory.count)
                for row in facts.inventory.kinds.indices where all[row] != nil {
                    some[row] = Int.random(in: 0..<4, using: &random) == 0
                }
                let ofSome = derivation.activity(of: some)
                for row in some.rows {
                    #expect(ofSome[row] == all[row], "seed \(seed)")
                    compared += 1
                    raised += all[row] == facts.times.newest(row) ? 0 : 1
                }
            }
        }
        print("last activities compared: \(compared), raised by others: \(raised)")
        #expect(compared > 500 && raised > 150)
    }
}
