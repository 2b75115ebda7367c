import Records
import TestSupport

@testable import Twin
@testable import tenure

/// One estate, from the first plan to the last scan.
struct LiveExecutionRound {
    let seed: UInt64
    private let world: ExecutedEstate
    private var random: SplitMix64
    /// What goes wrong with the service; nothing where it is empty.
    private let faults: [Faults.Kind: Int]
    /// Whether the plan, too, is made while it goes wrong.
    private let isPlannedInTrouble: Bool
    /// Whether it is executed by processes that are killed.
    private let isKilled: Bool
    /// Whether nothing happens between the plan and its execution, and nothing goes wrong.
    private var isCalm: Bool
    /// What might go when the plan was made.
    private let planned: SlowVerdicts

    /// How many plans it takes at most until nothing is left.
    private static let mostPlans = 4

    private static let mixes: [[Faults.Kind: Int]] = [
        [.reset: 30, .torn: 15, .throttled: 10],
        [.failing: 20, .reset: 20, .lateLists: 50, .lateRecords: 50],
        [.undeleted: 40, .orphans: 40, .reset: 10],
        [.forbidden: 4, .dead: 4, .missingAs400: 10, .emptyErrors: 20],
        [.staleLists: 30, .throttledSilently: 20, .slow: 10, .detailErrors: 30],
    ]

    /// - Parameter isKilled: whether it is executed, in good weather, by processes that are killed, before one that is not.
    init(seed: UInt64, isKilled: Bool = false) throws {
        self.seed = seed
        self.isKilled = isKilled
        random = SplitMix64(seed: seed ^ 0xE5EC)
        world = try ExecutedEstate(seed: seed)
        faults = !isKilled && Bool.random(using: &random) ? Self.mixes.randomElement(using: &random) ?? [:] : [:]
        isPlannedInTrouble = !faults.isEmpty && .random(in: 0..<10, using: &random) < 3
        // What was stopped at work, or taken out of a store, by who was killed then, is as active as it looks.
        isCalm = faults.isEmpty && !isKilled
        planned = SlowVerdicts(world.holdings, world.documents, now: world.now)
    }

    private mutating func chance(_ percent: Int) -> Bool { .random(in: 1...100, using: &random) <= percent }

    mutating func play(_ tally: inout LiveExecutionTally) throws {
        if isPlannedInTrouble { world.twin.afflict(faults, seed: seed) }
        let (exitCode, plan) = try world.plan()
        if !world.twin.calls.isEmpty { note("a plan changed something: \(world.twin.calls)", &tally) }
        guard !plan.actions.isEmpty else {
            tally.count("nothing to do")
            let movable = planned.movable
            if !isPlannedInTrouble, !movable.isEmpty { note("nothing was planned of \(movable)", &tally) }
            return
        }
        try letThingsHappen(&tally)
        tally.count(faults.isEmpty ? "without faults" : "with faults")
        if exitCode == .safetyStop { return try stop(&tally) }
        let before = world.twin.holdings
        let (estate, places) = world.present()
        let verdicts = SlowVerdicts(estate, vanished: world.holdings, world.documents, now: world.now)
        let last = try execute(plan.actions.count, &tally)
        check(before, places, verdicts, last, &tally)
        try repeatItself(&tally)
        try lookAround(last, &tally)
    }

    /// What happens between the plan and its execution.
    private mutating func letThingsHappen(_ tally: inout LiveExecutionTally) throws {
        if chance(25), let index = world.holdings.indices.randomElement(using: &random), try world.disturb(index) {
            isCalm = false
            tally.count("changed since")
        }
        if chance(20), let record = world.holdings.randomElement(using: &random) {
            world.documents.holds.append(SmallDocuments.sudden(record))
            try world.writeDocuments()
            isCalm = false
            tally.count("held since")
        }
    }

    /// A limit is exceeded, and so nothing is called.
    private func stop(_ tally: inout LiveExecutionTally) throws {
        tally.count("over a limit")
        let calls = world.twin.calls.count
        let applied = try world.apply()
        if applied.exitCode != .safetyStop || world.twin.calls.count > calls { note("a limit: \(applied)", &tally) }
    }

    /// Under faults, and again when they have passed.
    private mutating func execute(_ actions: Int, _ tally: inout LiveExecutionTally) throws -> Applied {
        if !faults.isEmpty { world.twin.afflict(faults, seed: seed) }
        let kills = isKilled ? Int.random(in: 2...4, using: &random) : 0
        for _ in 0..<kills where world.twin.calls.count < actions {
            try killOne(actions - world.twin.calls.count, &tally)
        }
        var last = try world.apply()
        tally.calls += last.calls
        if !faults.isEmpty {
            world.twin.afflict([:], seed: seed)
            last = try world.apply()
            tally.calls += last.calls
        }
        if !isSettled(last) { note("in good weather: \(last)", &tally) }
        for (_, outcome) in last.outcomes { tally.outcomes[outcome ?? "none", default: 0] += 1 }
        if last.outcomes.contains(where: { $0.outcome == nil }) { note("without an outcome: \(last)", &tally) }
        let doubts = last.outcomes.indices.filter { Self.isDoubtful(last.outcomes[$0]) }.map { $0 + 1 }
        let open = try world.intents().open
        if !open.isSubset(of: doubts) { note("begun, and without an outcome: \(open): \(last)", &tally) }
        return last
    }

