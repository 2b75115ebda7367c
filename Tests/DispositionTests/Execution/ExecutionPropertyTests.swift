import AuditLog
import Chronology
import Evaluation
import Foundation
import Policies
import Records
import RuleSupport
import TestSupport
import Testing
import Threads

@testable import Disposition

/// Plans over random estates, rules and faults, executed and killed at random steps: what the rules keep is never
/// touched, every intent has its outcome, and nothing is done twice.
@Suite struct ExecutionPropertyTests {
    /// What was there when the process was killed: the service, and the log's files.
    private final class Frame: @unchecked Sendable {
        private let monitor = Monitor()
        private var steps = 0
        private var state: ModelService.State?
        private var place: ExecutionStep?
        private let killed: Int
        private let service: ModelService
        private let directory: String

        init(at step: Int, _ scene: Scene) { (killed, service, directory) = (step, scene.service, scene.directory) }

        func reach(_ step: ExecutionStep) {
            monitor.locked {
                defer { steps += 1 }
                guard steps == killed else { return }
                place = step
                state = service.now
                // A process that is killed leaves what it has handed to the system, and nothing else.
                try? FileManager.default.copyItem(atPath: directory, toPath: directory + "-killed")
            }
        }

        /// Puts a scene back to where it was when it was killed, if it was.
        func restore(_ scene: inout Scene, _ tally: inout Tally) {
            monitor.locked {
                guard let state, let place else { return }
                scene.service = ModelService(state)
                scene.directory = directory + "-killed"
                tally.kills += 1
                tally.steps[place, default: 0] += 1
            }
        }
    }

    private struct Tally {
        var calls = 0
        var kills = 0
        var steps: [ExecutionStep: Int] = [:]
        var intents = 0
        var calm = 0
        var counts: [DispositionOutcome: Int] = [:]
    }

    /// Who happens to do what while the plan waits or runs.
    private struct Weather {
        var isCalm: Bool
        var between: [Int]
        var duringCall: [Int: Int]
        var holdAt: Int?
        var troubles: [ModelService.Trouble]

        init(_ generator: inout SplitMix64) {
            isCalm = generator.chance(40)
            between =
                isCalm ? [] : (0..<Int.random(in: 0...2, using: &generator)).map { _ in generator.pick([0, 1, 2, 3]) }
            duringCall = [:]
            if !isCalm, generator.chance(60) {
                duringCall[Int.random(in: 0..<6, using: &generator)] = generator.pick([0, 1, 2, 3])
            }
            holdAt = !isCalm && generator.chance(40) ? Int.random(in: 0..<8, using: &generator) : nil
            let usual: [ModelService.Trouble] = [.none, .none, .none]
            troubles = (0..<Int.random(in: 0...8, using: &generator)).map { _ in
                generator.pick(usual + ModelService.Trouble.allCases)
            }
        }
    }

    /// Something happens to a record that the generator picked: it is gone, used, or another.
    private static func happen(_ event: Int, to key: ModelService.Key, _ state: inout ModelService.State) {
        guard state.records[key] != nil else { return }
        switch event {
        case 0: vanish(key, &state)
        case 1: state.records[key]?.lastActivity = "2026-11-20T00:59:00Z"
        case 2: state.records[key]?.status = "queued"
        default:
            let id = "new-\(key.id)"
            guard key.kind == .thread else { return }
            state.records[.init(kind: .message, id: id)] = .init(container: key.id, created: "2026-11-20T00:59:30Z")
        }
    }

    /// Somebody else deletes it, and the service takes along what it contains.
    private static func vanish(_ key: ModelService.Key, _ state: inout ModelService.State) {
        state.records[key] = nil
        guard key.kind != .conversation else { return }
        for (other, record) in state.records where record.container == key.id && other.kind.containers.has(key.kind) {
            vanish(other, &state)
        }
    }

