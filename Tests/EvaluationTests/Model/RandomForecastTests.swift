import Chronology
import Evaluation
import Policies
import Records
import RuleSupport
import TestSupport
import Testing

@Suite struct RandomForecastTests {
    @Test func `a forecast says what a scan and the model say at each of its instants`() {
        var withFuture = 0
        var withNewlyDue = 0
        var withTurns = 0
        var estates = 0
        for seed in 0..<UInt64(Campaign.isSoak ? 10_000 : 300) {
            let world = Self.world(seed: seed &+ 3_000_000)
            let days = [0, 6, 31, 90]
            let timeline = InventoryTimeline(world.builder(), until: World.instant(90))
            var forecaster = Forecaster(policies: world.policySet)
            var slow = SlowForecast()
            for day in days {
                World.$asOf.withValue(World.instant(day)) {
                    let scan = Comparison.evaluate(world)
                    let step = Evaluator(policies: world.policySet, asOf: World.asOf, options: scan.options)
                        .evaluate(timeline.inventory(at: World.asOf))
                    #expect(Comparison.lines(step) == Comparison.lines(scan), "seed \(seed), day \(day)")
                    #expect(step.summary == scan.summary && step.incomplete == scan.incomplete, "seed \(seed)")
                    let comparison = Comparison(world, engine: step)
                    #expect(comparison.agrees, "seed \(seed), day \(day)\n\(world)\n\(comparison.difference)")
                    forecaster.add(step)
                    slow.add(comparison.decided)
                }
            }
            let fast = forecaster.forecast.steps.map { step in step.policies.map(\.counts) + [step.all.counts] }
            #expect(fast == slow.steps, "seed \(seed)\n\(world)")
            estates += 1
            withTurns += Self.turns(world) ? 1 : 0
            withFuture += world.records.contains { $0.created == .days(3) || $0.activity.contains(.days(20)) } ? 1 : 0
            withNewlyDue += forecaster.forecast.steps.contains { $0.all.newlyDue.records > 0 } ? 1 : 0
            if fast != slow.steps { return }
        }
        print("\(estates) forecasts: \(withFuture) with times to come, \(withNewlyDue) in which something becomes due")
        print("\(withTurns) in which a hold or an exception begins or ends on the way")
        #expect(withFuture * 5 > estates && withNewlyDue * 5 > estates && withTurns * 5 > estates)
    }

    /// Whether a hold or an exception that speaks of some record begins or ends between the first instant and the last.
    private static func turns(_ world: World) -> Bool {
        let span = World.instant(1)...World.instant(90)
        let holds = world.holds.filter { hold in
            [hold.from, hold.until, hold.inEffectUntil].contains { $0.map(span.contains) ?? false }
        }
        let matches = holds.map(\.match) + world.exceptions.filter { span.contains($0.expiresAt) }.map(\.match)
        let facts = ModelFacts(world)
        return matches.contains { match in facts.nodes.indices.contains { facts.answer(match, $0) != .no } }
    }

    /// A world in which some clocks run ahead, of which some records are told twice.
    private static func world(seed: UInt64) -> World {
        var world = WorldGenerator.world(seed: seed)
        var random = SplitMix64(seed: seed)
        for index in world.records.indices where Int.random(in: 1...8, using: &random) == 1 {
            switch Int.random(in: 0...2, using: &random) {
            case 0: world.records[index].created = .days(3)
            case 1: world.records[index].activity = [.days(-40), .days(20), .days(50)]
            default:
                world.records[index].created = .days(45)
                world.records[index].activity = [.days(3), .missing]
            }
        }
        return world
    }
}

extension Forecast.Amounts {
    fileprivate var counts: [Int64] {
        [due, overdue, newlyDue, mayGo].flatMap { amount in
            [Int64(amount.records), amount.bytes, Int64(amount.unsized), amount.oldest?.microseconds ?? 0]
        }
    }
}

/// What a forecast must count, by sets of records.
private struct SlowForecast {
    private(set) var steps: [[[Int64]]] = []
    private var before: [Set<Int>]?

    mutating func add(_ model: Model) {
        let all = model.facts.nodes.indices
        func rows(_ policy: Int, _ states: Set<State>) -> Set<Int> {
            Set(
                all.filter { row in
                    model.verdicts[row].pairs.contains { $0.policy == policy && states.contains($0.state) }
                })
        }
        func union(_ sets: [Set<Int>]) -> Set<Int> {
            zip(model.policies, sets).reduce(into: []) { if $1.0.mode == .enforce { $0.formUnion($1.1) } }
        }
        var due = model.policies.indices.map { rows($0, [.due, .overdue]) }
        var overdue = model.policies.indices.map { rows($0, [.overdue]) }
        var goes = model.policies.indices.map { policy -> Set<Int> in
            guard model.policies[policy].mode == .enforce, model.policies[policy].whenDue == .delete else { return [] }
            return due[policy].filter { model.verdicts[$0].mayGo }
        }
        (due, overdue, goes) = (due + [union(due)], overdue + [union(overdue)], goes + [union(goes)])
        steps.append(
            due.indices.map { index in
                let newly = before.map { due[index].subtracting($0[index]) } ?? []
                return [due[index], overdue[index], newly, goes[index]].flatMap { rows in
                    Self.amount(rows.map { model.facts.nodes[$0] })
                }
            })
        before = due
    }

    private static func amount(_ nodes: [ModelNode]) -> [Int64] {
        let sizes = nodes.map(\.bytes)
        let oldest = nodes.map(\.created).filter(\.isPoint).map(\.earliest).min()
        return [
            Int64(nodes.count), sizes.compactMap(\.self).reduce(0, +), Int64(sizes.count { $0 == nil }),
            oldest?.microseconds ?? 0,
        ]
    }
}
