import Chronology
import Foundation
import Records
import TestSupport
import Testing

@testable import Disposition
@testable import Reports

/// What a service keeps though it was told to delete it, in what people and machines read.
@Suite struct ResidualReportTests {
    private let plan: Plan
    private let made: RehearsedPlan

    init() throws {
        made = try RehearsedPlan()
        plan = try Plan(path: made.scratch.path("plan.json"))
    }

    private func report(_ endings: [Int: ActionEnding]) -> ApplyReport {
        var report = ExecutionReport(plan, isExecuting: true)
        for index in report.fates.indices {
            report.fates[index] = .ended(endings[index] ?? ActionEnding(.deletedVerified, ""))
        }
        return ApplyReport(report, of: "plan.json", log: nil, command: "tenure apply plan.json", toolVersion: "1")
    }

    private func residual(_ json: [UInt8]) throws -> (records: Int?, ids: [String]) {
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
        let residual = try #require(object["residual"] as? [String: Any])
        let named = residual["named"] as? [[String: Any]] ?? []
        return (
            residual["records"] as? Int, named.map { "\($0["source"] ?? "")/\($0["kind"] ?? "")/\($0["id"] ?? "")" }
        )
    }

    private func name(_ index: Int) -> String {
        let action = plan.actions[index]
        return "\(action.source)/\(action.name.kind.name)/\(action.name.id)"
    }

    @Test func `an execution says how many records a service keeps, and which (case 52)`() throws {
        let kept = report([0: ActionEnding(.refused, "answered 400", residual: .record)])
        #expect(
            kept.text().contains(
                "\n\nResidual\n  1 record stays behind; of each, \(Residual.because)\n  \(name(0))\n"),
            "\(kept.text())")
        let (records, ids) = try residual(kept.json)
        #expect(records == 1 && ids == [name(0)])
        #expect(try ConsumerTests.objections(to: String(decoding: kept.json, as: UTF8.self), as: "apply") == "")
        #expect(kept.exitCode == 5)
    }

    @Test func `an execution after which nothing stays behind says so in its JSON alone (case 52)`() throws {
        let done = report([:])
        #expect(!done.text().contains("Residual"))
        let (records, ids) = try residual(done.json)
        #expect(records == 0 && ids.isEmpty)
    }

    @Test(
        arguments: [
            (nil, ""), (.found, "; a search of its store still finds its contents"),
            (.unshown, "; a search of its store could not show whether its contents are gone"),
        ] as [(StoreSearch?, String)])
    func `a receipt says so, too, in its JSON and on its page (cases 34 and 52)`(
        search: StoreSearch?, words: String
    ) throws {
        let request = PrivacyRequest(
            name: "r", regulation: .gdpr, received: try CivilDate("2026-11-01"), identities: [.user("a")])
        let action = plan.actions[0]
        let disposition = ErasureReceipt.Disposition(
            source: action.source, name: action.name, plan: plan.digest, number: 1, along: [], outcome: .refused,
            residual: [action.name], search: search, at: nil, latestRemoval: nil, evidence: nil)
        let receipt = ErasureReceipt(
            request: request, token: "hmac-sha256:a:b", deadline: try #require(request.deadline(.weekdays)),
            made: Instant(seconds: 1_800_000_000), plans: [plan.digest], found: 1, dispositions: [disposition],
            kept: [],
            review: 0, unread: [], comparison: nil, isComplete: true, logKey: "key", opening: ("", ""), seal: nil,
            checkpoint: "")
        let report = ReceiptReport(receipt, toolVersion: "1")
        let (records, ids) = try residual(report.json)
        #expect(records == 1 && ids == [name(0)])
        #expect(try ConsumerTests.objections(to: String(decoding: report.json, as: UTF8.self), as: "receipt") == "")
        #expect(report.page.contains("<p>Residual: 1 of these records stay behind"))
        #expect(report.page.contains("<code>\(name(0))</code>.</p>"))
        #expect(report.page.contains("<td>refused\(words)</td>"))
    }
}