    /// The ids that nothing may be done to under these documents, the entries apart that are taken out of stores before
    /// their files go.
    private static func kept(_ result: ScanResult) -> Set<String> {
        let inventory = result.inventory
        return Set(
            (0..<inventory.count).filter { row in
                inventory.kinds[row] == .vectorStoreFile ? result.isProtected(row) : !result.goes(row)
            }.map { "\(inventory.kinds[$0]) \(inventory.id($0))" })
    }

    private static let rounds = Campaign.isSoak ? 20_000 : 300

    @Test func `whatever happens, what the rules keep is not touched, and every intent has its outcome (case 61)`()
        async throws
    {
        var tally = Tally()
        for round in 0..<Self.rounds { try await play(round, &tally) }
        print(
            "executions: \(tally.calls) calls, \(tally.kills) kills, \(tally.intents) intents cut off, \(tally.calm) calm, "
                + "\(tally.counts.map { "\($0.value) \($0.key.rawValue)" }.sorted()), "
                + "killed at \(tally.steps.map { "\($0.key.rawValue) \($0.value)" }.sorted())")
        #expect(tally.calls > 3 * Self.rounds / 2 && tally.kills > Self.rounds / 4 && tally.calm > Self.rounds / 5)
        #expect(tally.intents > Self.rounds / 10)
        #expect(Set(ExecutionStep.allCases) == Set(tally.steps.keys), "\(tally.steps)")
        for outcome in [
            DispositionOutcome.deletedVerified, .alreadyAbsent, .cancelledVerified, .changedSincePlan, .heldSincePlan,
        ] {
            #expect(tally.counts[outcome, default: 0] > 0, "\(outcome)")
        }
    }

    private func play(_ round: Int, _ tally: inout Tally) async throws {
        var generator = SplitMix64(seed: 61 << 32 + UInt64(round))
        let scratch = try Scratch()
        let documents = PlanPropertyTests.documents(&generator)
        var scene = try Scene(PlanPropertyTests.estate(&generator), documents.rules, in: scratch)
        (scene.holds, scene.exceptions) = (documents.holds, documents.exceptions)
        let plan = try scene.plan(in: scratch)
        guard !plan.actions.isEmpty else { return }
        let weather = Weather(&generator)
        if weather.isCalm { tally.calm += 1 }
        let keys = scene.service.now.records.keys.sorted()
        for event in weather.between {
            let key = generator.pick(keys)
            scene.service.change { Self.happen(event, to: key, &$0) }
        }
        for (call, event) in weather.duringCall {
            let key = generator.pick(keys)
            scene.service.before(call: call) { Self.happen(event, to: key, &$0) }
        }
        Self.see(keys, &scene)
        scene.service.change { $0.troubles = weather.troubles }

        // The first run, which a hold may overtake, and which is killed somewhere.
        let before = scene.policies
        let calm = Self.kept(scene.scanned(asOf: scene.now))
        var setting = scene.setting(plan)
        let held = generator.pick(plan.actions).name.id
        var overtaken = scene
        if weather.holdAt != nil { overtaken.holds.append(hold("overtaking", match(ids: [held]))) }
        let (after, service) = (overtaken.policies, scene.service)
        let late = Self.kept(overtaken.scanned(asOf: scene.now))
        let moment = weather.holdAt ?? .max
        setting.documents = { service.now.calls.count < moment ? before : after }
        let frame = Frame(at: Int.random(in: 0..<50, using: &generator), scene)
        let first = try await scene.execute(plan, setting, onStep: frame.reach)
        check(first, service.now.calls, plan, round, kept: { $0 < moment ? calm : late })

        // The second one, from where the first was killed, in good weather.
        scene = overtaken
        frame.restore(&scene, &tally)
        Self.clear(&scene)
        Self.see(keys, &scene)
        tally.intents += try scene.history(plan).begun.count
        if generator.chance(70) {
            let again = Frame(at: Int.random(in: 0..<8, using: &generator), scene)
            _ = try await scene.execute(plan, onStep: again.reach)
            again.restore(&scene, &tally)
            Self.clear(&scene)
        }
        let history = try scene.history(plan)
        if !weather.isCalm, generator.chance(30) {
            // The rules ask for another tenant's records.
            for item in scene.estate.items.indices where generator.chance(20) {
                scene.estate.items[item].metadata = ["tenant": "b"]
            }
        }
        let kept = Self.kept(scene.scanned(asOf: scene.now, byOthers: true))
        let already = scene.service.now.calls.count
        let second = try await scene.execute(plan)
        let calls = Array(scene.service.now.calls.dropFirst(already))
        check(second, calls, plan, round, kept: { _ in kept })
        let done = Set(history.done.map { plan.actions[$0].target })
        #expect(
            !calls.contains {
                done.contains(where: { [call = $0] in $0.id == call.key.id && $0.kind == call.key.kind })
                    && $0.verb == .delete
            }, "round \(round)")
        #expect(second.end == .complete && !second.hasWrongs, "round \(round): \(second.lines) \(second.fates)")
        #expect(try scene.history(plan).begun.isEmpty, "round \(round)")
        #expect(second.counts.values.reduce(0, +) == plan.actions.count)
        // Who could not see what taking a file out made of its store cannot tell its own activity there from another's.
        let taken = scene.service.now.calls.filter { $0.verb == .detach && $0.wasThere }.map(\.key.id)
        let told = try scene.history(plan).facts
        let isUnseen = plan.actions.indices.contains {
            plan.actions[$0].verb == .detach && taken.contains(plan.actions[$0].name.id) && told[$0] == nil
        }
        if weather.isCalm, !isUnseen {
            #expect(second.fates.allSatisfy(Self.isDone), "round \(round): \(second.lines) \(second.fates)")
        }

