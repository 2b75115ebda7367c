import Policies
import Records
import RuleSupport
import TestSupport
import Testing

@testable import Evaluation

/// Privacy requests on random estates, against the slow model (cases 25, 48 and 75 stand on it).
@Suite struct RandomRequestTests {
    @Test func `a request takes just what the model lets it take, on random estates`() {
        var seen: [String: Int] = [:]
        for seed in 0..<UInt64(Campaign.isSoak ? 20_000 : 1_000) {
            let world = WorldGenerator.world(seed: seed &+ 9_000_000)
            let plain = Comparison.evaluate(world)
            var random = SplitMix64(seed: seed)
            let asked = asked(plain, &random)
            let result = plain.deciding(request: asked)
            let facts = ModelFacts(world)
            let indices = Dictionary(uniqueKeysWithValues: facts.nodes.indices.map { (facts.fullName($0), $0) })
            let model = Model(world, request: Set(asked.compactMap { indices["\(plain.name($0))"] }))
            #expect(model.request?.count == asked.count)
            let engineGoes = (0..<result.inventory.count).filter(result.mayGo).map { "\(result.name($0))" }.sorted()
            let modelGoes = model.verdicts.indices.filter { model.verdicts[$0].mayGo }.map(model.fullName).sorted()
            #expect(engineGoes == modelGoes, "seed \(seed), asked \(asked)\n\(world)")
            if engineGoes != modelGoes { return }
            #expect(result.requested == asked.sorted())
            note(asked, plain, result, &seen)
        }
        print("requests: \(seen.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))")
        for feature in [
            "goes", "kept by a matter", "kept by a statute or claim", "goes though kept", "goes though excepted",
            "goes though undetermined", "stopped by an error", "stopped by use", "goes and was not due",
        ] {
            #expect(seen[feature, default: 0] >= 20, "\(feature)")
        }
    }

    /// Everything of one subject, or a handful of records.
    private func asked(_ result: ScanResult, _ random: inout SplitMix64) -> [Int] {
        let all = Array(0..<result.inventory.count)
        guard !all.isEmpty else { return [] }
        if random.chance(50) {
            let subject = random.pick(["s1", "s2"])
            return all.filter { result.inventory.strings.string(result.inventory.subjects[$0]) == subject }
        }
        let share = Int.random(in: 1...3, using: &random)
        return all.filter { _ in Int.random(in: 0..<share, using: &random) == 0 }
    }

    private func note(_ asked: [Int], _ plain: ScanResult, _ result: ScanResult, _ seen: inout [String: Int]) {
        func note(_ feature: String, _ isThere: Bool = true) { seen[feature, default: 0] += isThere ? 1 : 0 }
        for row in asked {
            note("asked")
            let states = Set(plain.decisions(for: row).map(\.state))
            if result.mayGo(row) {
                note("goes")
                note("goes though kept", plain.keepUntil(row).map { $0 > plain.asOf } ?? false)
                note("goes though excepted", states.contains(.excepted))
                note("goes though undetermined", states.contains(.undetermined))
                note("goes and was not due", !plain.mayGo(row))
                continue
            }
            note("kept by a matter", result.keepers(of: row).contains { $0.document == .hold && $0.until == nil })
            note(
                "kept by a statute or claim",
                result.keepers(of: row).contains { $0.document == .policy && $0.until.map { $0 > plain.asOf } ?? false }
            )
            note("stopped by an error", result.obstacles(row).contains { $0.state == .error })
            note("stopped by use", result.isInUse(row))
            let words = Set(result.obstacles(row).map(\.reason))
            #expect(!words.isEmpty)
            // The same without words; where more parts are stopped than are named, perhaps more.
            let reasons = result.reasonsToStay([row])[0]
            #expect(words.contains(.more) ? reasons.isSuperset(of: words.subtracting([.more])) : reasons == words)
        }
    }
}

extension Model {
    fileprivate func fullName(_ index: Int) -> String { facts.fullName(index) }
}

extension ModelFacts {
    fileprivate func fullName(_ index: Int) -> String {
        let node = nodes[index]
        let name = Explanation.RecordName(source: world.sources[node.source].name, kind: node.kind, id: node.id)
        return "\(name)"
    }
}
