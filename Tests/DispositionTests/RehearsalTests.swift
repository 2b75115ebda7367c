import Records
import RuleSupport
import TestSupport
import Testing

@testable import Disposition

/// What a rehearsal concludes from what a service held before and after.
@Suite struct RehearsalTests {
    private static let gone = ExecutionReport.Fate.ended(ActionEnding(.deletedVerified, ""))
    private static let old = "2026-01-01"
    private let scratch: Scratch
    private let plan: Plan

    /// A thread with a message and a run goes, by two calls; a file stays.
    init() throws {
        scratch = try Scratch()
        var estate = Estate()
        estate.add(.thread, "t", created: Self.old)
        estate.add(.message, "m", created: Self.old, in: "t")
        estate.add(.run, "r", created: Self.old, in: "t", status: "completed")
        let rule = policy("threads", match([.thread]), clock: lastActivity, atMost: "30d")
        plan = try Scene(estate, [rule], in: scratch).plan(in: scratch)
        #expect(plan.actions.map(\.name.id) == ["m", "t"] && plan.actions[1].along.map(\.id) == ["r"])
    }

    private static let whole: [(Kind, String)] = [(.thread, "t"), (.message, "m"), (.run, "r"), (.file, "f")]

    private func state(
        without absent: Set<String> = [], changed: Set<String> = [], buried: Set<String> = []
    ) -> EstateState {
        var state = EstateState()
        for (kind, id) in Self.whole where !absent.contains(id) {
            state.add(
                kind, id, of: Scene.source, content: [changed.contains(id) ? 1 : 0],
                isReachable: !buried.contains(id))
        }
        return state
    }

    private func compare(
        _ after: EstateState, before: EstateState? = nil, _ fates: [ExecutionReport.Fate] = [gone, gone]
    ) -> EstateComparison {
        EstateComparison(plan, before: before ?? state(), after: after, fates: fates)
    }

    @Test func `what the plan names may go, and nothing else`() {
        let faithful = compare(state(without: ["m", "t", "r"]))
        #expect(faithful.isFaithful && faithful.leftovers.isEmpty && faithful.buried.isEmpty)
        let file = compare(state(without: ["m", "t", "r", "f"]))
        #expect(file.unplanned.map(\.name.id) == ["f"] && !file.isFaithful)
        let other = compare(state(without: ["m", "t", "r"], changed: ["f"]))
        #expect(other.changed.map(\.name.id) == ["f"] && !other.isFaithful)
    }

    @Test func `a store out of which a file is taken may stay as another, and nothing else may (case 39)`() throws {
        var estate = Estate()
        estate.add(.vectorStore, "vs", created: Self.old)
        estate.add(.vectorStoreFile, "vs/f", created: Self.old, in: "vs", uses: [(.file, "f")])
        estate.add(.file, "f", created: Self.old)
        let entries = policy("entries", match([.vectorStoreFile]), atMost: "30d")
        let plan = try Scene(estate, [entries], in: try Scratch()).plan(in: try Scratch())
        #expect(plan.actions.map(\.name.id) == ["vs/f"] && plan.actions[0].verb == .detach)
        func changed(_ id: String, _ fate: ExecutionReport.Fate) -> [String] {
            let states = [[UInt8(0)], [1]].map { content in
                var state = EstateState()
                for (kind, name) in [(Kind.vectorStore, "vs"), (.file, "f")] {
                    state.add(kind, name, of: Scene.source, content: name == id ? content : [], isReachable: true)
                }
                return state
            }
            let comparison = EstateComparison(plan, before: states[0], after: states[1], fates: [fate])
            return comparison.changed.map(\.name.id)
        }
        #expect(changed("vs", Self.gone) == [] && changed("f", Self.gone) == ["f"])
        #expect(changed("vs", .ended(ActionEnding(.heldSincePlan, ""))) == ["vs"])
    }

    @Test(arguments: [DispositionOutcome.changedSincePlan, .heldSincePlan])
    func `what is said to stay must be there, and what goes along with it`(outcome: DispositionOutcome) {
        let stays = ExecutionReport.Fate.ended(ActionEnding(outcome, ""))
        #expect(compare(state(), [stays, stays]).isFaithful)
        #expect(compare(state(without: ["m", "t", "r"]), [stays, stays]).unplanned.map(\.name.id) == ["t", "m", "r"])
        #expect(compare(state(without: ["m"]), [.notReached, .notReached]).unplanned.map(\.name.id) == ["m"])
    }

    @Test(arguments: [DispositionOutcome.failed, .unknown, .pendingVerification, .refused])
    func `what may have been called may be gone, and may be there`(outcome: DispositionOutcome) {
        let unclear = ExecutionReport.Fate.ended(ActionEnding(outcome, ""))
        #expect(compare(state(), [unclear, unclear]).isFaithful)
        #expect(compare(state(without: ["m", "t", "r"]), [unclear, unclear]).isFaithful)
    }

    @Test func `what is called gone must be gone, whichever run says so`() {
        for fate in [Self.gone, .earlier(.deletedVerified), .ended(ActionEnding(.alreadyAbsent, ""))] {
            let comparison = compare(state(without: ["t", "r"]), [fate, Self.gone])
            #expect(comparison.falselyGone == [0] && !comparison.isFaithful)
        }
        #expect(compare(state(without: ["t", "r"]), [.earlier(.unknown), Self.gone]).falselyGone.isEmpty)
    }

    @Test func `what a deletion leaves is there still, or where no call leads`() {
        let left = compare(state(without: ["m", "t"]))
        #expect(left.leftovers.map(\.name.id) == ["r"] && left.buried.isEmpty)
        let buried = compare(state(without: ["m", "t"], buried: ["r"]))
        #expect(buried.isFaithful && buried.leftovers.isEmpty && buried.buried.map(\.name.id) == ["r"])
    }

    @Test func `what was not there to begin with is called so`() {
        let comparison = compare(state(without: ["m", "t", "r"]), before: state(without: ["m"]))
        #expect(comparison.absentBefore == [0] && comparison.isFaithful)
    }

    private func run(done: Int, end: ExecutionReport.End = .complete) -> ExecutionReport {
        var report = ExecutionReport(plan, isExecuting: true)
        for index in report.fates.indices {
            report.fates[index] = index < done ? Self.gone : .ended(ActionEnding(.failed, ""))
        }
        report.end = end
        return report
    }

    @Test(arguments: [
        ([], true), ([2], false), ([0], true), ([1], true), ([0, 0], false), ([1, 1], true), ([1, 1, 1], false),
        ([0, 1], true), ([0, 1, 1], true), ([0, 1, 1, 1], false), ([0, 0, 1], true), ([0, 2], false),
    ])
    func `a run is begun again while one of the last two got on`(done: [Int], expected: Bool) {
        #expect(Rehearsal.isWorthAnotherRun(after: done.map { run(done: $0) }) == expected, "\(done)")
    }

    @Test func `the estate's misfits are what does not stand by a scan of it`() throws {
        var estate = Estate()
        estate.add(.thread, "t", created: Self.old)
        estate.add(.message, "m", created: Self.old, in: "t")
        estate.add(.message, "new", created: "2026-11-19", in: "t")
        let rule = policy("threads", match([.thread]), clock: lastActivity, atMost: "30d")
        let scene = try Scene(estate, [rule], in: try Scratch())
        #expect(plan.misfits(in: scene.scanned(asOf: asOf)) == [0, 1])
        let empty = try Scene(Estate(), [rule], in: try Scratch())
        #expect(plan.misfits(in: empty.scanned(asOf: asOf)).isEmpty)
    }
}
