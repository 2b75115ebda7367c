import CanonicalJSON
import Policies
import Records
import RuleSupport
import TestSupport
import Testing

@testable import Disposition

/// What a service keeps though it was told to delete it: `residual` in reports.
@Suite struct ResidualTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// A thread, whose message is deleted by a call of its own, and whose run goes along.
    private func scene() throws -> Scene {
        var estate = Estate()
        estate.add(.thread, "t", created: "2026-01-01")
        estate.add(.message, "m", created: "2026-01-01", in: "t")
        estate.add(.run, "r", created: "2026-01-01", in: "t", status: "completed")
        return try Scene(estate, [policy("old", match([.thread]), atMost: "30d")], in: scratch)
    }

    private func residual(_ report: ExecutionReport) -> [String] {
        report.residual.map { "\($0.source)/\($0.name.kind)/\($0.name.id)" }
    }

    /// By trouble, of which each call has one in turn: what became of the calls, and what stays behind.
    private static let troubles: [([ModelService.Trouble], [String], [String])] = [
        (
            [.rejected], ["delete message m: refused", "delete thread t: failed"],
            ["live/message/m", "live/thread/t", "live/run/r"]
        ),
        (
            [.none, .lie, .lie, .lie], ["delete message m: deleted-verified", "delete thread t: pending-verification"],
            ["live/thread/t"]
        ),
        (
            [.none, .rejected], ["delete message m: deleted-verified", "delete thread t: refused"],
            ["live/thread/t", "live/run/r"]
        ),
        ([.denied, .denied, .denied], ["delete message m: failed", "delete thread t: failed"], []),
        ([.refused], ["delete message m: refused", "delete thread t: not reached"], []),
        ([], ["delete message m: deleted-verified", "delete thread t: deleted-verified"], []),
    ]

    @Test(arguments: troubles)
    func `what a service refuses to delete, or shows still after it said that it did, is residual (case 52)`(
        troubles: [ModelService.Trouble], lines: [String], residual: [String]
    ) async throws {
        let scene = try scene()
        let plan = try scene.plan(in: scratch)
        scene.service.change { $0.troubles = troubles }
        let report = try await scene.execute(plan)
        #expect(report.lines == lines)
        #expect(self.residual(report) == residual)
        let logged = try scene.entries().filter { $0["data"]?["residual"] != nil }
        #expect(logged.count == report.fates.count { $0.residual != nil })
        // Once the service does it, nothing stays.
        #expect(try self.residual(await scene.execute(plan)) == [])
    }

    @Test func `work that a service does not stop is nothing that stays behind (case 52)`() async throws {
        var estate = Estate()
        estate.add(.thread, "t", created: "2026-01-01")
        estate.add(.run, "r", created: "2026-01-01", in: "t", status: "queued")
        let scene = try Scene(estate, [policy("old", match([.thread]), atMost: "30d")], in: scratch)
        let plan = try scene.plan(in: scratch)
        scene.service.change { $0.troubles = [.rejected] }
        let report = try await scene.execute(plan)
        #expect(report.lines.first == "cancel run r: refused" && residual(report) == [], "\(report.lines)")
    }
}
