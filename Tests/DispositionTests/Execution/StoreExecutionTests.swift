import Chronology
import Records
import RuleSupport
import TestSupport
import Testing

@testable import Disposition

/// A vector store goes after the files that are taken out of it, each of which is an activity of the store.
@Suite struct StoreExecutionTests {
    private let scratch: Scratch
    private let scene: Scene
    private let plan: Plan
    private static let store = ModelService.Key(kind: .vectorStore, id: "v")

    init() throws {
        scratch = try Scratch()
        var estate = Estate()
        estate.add(.vectorStore, "v", created: "2026-01-01")
        for file in ["f", "g"] {
            estate.add(.file, file, created: "2026-01-01")
            estate.add(.vectorStoreFile, "v/\(file)", created: "2026-01-01", in: "v", uses: [(.file, file)])
        }
        let rule = policy("stores", match([.vectorStore]), clock: lastActivity, atMost: "30d")
        scene = try Scene(estate, [rule], in: scratch)
        plan = try scene.plan(in: scratch)
    }

    @Test func `what this run did to a store is no change of it`() async throws {
        let report = try await scene.execute(plan)
        #expect(
            report.lines == [
                "detach vectorStoreFile v/f: deleted-verified", "detach vectorStoreFile v/g: deleted-verified",
                "delete vectorStore v: deleted-verified",
            ])
    }

    @Test func `a store that somebody uses meanwhile stays, with what is in it still`() async throws {
        scene.service.before(call: 2) { $0.records[Self.store]?.lastActivity = "2026-11-20T01:00:03Z" }
        scene.service.change { $0.troubles = [.none, .none, .denied] }
        let late = try await scene.execute(plan)
        #expect(late.lines.last == "delete vectorStore v: changed-since-plan", "\(late.lines)")
        let second = try Scratch()
        let early = try Scene(scene.estate, scene.rules, in: second)
        early.service.before(look: 0) { $0.records[Self.store]?.lastActivity = "2026-11-20T00:59:00Z" }
        let report = try await early.execute(plan)
        #expect(report.lines.allSatisfy { $0.hasSuffix(": changed-since-plan") }, "\(report.lines)")
        #expect(early.service.now.calls.isEmpty)
    }

    @Test func `what somebody does to a store while a call fails, or is read back, is not taken for this run's`()
        async throws
    {
        scene.service.before(call: 0) { $0.records[Self.store]?.lastActivity = "2026-11-20T00:59:00Z" }
        scene.service.change { $0.troubles = [.unavailable] }
        let failed = try await scene.execute(plan)
        #expect(failed.lines.first == "detach vectorStoreFile v/f: failed")
        let next = try await scene.execute(plan)
        #expect(next.calls == 0 && next.lines.allSatisfy { $0.hasSuffix(": changed-since-plan") }, "\(next.lines)")
        let second = try Scratch()
        let scene = try Scene(scene.estate, scene.rules, in: second)
        // The store, the entry, the store behind the call, the entry.
        scene.service.before(look: 3) { $0.records[Self.store]?.lastActivity = "2026-11-20T01:00:03Z" }
        for _ in 0..<2 {
            let report = try await scene.execute(plan)
            #expect(
                report.lines[1...] == [
                    "detach vectorStoreFile v/g: changed-since-plan", "delete vectorStore v: changed-since-plan",
                ])
        }
        #expect(scene.service.now.calls.count == 1)
    }

    @Test func `a later run knows what an earlier one did to a store`() async throws {
        let byAge = try Scratch()
        let rule = policy("stores", match([.vectorStore]), atMost: "30d")
        let scene = try Scene(scene.estate, [rule], in: byAge)
        let plan = try scene.plan(in: byAge)
        var setting = scene.setting(plan)
        let service = scene.service
        setting.interruption = { service.now.calls.count == 1 ? .stopped : nil }
        let first = try await scene.execute(plan, setting)
        #expect(first.end == .stopped && first.calls == 1)
        #expect(try scene.history(plan).done == [0])
        let second = try await scene.execute(plan)
        #expect(second.counts == [.deletedVerified: 3] && second.calls == 2, "\(second.lines)")
    }
}
