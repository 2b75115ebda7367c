import Chronology
import Policies
import Records
import RuleSupport
import TestSupport
import Testing

@testable import Disposition

/// What of a plan still stands when it is executed: what has come to be since it was made takes out of it whatever it
/// reaches, before anything of that is called.
@Suite struct StandingTests {
    private let scratch: Scratch
    private let old = "2026-01-01"
    private let threads = policy("threads", match([.thread]), clock: lastActivity, atMost: "30d")
    /// Files go though something uses them, and are taken out of stores before.
    private let usedFiles = policy("files", match([.file]), atMost: "30d", whileUsed: .delete)

    init() throws { scratch = try Scratch() }

    /// A thread with a message and a run.
    private func thread(run status: String) -> Estate {
        var estate = Estate()
        estate.add(.thread, "t", created: old)
        estate.add(.message, "m", created: old, in: "t")
        estate.add(.run, "r", created: old, in: "t", status: status)
        return estate
    }

    /// A store with a file in it.
    private func store(_ metadata: [String: String] = [:]) -> Estate {
        var estate = Estate()
        estate.add(.file, "f", created: old)
        estate.add(.vectorStore, "v", created: old, status: "completed")
        estate.add(.vectorStoreFile, "v/f", created: old, in: "v", metadata, uses: [(.file, "f")])
        return estate
    }

    @Test func `what somebody does with work that the plan had stopped is seen, and keeps its whole thread (case 54)`()
        async throws
    {
        let scene = try Scene(thread(run: "in_progress"), [threads], in: scratch)
        let plan = try scene.plan(in: scratch)
        scene.service.change { $0.troubles = [.none, .denied, .denied, .denied] }
        #expect(try await scene.execute(plan).lines.first == "cancel run r: cancelled-verified")
        scene.service.change { $0.records[.init(kind: .run, id: "r")]?.lastActivity = "2026-11-20T01:00:05Z" }
        let next = try await scene.execute(plan)
        #expect(next.lines[1...] == ["delete message m: changed-since-plan", "delete thread t: changed-since-plan"])
        #expect(next.calls == 0)
    }

    @Test func `a conversation stays while nobody can tell whether its response is gone, in later runs too (case 57)`()
        async throws
    {
        var estate = Estate()
        estate.add(.conversation, "c", created: old)
        estate.add(.response, "p", created: old, in: "c", status: "completed")
        let rule = policy("answers", match([.conversation, .response]), atMost: "30d")
        let scene = try Scene(estate, [rule], in: scratch)
        let plan = try scene.plan(in: scratch)
        scene.service.change { $0.troubles = [.unreadable] }
        for _ in 0..<3 {
            let report = try await scene.execute(plan)
            #expect(report.lines == ["delete response p: pending-verification", "delete conversation c: failed"])
            scene.service.change { $0.unreadable = [.init(kind: .response, id: "p")] }
        }
        #expect(scene.service.now.calls.count == 1)
        scene.service.change { $0.unreadable = [] }
        let last = try await scene.execute(plan)
        #expect(last.lines.allSatisfy { $0.hasSuffix("deleted-verified") }, "\(last.lines)")
    }

    @Test func `a file that was taken out of a store that stays leaves those beside it as old as they were`()
        async throws
    {
        var estate = store()
        estate.add(.file, "g", created: old)
        estate.add(.vectorStoreFile, "v/g", created: old, in: "v", uses: [(.file, "g")])
        let rule = policy("files", match([.file]), clock: lastActivity, atMost: "30d", whileUsed: .delete)
        let scene = try Scene(estate, [rule], in: scratch)
        let plan = try scene.plan(in: scratch)
        var setting = scene.setting(plan)
        let service = scene.service
        setting.interruption = { service.now.calls.count == 1 ? .stopped : nil }
        #expect(try await scene.execute(plan, setting).calls == 1)
        let next = try await scene.execute(plan)
        #expect(next.counts == [.deletedVerified: 4] && next.calls == 3, "\(next.lines)")
    }

