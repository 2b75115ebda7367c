import Chronology
import Policies
import Records
import RuleSupport
import TestSupport
import Testing

@testable import Disposition

/// A file departs with its last user. Where that has no call of its own, it departs with what takes the user along, and
/// stays while that is not read back as gone.
@Suite struct DepartingFileTests {
    private let scratch: Scratch
    private let old = "2026-01-01"
    private static let file = ModelService.Key(kind: .file, id: "f")

    init() throws { scratch = try Scratch() }

    /// A thread with a run, one step of which uses a file: neither run nor step has a call.
    private func scene(in scratch: Scratch? = nil) throws -> Scene {
        var estate = Estate()
        estate.add(.file, "f", created: old)
        estate.add(.thread, "t", created: old)
        estate.add(.run, "r", created: old, in: "t", status: "completed")
        estate.add(.runStep, "s", created: old, in: "r", uses: [(.file, "f")])
        let rules = [
            policy("threads", match([.thread]), clock: lastActivity, atMost: "30d"),
            policy("files", match([.file]), atMost: "30d"),
        ]
        return try Scene(estate, rules, in: scratch ?? self.scratch)
    }

    private func isFileCalled(_ scene: Scene) -> Bool { scene.service.now.calls.contains { $0.key == Self.file } }

    @Test func `the container goes first, and the file once that is gone (case 33)`() async throws {
        let scene = try scene()
        let report = try await scene.execute(scene.plan(in: scratch))
        #expect(report.lines == ["delete thread t: deleted-verified", "delete file f: deleted-verified"])
        #expect(scene.service.now.calls.map(\.key.kind) == [.thread, .file])
    }

    /// What becomes of the container's calls, and of the container.
    private static let troubles: [([ModelService.Trouble], String)] = [
        ([.denied, .denied, .denied], "failed"), ([.rejected], "refused"), ([.unavailable], "failed"),
        ([.lie, .lie, .lie], "pending-verification"), ([.lostBefore, .lostBefore, .lostBefore], "failed"),
        ([.unreadable], "pending-verification"),
    ]

    @Test(arguments: troubles)
    func `a file stays while the container of its user is not seen to be gone, and goes when it is (cases 33, 69)`(
        troubles: [ModelService.Trouble], outcome: String
    ) async throws {
        let scene = try scene()
        let plan = try scene.plan(in: scratch)
        scene.service.change { $0.troubles = troubles }
        let report = try await scene.execute(plan)
        #expect(report.lines == ["delete thread t: \(outcome)", "delete file f: failed"])
        #expect(!isFileCalled(scene))
        let next = try await scene.execute(plan)
        #expect(next.lines.allSatisfy { $0.hasSuffix("deleted-verified") }, "\(next.lines)")
        #expect(scene.service.now.records.isEmpty)
    }

    @Test func `a file stays while nobody can tell whether its user is gone, in later runs too (case 57)`()
        async throws
    {
        let scene = try scene()
        let plan = try scene.plan(in: scratch)
        scene.service.change { $0.troubles = [.unreadable] }
        for _ in 0..<3 {
            let report = try await scene.execute(plan)
            #expect(report.lines == ["delete thread t: pending-verification", "delete file f: failed"])
            scene.service.change { $0.unreadable = [.init(kind: .thread, id: "t")] }
        }
        #expect(!isFileCalled(scene))
        scene.service.change { $0.unreadable = [] }
        let last = try await scene.execute(plan)
        #expect(last.lines.allSatisfy { $0.hasSuffix("deleted-verified") }, "\(last.lines)")
    }

    @Test func `a lost answer is no failure where the container is gone (case 56)`() async throws {
        let scene = try scene()
        let plan = try scene.plan(in: scratch)
        scene.service.change { $0.troubles = [.lostAfter] }
        #expect(try await scene.execute(plan).lines.allSatisfy { $0.hasSuffix("deleted-verified") })
    }

    @Test func `a file stays while its user is there, though the container is gone (cases 33, 57)`() async throws {
        let scene = try scene()
        let plan = try scene.plan(in: scratch)
        scene.service.change { $0.cascades = false }
        let report = try await scene.execute(plan)
        #expect(report.lines == ["delete thread t: pending-verification", "delete file f: failed"])
        #expect(!isFileCalled(scene))
    }

    @Test func `a credential that is refused while what went along is read back ends the run (cases 57, 59)`()
        async throws
    {
        let scene = try scene()
        let plan = try scene.plan(in: scratch)
        // The thread is looked at, called, and read back; then its run is.
        scene.service.before(look: 2) { $0.isRefused = true }
        let report = try await scene.execute(plan)
        #expect(report.lines == ["delete thread t: pending-verification", "delete file f: not reached"])
        #expect(report.end == .refused)
    }

    @Test func `a container that stays keeps the file of what is in it (cases 22, 53)`() async throws {
        let changed = try scene()
        let plan = try changed.plan(in: scratch)
        changed.service.change { $0.records[.init(kind: .run, id: "r")]?.lastActivity = "2026-11-20T00:30:00Z" }
        let report = try await changed.execute(plan)
        #expect(report.lines == ["delete thread t: changed-since-plan", "delete file f: changed-since-plan"])

        let other = try Scratch()
        var held = try scene(in: other)
        held.holds = [hold("matter", match(ids: ["t"]))]
        let kept = try await held.execute(plan, held.setting(plan))
        #expect(kept.lines == ["delete thread t: held-since-plan", "delete file f: held-since-plan"])
        #expect(changed.service.now.calls.isEmpty && held.service.now.calls.isEmpty)
    }

    @Test func `what is there and was not found by the scan may use the file all the same (case 37)`() async throws {
        let scene = try scene()
        let plan = try scene.plan(in: scratch)
        let report = try await scene.execute(plan, scene.setting(plan, unseen: ["t", "r", "s"]))
        #expect(report.lines == ["delete thread t: unknown", "delete file f: failed"])
        #expect(scene.service.now.calls.isEmpty)
        // Once it is gone indeed, nothing is left that could.
        scene.service.change { $0.records = $0.records.filter { $0.key == Self.file } }
        let next = try await scene.execute(plan)
        #expect(next.lines == ["delete thread t: already-absent", "delete file f: deleted-verified"])
    }
}
