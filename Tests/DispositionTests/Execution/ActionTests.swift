import Chronology
import Records
import Testing

@testable import Disposition

/// One action, from the first look to its outcome, on a service that does its worst.
@Suite struct ActionTests {
    private static let day = "2026-01-01T00:00:00Z"
    private static let key = ModelService.Key(kind: .thread, id: "t")
    private static let target = DispositionTarget(kind: .thread, id: "t", container: nil)

    private func service(_ troubles: [ModelService.Trouble] = [], status: String? = nil) -> ModelService {
        let record = ModelService.Record(created: Self.day, lastActivity: Self.day, status: status)
        return ModelService(ModelService.State(records: [Self.key: record], troubles: troubles))
    }

    private func expectation(status: String? = nil, lastActivity: String = day, own: CurrentFacts? = nil)
        -> PlannedFacts
    {
        PlannedFacts(
            Plan.Facts(
                container: nil, created: Self.day, keepUntil: nil, lastActivity: lastActivity, status: status), own: own
        )
    }

    private func run(
        _ service: ModelService, _ verb: PlannedAction.Verb = .delete, _ expectation: PlannedFacts? = nil,
        isExecuting: Bool = true
    ) async -> ActionDriver.Report {
        await ActionDriver(service: service, isExecuting: isExecuting, onStep: { _ in })
            .run(verb, on: Self.target, expectation ?? self.expectation())
    }

    @Test(
        arguments: [
            ([], .deletedVerified, 1), ([.lostAfter], .deletedVerified, 1), ([.lostBefore], .deletedVerified, 2),
            ([.lie], .deletedVerified, 2), ([.denied], .deletedVerified, 2),
            ([.denied, .lostAfter], .deletedVerified, 2),
            ([.denied, .denied, .denied], .failed, 3), ([.lostBefore, .lostBefore, .lostBefore], .failed, 3),
            ([.lie, .lie, .lie], .pendingVerification, 3), ([.unreadable], .pendingVerification, 1),
            ([.unavailable], .failed, 1), ([.rejected], .refused, 1), ([.refused], .refused, 1),
            ([.lostBefore, .rejected], .refused, 2), ([.lostBefore, .unavailable], .failed, 2),
            // What one look showed though it was gone is called again, and was not there any more: it was this plan's doing.
            ([.stale], .deletedVerified, 2),
            // A first call that may have done it is read back by a later run, whatever the second was answered.
            ([.stale, .refused], .unknown, 2), ([.lostBefore, .refused], .unknown, 2),
            ([.denied, .refused], .refused, 2),
        ] as [([ModelService.Trouble], DispositionOutcome, Int)])
    func `what a call comes to is what was read back, and it is repeated once that was seen (cases 56 to 59)`(
        troubles: [ModelService.Trouble], outcome: DispositionOutcome, calls: Int
    ) async {
        let service = service(troubles)
        let report = await run(service)
        #expect(report.ending?.outcome == outcome && report.calls == calls, "\(report)")
        #expect(service.now.calls.count == calls)
        #expect(report.ending?.stopsRun == troubles.contains(.refused))
        // Whatever it is called, nothing is called deleted that is there.
        #expect(outcome != .deletedVerified || service.now.records.isEmpty)
    }

    @Test func `what is gone before it is called is already absent, and is not called (case 55)`() async {
        let service = ModelService()
        let report = await run(service)
        #expect(report.ending?.outcome == .alreadyAbsent && service.now.calls.isEmpty)
    }

    @Test func `what goes between the look and the call was not deleted by us (case 55)`() async {
        let service = service()
        service.before(call: 0) { $0.records = [:] }
        let report = await run(service)
        #expect(report.ending?.outcome == .alreadyAbsent && report.calls == 1)
    }

    @Test func `nothing is called under facts that are not those of the plan (case 53)`() async {
        for (facts, expected) in [
            (ModelService.Record(created: Self.day, lastActivity: "2026-01-01T00:00:01Z"), "done with it since"),
            (ModelService.Record(created: "2026-01-01T00:00:01Z", lastActivity: nil), "made later"),
            (ModelService.Record(created: Self.day, lastActivity: Self.day, status: "in_progress"), "status"),
        ] {
            let service = ModelService(ModelService.State(records: [Self.key: facts]))
            let report = await run(service)
            #expect(report.ending?.outcome == .changedSincePlan && service.now.calls.isEmpty, "\(report)")
            #expect(report.ending?.words.contains(expected) == true, "\(report)")
        }
    }

    @Test func `what the service does not say changes nothing, nor does less activity than planned (case 53)`() async {
        for facts in [
            ModelService.Record(), ModelService.Record(created: Self.day, lastActivity: "2025-12-31T23:59:59Z"),
        ] {
            let service = ModelService(ModelService.State(records: [Self.key: facts]))
            #expect(await run(service).ending?.outcome == .deletedVerified)
        }
    }

    @Test func `what this plan did itself is no change`() async {
        let service = service(status: "cancelled")
        service.change { $0.records[Self.key]?.lastActivity = "2026-11-20T00:00:00Z" }
        let own = CurrentFacts(
            created: nil, lastActivity: try? Instant(rfc3339: "2026-11-20T00:00:00Z"), status: "cancelled")
        let refused = await run(service, .delete, expectation(status: "in_progress"))
        #expect(refused.ending?.outcome == .changedSincePlan)
        let report = await run(service, .delete, expectation(status: "in_progress", own: own))
        #expect(report.ending?.outcome == .deletedVerified)
    }

