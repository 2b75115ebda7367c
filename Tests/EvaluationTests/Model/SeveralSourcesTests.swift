import Evaluation
import Records
import TestSupport
import Testing

/// Sources stand side by side: what is decided of one is the same whatever else is scanned with it.
@Suite struct SeveralSourcesTests {
    @Test func `several sources in one scan come to what they come to one by one`() {
        let count: UInt64 = Campaign.isSoak ? 20_000 : 800
        var states: [String: Int] = [:]
        var shared = 0
        var scans = 0
        for seed in 0..<count {
            let world = WorldGenerator.world(seed: seed &+ 9_000_000)
            guard world.sources.count > 1 else { continue }
            let joint = Comparison.evaluate(world)
            let single = world.sources.indices.map { Comparison.evaluate(world.alone($0)) }
            let isSame =
                lines(joint) == single.flatMap(lines).sorted()
                && problems(joint) == single.flatMap(problems).sorted()
                && joint.summary.mayGo == single.reduce(0) { $0 + $1.summary.mayGo }
                && State.allCases.allSatisfy { state in
                    joint.summary[state] == single.reduce(0) { $0 + $1.summary[state] }
                }
                && reasons(joint) == single.flatMap(reasons).sorted()
            #expect(isSame, "seed \(seed)\n\(world)")
            if !isSame { return }
            scans += 1
            for finding in joint.findings { states[finding.state.name, default: 0] += 1 }
            let ids = world.sources.indices.map { source in
                Set(world.records.filter { $0.source == source }.map { Target($0.kind, $0.id) })
            }
            shared += ids[0].intersection(ids[1]).count
        }
        print("scans of several sources: \(scans), ids in two of them: \(shared), \(states.sorted { $0.key < $1.key })")
        #expect(scans >= 100 && shared >= 100 && states.count >= 8)
    }

    /// The findings without their order, which is that of the whole.
    private func lines(_ result: ScanResult) -> [String] {
        result.findings.map { Comparison.line($0, result) }.sorted()
    }

    private func problems(_ result: ScanResult) -> [String] {
        result.inventory.problems.kept.map { problem in
            [problem.source, problem.kind?.name, problem.id, problem.code.rawValue].map { $0 ?? "-" }.joined(
                separator: " ")
        }.sorted()
    }

    /// What is said of one source. What is said of a policy counts over all sources.
    private func reasons(_ result: ScanResult) -> [String] {
        result.incomplete.compactMap { reason in reason.source.map { "\($0): \(reason.message)" } }.sorted()
    }
}

extension World {
    /// The same documents over one of the sources, which keeps its name.
    fileprivate func alone(_ source: Int) -> World {
        var world = self
        world.sources = [sources[source]]
        world.records = records.filter { $0.source == source }.map { record in
            var record = record
            record.source = 0
            return record
        }
        return world
    }
}