        // The third one finds nothing to do.
        let third = try await scene.execute(plan)
        #expect(third.calls == 0 && scene.service.now.calls.count == already + calls.count, "round \(round)")
        #expect(third.counts == second.counts, "round \(round): \(second.lines) \(third.lines)")
        tally.calls += scene.service.now.calls.count
        for (outcome, count) in third.counts { tally.counts[outcome, default: 0] += count }
    }

    /// From here on the service does as it is told, and nobody else does anything.
    private static func clear(_ scene: inout Scene) {
        scene.service.change { ($0.troubles, $0.isRefused, $0.stale, $0.unreadable) = ([], false, [:], []) }
        scene.service.forgetEvents()
    }

    /// What has come to be in the service is in the estate of later scans.
    private static func see(_ keys: [ModelService.Key], _ scene: inout Scene) {
        let known = Set(scene.estate.items.map { "\($0.kind) \($0.id)" })
        for key in keys where key.kind == .thread && !known.contains("\(Kind.message) new-\(key.id)") {
            scene.estate.add(
                .message, "new-\(key.id)", created: "2026-11-20T00:59:30Z", in: key.id, source: Scene.source)
        }
    }

    private static func isDone(_ fate: ExecutionReport.Fate) -> Bool {
        switch fate {
        case .ended(let ending): ending.outcome.isDone
        case .earlier(let outcome): outcome.isDone
        case .wouldBeCalled, .notReached: false
        }
    }

    /// Every call is one of the plan's, on nothing that the rules kept when it was made, and what is called gone is gone.
    private func check(
        _ report: ExecutionReport, _ calls: [ModelService.Call], _ plan: Plan, _ round: Int,
        kept: (Int) -> Set<String>
    ) {
        for (number, call) in calls.enumerated() {
            #expect(
                plan.actions.contains {
                    $0.verb == call.verb && $0.name.kind == call.key.kind && $0.name.id == call.key.id
                }, "round \(round)")
            let name = "\(call.key.kind) \(call.key.id)"
            #expect(!kept(number).contains(name), "round \(round): \(name) is kept, and was called: \(report.lines)")
        }
        #expect(report.synchronizations <= 2 * plan.actions.count + 2 + report.calls, "round \(round)")
    }
}
