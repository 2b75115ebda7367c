import Evaluation
import Records
import RuleSupport
import TestSupport
import Testing

@Suite struct SmallEstateTests {
    /// Every shape of up to four records, dealt out to the workers.
    private static let workers = 8
    private static let shapes = (1...4).flatMap(SmallEstate.shapes)

    @Test(arguments: 0..<workers)
    func `engine and model agree on every estate of up to four records`(worker: Int) {
        var checked = 0
        var batches = [[SmallEstate]](repeating: [], count: SmallRules.all.count)
        var turn = worker
        for index in stride(from: worker, to: Self.shapes.count, by: Self.workers) {
            // Up to three records under all rules; four take their turns, and are marked in the long campaign only.
            let shape = Self.shapes[index]
            for estate in shape.estates(marking: shape.count <= 3 || Campaign.isSoak) {
                if estate.count <= 3 || Campaign.isSoak {
                    for rules in batches.indices { batches[rules].append(estate) }
                } else {
                    batches[turn % batches.count].append(estate)
                    turn += 1
                }
            }
        }
        for (rules, estates) in zip(SmallRules.all, batches) {
            for start in stride(from: 0, to: estates.count, by: 2000) {
                let batch = Array(estates[start..<min(start + 2000, estates.count)])
                guard agree(on: batch, under: rules) else { return }
                checked += batch.count
            }
        }
        print("\(checked) estates of up to four records agree (worker \(worker))")
        #expect(checked > 10_000)
    }

    /// Independent estates side by side in one inventory, so that the engine is asked once and the model one by one.
    private func agree(on estates: [SmallEstate], under rules: SmallRules) -> Bool {
        let records = estates.indices.map { estates[$0].records(prefix: "\($0)-") }
        let result = Comparison.evaluate(rules.world(records.flatMap(\.self)))
        var found = [[String]](repeating: [], count: estates.count)
        for finding in result.findings {
            let number = result.inventory.id(finding.row).split(separator: "-").first.flatMap { Int($0) } ?? 0
            found[number].append(Comparison.line(finding, result))
        }
        var states = [Int](repeating: 0, count: State.allCases.count)
        var mayGo = 0
        for index in estates.indices {
            let model = Comparison.Verdicts(Model(rules.world(records[index])))
            if model.lines != found[index].sorted() {
                report(rules.world(records[index]), found[index].sorted(), model.lines)
                return false
            }
            for state in states.indices { states[state] += model.states[state] }
            mayGo += model.mayGo
        }
        #expect(
            Comparison.counts(states, mayGo: mayGo)
                == Comparison.counts(result.summary.states, mayGo: result.summary.mayGo))
        return true
    }

    private func report(_ world: World, _ engine: [String], _ model: [String]) {
        let small = world.shrunk { !Comparison($0).agrees }
        Issue.record(
            """
            engine and model differ
            \(small)
            \(Comparison(small).difference)
            from \(world)
              engine: \(engine)
              model:  \(model)
            """)
    }
}
