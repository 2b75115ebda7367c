import Chronology
import Evaluation
import Foundation
import Policies
import Records
import RuleSupport
import TestSupport
import Testing

@Suite struct RandomEstateTests {
    @Test func `engine and model agree on random estates`() {
        let count: UInt64 = Campaign.isSoak ? 100_000 : 2_500
        #expect(Expressions.clock != nil && Expressions.conditions.count == 10 && Expressions.access != nil)
        var distribution = Distribution()
        var mismatches = 0
        for seed in 0..<count {
            let world = WorldGenerator.world(seed: seed)
            let comparison = Comparison(world)
            distribution.add(comparison.decided)
            if comparison.agrees { continue }
            let small = world.shrunk { !Comparison($0).agrees }
            Issue.record("seed \(seed): engine and model differ\n\(small)\n\(Comparison(small).difference)")
            mismatches += 1
            if mismatches == 3 { return }
        }
        print(distribution)
        for (feature, share) in distribution.shares { #expect(share >= 0.2, "\(feature)") }
    }

    @Test func `the order of documents and records changes nothing`() {
        let count: UInt64 = Campaign.isSoak ? 5_000 : 250
        for seed in 0..<count {
            var world = WorldGenerator.world(seed: seed &+ 1_000_000)
            let first = Comparison.evaluate(world)
            var random = SplitMix64(seed: seed)
            world.records.shuffle(using: &random)
            world.policies.shuffle(using: &random)
            world.holds.shuffle(using: &random)
            world.exceptions.shuffle(using: &random)
            world.access.shuffle(using: &random)
            let second = Comparison.evaluate(world, windowSize: Int.random(in: 1...5, using: &random))
            let isSame =
                first.findings.map { Comparison.line($0, first) } == second.findings.map { Comparison.line($0, second) }
                && first.summary == second.summary && first.incomplete == second.incomplete
                && first.warnings == second.warnings && first.exitCode == second.exitCode
            #expect(isSame, "seed \(seed)\n\(world)")
            if !isSame { return }
        }
    }
}

/// How often what makes an estate hard occurs.
struct Distribution: CustomStringConvertible {
    private var estates = 0
    private var records = 0
    private var features: [String: Int] = [:]
    private var states: [State: Int] = [:]

    mutating func add(_ model: Model) {
        estates += 1
        let facts = model.facts
        let world = facts.world
        records += facts.nodes.count
        let all = facts.nodes.indices
        func note(_ feature: String, _ isThere: Bool) { features[feature, default: 0] += isThere ? 1 : 0 }
        note(
            "shared files",
            all.contains { file in
                facts.nodes[file].kind == .file && facts.nodes[file].users.count > 1
            })
        note(
            "holds",
            world.holds.contains { hold in
                hold.from <= World.asOf && all.contains { facts.answer(hold.match, $0) != .no }
            })
        note(
            "exceptions",
            world.exceptions.contains { exception in
                exception.expiresAt > World.asOf && all.contains { facts.answer(exception.match, $0) == .yes }
            })
        note(
            "dirt",
            facts.nodes.count < world.records.count || facts.nodes.contains { !$0.created.isPoint && $0.kind != .item })
        note(
            "cycles",
            all.contains { index in
                (facts.nodes[index].containers + facts.nodes[index].users).contains {
                    $0 != index && facts.needers($0).contains(index)
                }
            })
        note(
            "related records",
            (world.policies.map(\.match) + world.holds.map(\.match) + world.exceptions.map(\.match)).contains { match in
                match.condition.map { Expressions.related.contains($0.text) } ?? false
                    && all.contains { facts.answer(match, $0) != .no }
            })
        note(
            "validations",
            model.verdicts.contains { verdict in
                verdict.validations.contains { $0.state == .denied || $0.state == .excepted }
            })
        note("unread kinds", world.sources.contains { $0.complete.count < Kind.allCases.count })
        note("several sources", world.sources.count > 1)
        note("may go", model.verdicts.contains { $0.mayGo })
        for verdict in model.verdicts {
            for pair in verdict.pairs { states[pair.state, default: 0] += 1 }
            states[.earlyExpiry, default: 0] += verdict.earlyExpiry.count
            for validation in verdict.validations { states[validation.state, default: 0] += 1 }
            states[.uncovered, default: 0] += verdict.isUncovered ? 1 : 0
        }
    }

    /// The shares that the tests insist on.
    var shares: [(String, Double)] {
        ["shared files", "holds", "exceptions", "dirt", "cycles", "related records", "validations"].map {
            ($0, Double(features[$0, default: 0]) / Double(max(estates, 1)))
        }
    }

    var description: String {
        let shares = features.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value * 100 / max(estates, 1)) %" }
        let counts = State.allCases.map { "\($0.name) \(states[$0, default: 0])" }
        return "\(estates) random estates, \(records) records: \(shares.joined(separator: ", "));"
            + " \(counts.joined(separator: ", "))"
    }
}
