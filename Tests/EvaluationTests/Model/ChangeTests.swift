import Chronology
import Policies
import Records
import RuleSupport
import TestSupport
import Testing

@testable import Evaluation

/// What an explanation says would free or protect a record does so, by the word of the slow model.
@Suite struct ChangeTests {
    @Test func `every change that is named does what it says, and no step of it is idle`() {
        var random = SplitMix64(seed: 5)
        var seen: [String: Int] = [:]
        for seed in 0..<UInt64(Campaign.isSoak ? 20_000 : 400) {
            let world = WorldGenerator.world(seed: seed &+ 7_000_000)
            let result = Comparison.evaluate(world)
            guard result.inventory.count > 0 else { continue }
            for _ in 0..<2 {
                let row = Int.random(in: 0..<result.inventory.count, using: &random)
                let search = ChangeSearch(result: result, row: row)
                let goes = result.goes(row)
                let found = search.found()
                seen[goes ? "goes" : "stays", default: 0] += 1
                for steps in found {
                    seen[goes ? "protected" : "freed", default: 0] += 1
                    if steps.count > 1 { seen["in several steps", default: 0] += 1 }
                    for step in steps { seen["\(step)".prefix { $0 != "(" } + "", default: 0] += 1 }
                    let does = self.goes(world, steps, row, result) == !goes
                    #expect(does, "seed \(seed), row \(row): \(search.changes())\n\(world)")
                    for step in steps where steps.count > 1 {
                        let rest = steps.filter { $0 != step }
                        #expect(self.goes(world, rest, row, result) == goes, "seed \(seed): \(step) is idle")
                    }
                    if !does { return }
                }
            }
        }
        print("changes: \(seen.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))")
        for feature in ["freed", "protected", "in several steps", "holdIt", "release", "shorten", "limit", "delete"] {
            #expect(seen[feature, default: 0] >= 5, "\(feature)")
        }
    }

    /// Whether the model lets the record go once the steps are taken in the world's own documents.
    private func goes(_ world: World, _ steps: [ChangeSearch.Step], _ row: Int, _ result: ScanResult) -> Bool {
        var world = world
        let inventory = result.inventory
        func policy(_ index: Int, _ change: (inout RetentionPolicy) -> Void) {
            let name = result.policies.retention[index].name
            for place in world.policies.indices where world.policies[place].name == name {
                change(&world.policies[place])
            }
        }
        func hold(_ index: Int, _ change: (inout LegalHold) -> Void) {
            let name = result.policies.holds[index].name
            for place in world.holds.indices where world.holds[place].name == name { change(&world.holds[place]) }
        }
        for step in steps {
            switch step {
            case .release(let index):
                hold(index) { hold in
                    hold.until = World.asOf
                    hold.inEffectUntil = World.asOf
                }
            case .endGrace(let index): hold(index) { $0.inEffectUntil = World.asOf }
            case .remove(let index): world.exceptions.removeAll { $0.name == result.policies.exceptions[index].name }
            case .shorten(let index, let period): policy(index) { $0.atLeast = period }
            case .limit(let index, let period): policy(index) { $0.atMost = period }
            case .delete(let index): policy(index) { $0.whenDue = .delete }
            case .enforce(let index): policy(index) { $0.mode = .enforce }
            case .deleteWhileUsed(let index): policy(index) { $0.whileUsed = .delete }
            case .holdIt:
                var match = Match()
                match.kinds = KindSet(inventory.kinds[row])
                match.sources = [Glob(inventory.sourceNames[Int(inventory.sources[row])])]
                match.ids = [inventory.id(row)]
                world.holds.append(
                    LegalHold(
                        name: "zz-new", matter: "", match: match, from: .beginning, until: nil, inEffectUntil: nil,
                        approvedBy: nil, zone: .utc, location: place))
            case .read(let kinds, let source):
                let name = inventory.sourceNames[source]
                for place in world.sources.indices where world.sources[place].name == name {
                    world.sources[place].complete.formUnion(kinds.kinds)
                }
            }
        }
        let model = Model(world)
        let name = inventory.sourceNames[Int(inventory.sources[row])]
        let index = model.facts.nodes.firstIndex { node in
            world.sources[node.source].name == name && node.kind == inventory.kinds[row] && node.id == inventory.id(row)
        }
        guard let index else { return false }
        return model.facts.above(index).union([index]).contains { model.verdicts[$0].mayGo }
    }
}
