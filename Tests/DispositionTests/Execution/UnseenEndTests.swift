import AuditLog
import Chronology
import Records
import RuleSupport
import TestSupport
import Testing

@testable import Disposition

/// Calls of which a run did not see the end: told as that, looked at again, and never taken for gone or called anew
/// before.
@Suite struct UnseenEndTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func scene() throws -> Scene {
        try Scene(
            .twoThreads(), [policy("threads", match([.thread]), clock: lastActivity, atMost: "30d")], in: scratch)
    }

    @Test func `what the service said that it did, and nobody sees, is not called absent by the next run (case 57)`()
        async throws
    {
        let scene = try scene()
        let plan = try scene.plan(in: scratch)
        scene.service.change { $0.troubles = [.unreadable] }
        let first = try await scene.execute(plan)
        #expect(first.lines[0] == "delete message t1.m1: pending-verification" && first.remaining == 2)
        let message = ModelService.Key(kind: .message, id: "t1.m1")
        scene.service.before(look: scene.service.now.looks) { $0.unreadable.insert(message) }
        let second = try await scene.execute(plan)
        #expect(second.lines[0] == "delete message t1.m1: pending-verification" && second.calls == 0)
        let third = try await scene.execute(plan)
        #expect(third.counts == [.deletedVerified: 6] && third.calls == 1 && !third.hasWrongs)
    }

    @Test
    func `what nobody saw the end of is to be looked at again in a quarter of an hour, while the plan lives (case 57)`()
        async throws
    {
        var scene = try scene()
        let plan = try scene.plan(in: scratch)
        scene.service.change { $0.troubles = [.unreadable] }
        let first = try await scene.execute(plan)
        #expect(first.unseen == [0] && first.lookAgain?.until == moment("2026-11-21"))
        #expect(first.lookAgain?.from == moment("2026-11-20T01:15:00Z"))
        let message = ModelService.Key(kind: .message, id: "t1.m1")
        scene.service.before(look: scene.service.now.looks) { $0.unreadable.insert(message) }
        scene.now = moment("2026-11-20T23:45:00Z")
        let late = try await scene.execute(plan)
        #expect(late.unseen == [0] && late.lookAgain?.from == nil)
        let last = try await scene.execute(plan)
        #expect(last.counts == [.deletedVerified: 6] && last.unseen == [] && last.lookAgain == nil)
    }

    @Test func `what shows of a record that is gone is told again by the next run (case 57)`() async throws {
        let scene = try scene()
        let plan = try scene.plan(in: scratch)
        scene.service.change { $0.cascades = false }
        for _ in 0..<2 {
            let report = try await scene.execute(plan)
            #expect(report.counts == [.deletedVerified: 4, .pendingVerification: 2], "\(report.lines)")
        }
        scene.service.change { $0.records = [:] }
        #expect(try await scene.execute(plan).counts == [.deletedVerified: 6])
    }

    @Test func `what another plan began and nobody saw the end of is told until that plan settles it (case 61)`()
        async throws
    {
        let scene = try scene()
        let plan = try scene.plan(in: scratch)
        let abandoned = try scene.plan(in: try Scratch(), expires: moment("2026-11-22"))
        do {
            var journal = try ExecutionJournal(
                of: abandoned, in: scene.directory, signer: try Scene.signer(),
                pseudonyms: try PseudonymKey([UInt8](repeating: 7, count: 32)), now: scene.setting(plan).now)
            try journal.begin(0)
        }
        for report in [try await scene.rehearse(plan), try await scene.execute(plan)] {
            #expect(report.openElsewhere == [abandoned.digest: 1])
        }
        #expect(try await scene.execute(abandoned).openElsewhere == [:])
        #expect(try await scene.rehearse(plan).openElsewhere == [:])
    }

    @Test func `what goes along is read back, and not believed (case 57)`() async throws {
        let scene = try scene()
        let plan = try scene.plan(in: scratch)
        scene.service.change { $0.cascades = false }
        let report = try await scene.execute(plan)
        #expect(report.lines[4...].allSatisfy { $0.hasSuffix("pending-verification") } && report.hasWrongs)
        scene.service.change { $0.records = [:] }
        let next = try await scene.execute(plan)
        #expect(next.counts == [.deletedVerified: 6] && next.calls == 0)
    }
}