    /// A process that is killed while the service has to do with some request: mostly one that changes something.
    private mutating func killOne(_ left: Int, _ tally: inout LiveExecutionTally) throws {
        let run = KillableRun(world.application(), in: world.scratch.url)
        let countsChanges = chance(85)
        let moment = countsChanges ? WatchedTwin.Interception.Moment.allCases.randomElement(using: &random) : .received
        // Not all that are left are called where something is held by now, or changed.
        let most = countsChanges ? max(1, left / 2) : 60
        let before = try world.intents()
        world.twin.intercept(
            WatchedTwin.Interception(
                after: .random(in: 0..<most, using: &random), countsChanges: countsChanges,
                moment: moment ?? .received
            ) { run.strike() })
        let status = try run.run()
        world.twin.intercept(nil)
        tally.count("begun to be killed")
        guard status == nil else { return tally.count("ended before it was killed") }
        let after = try world.intents()
        let isBetween = after.count > before.count && !after.open.isEmpty
        if isBetween { tally.count("killed between an intent and its outcome") }
        guard countsChanges, let moment else { return tally.count("killed on the way") }
        tally.count("killed when \(moment.rawValue)")
        if !isBetween { note("killed when \(moment.rawValue), and no intent is open", &tally) }
    }

    /// Whether an execution has come to its end: all is done, but for what is gone together with the last of its kind, of
    /// which no list can show that the service still has such things.
    private func isSettled(_ applied: Applied) -> Bool {
        let doubts = applied.outcomes.filter(Self.isDoubtful)
        guard !doubts.isEmpty else { return applied.exitCode == .clean }
        let present = Set(world.present().estate.map(\.kind.name))
        return applied.exitCode == .unverified
            && doubts.allSatisfy { doubt in
                ["conversation", "item", "response"].contains {
                    doubt.name.hasPrefix("\($0) ") && !present.contains($0)
                }
            }
    }

    private static func isDoubtful(_ action: (name: String, outcome: String?)) -> Bool {
        ["unknown", "pending-verification"].contains(action.outcome)
    }

    /// Nothing was touched but what might go, when it was planned and when it was executed.
    private func check(
        _ before: [String: [UInt8]], _ places: [Int], _ verdicts: SlowVerdicts, _ last: Applied,
        _ tally: inout LiveExecutionTally
    ) {
        let after = world.twin.holdings
        for (place, index) in places.enumerated() {
            let (record, path) = (world.holdings[index], world.holdings.path(index))
            // A store counts what is in it.
            guard before[path] != after[path], record.kind != .vectorStore || after[path] == nil else {
                tally.kept += 1
                if isCalm, planned.goes.contains(index), !planned.isStuck(index) {
                    note("\(path) might go, and did not: \(last)", &tally)
                }
                continue
            }
            tally.gone[record.kind, default: 0] += 1
            let goes = planned.goes.contains(index) && verdicts.goes.contains(place)
            let isDetached = planned.isDetached(index) && verdicts.isDetached(place)
            if !goes, !isDetached { note("\(path) was touched: \(last)", &tally) }
        }
    }

    private func repeatItself(_ tally: inout LiveExecutionTally) throws {
        let calls = world.twin.calls.count
        let again = try world.apply()
        if world.twin.calls.count > calls || !isSettled(again) { note("once more: \(again)", &tally) }
    }

    /// What is left is what may stay, and a new plan says why of all that is overdue.
    private func lookAround(_ last: Applied, _ tally: inout LiveExecutionTally) throws {
        var (exitCode, plan) = try world.plan("again.json")
        // What is as old as what used it, or of an age that only that made unknown, may go when that is gone.
        for _ in 0..<Self.mostPlans where !plan.actions.isEmpty {
            tally.count("planned anew")
            guard exitCode != .safetyStop else { return tally.count("over a limit by another plan") }
            let forgotten = plan.actions.map { "\($0.kind) \($0.id)" }.filter(planned.movable.contains)
            if isCalm, !forgotten.isEmpty { note("left for another plan: \(forgotten) after \(last)", &tally) }
            let other = try world.apply("again.json")
            if !isSettled(other) { note("another plan: \(other)", &tally) }
            (exitCode, plan) = try world.plan("again.json")
        }
        let findings = try world.scan()
        let left = SlowVerdicts(
            world.present().estate, vanished: world.holdings, world.documents, now: world.now
        ).movable
        if !plan.actions.isEmpty || !left.isEmpty { note("left: \(plan.actions), \(left)", &tally) }
        for finding in findings where finding["state"] as? String == "overdue" {
            let policy = world.documents.policies.first { $0.name == finding["policy"] as? String }
            let name = "\(finding["kind"] ?? "") \(finding["id"] ?? "")"
            let asks = policy.map { $0.isEnforced && $0.whenDue == "delete" } ?? false
            let reasons = asks ? plan.staying[name] ?? [] : ["no policy deletes it"]
            if reasons.isEmpty { note("\(name) is overdue, and nothing says why", &tally) }
            for reason in reasons { tally.left[reason, default: 0] += 1 }
        }
    }

    private func note(_ words: String, _ tally: inout LiveExecutionTally) {
        tally.problems.append("round \(seed): \(words)\n\(world.description)")
    }
}