    @Test func `a retired surface says nothing of a record, before and after a call (case 35)`() async {
        let service = service()
        service.change { $0.retired = KindSet([.thread]) }
        #expect(await run(service).ending?.outcome == .unknown)
        #expect(service.now.calls.isEmpty)
        let later = self.service()
        later.before(look: 1) { $0.retired = KindSet([.thread]) }
        let report = await run(later)
        #expect(report.ending?.outcome == .unknown && report.calls == 1)
    }

    @Test func `a credential that is refused stops the run, and makes nothing absent (case 59)`() async {
        let service = service()
        service.change { $0.isRefused = true }
        let report = await run(service)
        #expect(report.ending == ActionEnding(.refused, "answered 401", stopsRun: true))
        #expect(service.now.calls.isEmpty)
        let later = self.service([.lostAfter])
        later.before(look: 1) { $0.isRefused = true }
        let lost = await run(later)
        #expect(lost.ending?.outcome == .unknown && lost.ending?.stopsRun == true)
    }

    @Test func `without execution the way is the same up to the verb, and nothing is called (case 68)`() async {
        let service = service()
        let report = await run(service, isExecuting: false)
        #expect(report.ending == nil && report.calls == 0 && service.now.calls.isEmpty && service.now.looks == 1)
        let gone = await run(ModelService(), isExecuting: false)
        #expect(gone.ending?.outcome == .alreadyAbsent)
    }

    @Test func `work that was stopped is read back as stopped (case 54)`() async {
        let service = service(status: "in_progress")
        let report = await run(service, .cancel, expectation(status: "in_progress"))
        #expect(report.ending?.outcome == .cancelledVerified && report.facts?.status == "cancelled")
        let stubborn = self.service([.lie, .lie, .lie], status: "in_progress")
        let left = await run(stubborn, .cancel, expectation(status: "in_progress"))
        #expect(left.ending?.outcome == .pendingVerification && left.calls == 3)
        let ending = self.service([.lie], status: "in_progress")
        ending.before(look: 1) { $0.records[Self.key]?.status = "cancelling" }
        let slow = await run(ending, .cancel, expectation(status: "in_progress"))
        #expect(slow.ending?.outcome == .pendingVerification && slow.calls == 1)
    }

    @Test func `a record that changes while it is called is not called again (case 53)`() async {
        let service = service([.denied])
        service.before(look: 1) { $0.records[Self.key]?.lastActivity = "2026-11-20T00:00:00Z" }
        let report = await run(service)
        #expect(report.ending?.outcome == .changedSincePlan && report.calls == 1)
    }

    @Test func `what came to a record that gives its parts no times is found by their ids (case 53)`() async {
        let conversation = ModelService.Key(kind: .conversation, id: "c")
        let items = ["i", "j"].map { ModelService.Key(kind: .item, id: $0) }
        func run(expecting parts: Set<String>) async -> DispositionOutcome? {
            var records = [conversation: ModelService.Record(created: Self.day)]
            for item in items { records[item] = ModelService.Record(container: "c") }
            let service = ModelService(ModelService.State(records: records))
            let facts = Plan.Facts(
                container: nil, created: Self.day, keepUntil: nil, lastActivity: Self.day, status: nil)
            let report = await ActionDriver(service: service, isExecuting: true, onStep: { _ in }).run(
                .delete, on: DispositionTarget(kind: .conversation, id: "c", container: nil),
                PlannedFacts(facts, parts: parts))
            #expect(service.now.calls.isEmpty == (report.ending?.outcome == .changedSincePlan))
            return report.ending?.outcome
        }
        #expect(await run(expecting: ["i", "j"]) == .deletedVerified)
        // What went meanwhile is no activity.
        #expect(await run(expecting: ["i", "j", "k"]) == .deletedVerified)
        #expect(await run(expecting: ["i"]) == .changedSincePlan)
    }

    @Test func `a call is not repeated where there is an objection by then (case 22)`() async {
        let service = service([.denied])
        let driver = ActionDriver(service: service, isExecuting: true, onStep: { _ in })
        let report = await driver.run(.delete, on: Self.target, expectation()) {
            ActionEnding(.heldSincePlan, "a matter reaches it now")
        }
        #expect(report.ending?.outcome == .heldSincePlan && report.calls == 1)
        #expect(service.now.calls.count == 1 && service.now.records[Self.key] != nil)
    }

    @Test func `that a call finds nothing is read back, and not believed (case 58)`() {
        var machine = ActionMachine(.delete, expectation())
        let facts = CurrentFacts(created: nil, lastActivity: nil, status: nil)
        machine.saw(.present(facts))
        for _ in 0..<ActionMachine.mostCalls {
            #expect(machine.step == .call)
            machine.answered(.absent)
            #expect(machine.step == .readBack)
            machine.saw(.present(facts))
        }
        guard case .end(let ending) = machine.step else {
            Issue.record("it goes on")
            return
        }
        #expect(ending.outcome == .failed)
    }
}