    @Test func `an entry that an exception covers by now is not taken out of its store, and its file stays (case 22)`()
        async throws
    {
        let entries = policy("entries", match([.vectorStoreFile], ["product": ["x"]]), atMost: "30d")
        var scene = try Scene(store(), [usedFiles, entries], in: scratch)
        scene.exceptions = [exception("pilot", ["entries"], match([.vectorStoreFile]))]
        let plan = try scene.plan(in: scratch)
        scene.estate.items[2].metadata = ["product": "x"]
        let report = try await scene.execute(plan)
        #expect(
            report.lines == ["detach vectorStoreFile v/f: changed-since-plan", "delete file f: changed-since-plan"])
        #expect(report.calls == 0)
    }

    @Test func `what is in another container by now is not what was planned`() async throws {
        var estate = Estate()
        estate.add(.response, "r", created: old, status: "completed")
        var scene = try Scene(estate, [policy("responses", match([.response]), atMost: "30d")], in: scratch)
        let plan = try scene.plan(in: scratch)
        scene.estate.items[0].container = "c"
        scene.estate.add(.conversation, "c", created: "2026-11-20T00:30:00Z", source: Scene.source)
        scene.service.change {
            $0.records[.init(kind: .conversation, id: "c")] = .init(created: "2026-11-20T00:30:00Z")
        }
        let report = try await scene.execute(plan)
        #expect(report.lines == ["delete response r: changed-since-plan"] && report.calls == 0)
    }

    @Test func `that time passes is no activity of a thread whose messages nobody reads`() async throws {
        var estate = Estate()
        estate.add(.thread, "t", created: old)
        estate.unread = KindSet([.message])
        let scene = try Scene(estate, [policy("threads", match([.thread]), atMost: "30d")], in: scratch)
        let report = try await scene.execute(scene.plan(in: scratch))
        #expect(report.lines == ["delete thread t: deleted-verified"])
    }

    @Test func `work that goes on again in a thread, and that the plan does not stop, keeps the thread (case 54)`()
        async throws
    {
        let scene = try Scene(thread(run: "completed"), [threads], in: scratch)
        let plan = try scene.plan(in: scratch)
        scene.service.change { $0.records[.init(kind: .run, id: "r")]?.status = "queued" }
        let report = try await scene.execute(plan)
        #expect(report.lines == ["delete message m: changed-since-plan", "delete thread t: changed-since-plan"])
        #expect(report.calls == 0)
    }

    @Test func `a file stays that is in a store by now, though it goes while it is used`() async throws {
        var estate = Estate()
        estate.add(.file, "f", created: old)
        var scene = try Scene(estate, [usedFiles], in: scratch)
        let plan = try scene.plan(in: scratch)
        // Both are as old as the file: nothing but that they are there speaks against it.
        for item in store().items where item.kind != .file {
            scene.estate.items.append(item)
            scene.estate.items[scene.estate.items.count - 1].source = Scene.source
            scene.service.change { [old] in
                $0.records[.init(kind: item.kind, id: item.id)] = .init(
                    container: item.container, created: old + "T00:00:00Z", status: item.status)
            }
        }
        let report = try await scene.execute(plan)
        #expect(report.lines == ["delete file f: changed-since-plan"] && report.calls == 0)
    }

    @Test func `a file stays with a user that goes by the rules, and not by this plan`() async throws {
        var estate = Estate()
        estate.add(.file, "f", created: old)
        var scene = try Scene(estate, [threads, policy("files", match([.file]), atMost: "30d")], in: scratch)
        let plan = try scene.plan(in: scratch)
        scene.estate.add(.thread, "t", created: old, source: Scene.source)
        scene.estate.add(.message, "m", created: old, in: "t", uses: [(.file, "f")], source: Scene.source)
        scene.service.change { [old] in
            $0.records[.init(kind: .thread, id: "t")] = .init(created: old + "T00:00:00Z")
            $0.records[.init(kind: .message, id: "m")] = .init(container: "t", created: old + "T00:00:00Z")
        }
        let report = try await scene.execute(plan)
        #expect(report.lines == ["delete file f: changed-since-plan"] && report.calls == 0)
    }

    @Test func `a file that stays because its user does is not even taken out of its store`() async throws {
        var estate = store()
        estate.add(.thread, "t", created: old)
        estate.add(.message, "m", created: old, in: "t", uses: [(.file, "f")])
        let scene = try Scene(estate, [threads, usedFiles], in: scratch)
        let plan = try scene.plan(in: scratch)
        let calls = Set(plan.actions.map { "\($0.verb) \($0.name.id)" })
        #expect(calls == ["detach v/f", "delete m", "delete t", "delete f"])
        scene.service.change { $0.records[.init(kind: .message, id: "m")]?.status = "incomplete" }
        let report = try await scene.execute(plan)
        #expect(report.lines.allSatisfy { $0.hasSuffix(": changed-since-plan") }, "\(report.lines)")
        #expect(report.calls == 0)
    }
}
