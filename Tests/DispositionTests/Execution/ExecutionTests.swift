import AuditLog
import CanonicalJSON
import Chronology
import Policies
import Records
import RuleSupport
import TestSupport
import Testing

@testable import Disposition

/// A plan that is executed: exactly that is done, and nothing that the rules keep now.
@Suite struct ExecutionTests {
    private let scratch: Scratch
    private let old = "2026-01-01"

    init() throws { scratch = try Scratch() }

    private func scene(_ estate: Estate? = nil, limits: RetentionPolicy.Limits? = nil) throws -> Scene {
        var rule = policy("threads", match([.thread]), clock: lastActivity, atMost: "30d")
        rule.limits = limits
        return try Scene(estate ?? .twoThreads(), [rule], in: scratch)
    }

    @Test func `everything that stands is called once, in order, read back, and written down`() async throws {
        let scene = try scene()
        let plan = try scene.plan(in: scratch)
        let report = try await scene.execute(plan)
        #expect(
            report.lines == [
                "delete message t1.m1: deleted-verified", "delete message t1.m2: deleted-verified",
                "delete message t2.m1: deleted-verified", "delete message t2.m2: deleted-verified",
                "delete thread t1: deleted-verified", "delete thread t2: deleted-verified",
            ])
        #expect(report.end == .complete && report.calls == 6 && report.remaining == 0 && !report.hasWrongs)
        #expect(scene.service.now.records.isEmpty)
        // An action waits for the disk twice, before its call and after it, and a run once more at its end.
        #expect(report.synchronizations == 2 * 6 + 1)
        let entries = try scene.entries()
        #expect(
            entries.compactMap { $0["type"]?.text } == ["log.opened", "apply.started"]
                + (0..<6).flatMap { _ in ["deletion.intent", "deletion.outcome"] } + ["apply.ended"])
        #expect(report.checkpoint?.size == entries.count)
    }

    @Test func `a second run makes no call, and counts nothing twice (case 61)`() async throws {
        let scene = try scene()
        let plan = try scene.plan(in: scratch)
        let first = try await scene.execute(plan)
        let second = try await scene.execute(plan)
        #expect(second.calls == 0 && scene.service.now.calls.count == 6)
        #expect(second.counts == first.counts && second.counts == [.deletedVerified: 6])
        #expect(second.lines.allSatisfy { $0.hasSuffix("earlier deleted-verified") })
    }

    @Test func `a run that executes nothing calls nothing, and writes nothing (case 68)`() async throws {
        let scene = try scene()
        let plan = try scene.plan(in: scratch)
        let before = try scene.entries().count
        let report = try await scene.rehearse(plan)
        #expect(report.lines.allSatisfy { $0.hasSuffix("would") } && report.fates.count == 6)
        #expect(scene.service.now.calls.isEmpty && scene.service.now.looks == 6)
        #expect(try scene.entries().count == before && report.checkpoint == nil)
    }

    @Test func `a hold that was placed since takes what it reaches out of the plan (case 22)`() async throws {
        var scene = try scene()
        let plan = try scene.plan(in: scratch)
        scene.holds = [hold("matter", match(ids: ["t1.m2"]))]
        let report = try await scene.execute(plan)
        #expect(
            report.lines == [
                "delete message t1.m1: held-since-plan", "delete message t1.m2: held-since-plan",
                "delete message t2.m1: deleted-verified", "delete message t2.m2: deleted-verified",
                "delete thread t1: held-since-plan", "delete thread t2: deleted-verified",
            ])
        #expect(!report.hasWrongs && report.remaining == 0 && report.end == .complete)
        #expect(scene.service.now.records.keys.map(\.id).sorted() == ["t1", "t1.m1", "t1.m2", "t1.r"])
    }

    @Test func `a hold that is placed during the run protects what is not gone yet (case 22)`() async throws {
        var scene = try scene()
        let plan = try scene.plan(in: scratch)
        var setting = scene.setting(plan)
        let before = scene.policies
        scene.holds = [hold("matter", match(ids: ["t2"]))]
        let (after, service) = (scene.policies, scene.service)
        setting.documents = { service.now.calls.count < 3 ? before : after }
        let report = try await scene.execute(plan, setting)
        #expect(
            report.lines == [
                "delete message t1.m1: deleted-verified", "delete message t1.m2: deleted-verified",
                "delete message t2.m1: deleted-verified", "delete message t2.m2: held-since-plan",
                "delete thread t1: deleted-verified", "delete thread t2: held-since-plan",
            ])
        // The log says under which holds each was decided.
        let holds = try scene.entries().filter { $0["type"]?.text == "deletion.outcome" }
            .compactMap { $0["data"]?["holds"]?.text }
        #expect(Set(holds) == [before.holdsDigest, after.holdsDigest])
    }

    @Test func `a message that was added since leaves its thread, and all that is in it (case 53)`() async throws {
        var scene = try scene()
        let plan = try scene.plan(in: scratch)
        scene.estate.add(.message, "new", created: "2026-11-20T00:30:00Z", in: "t1", source: Scene.source)
        scene.service.change {
            $0.records[.init(kind: .message, id: "new")] = .init(container: "t1", created: "2026-11-20T00:30:00Z")
        }
        let report = try await scene.execute(plan)
        #expect(
            report.lines == [
                "delete message t1.m1: changed-since-plan", "delete message t1.m2: changed-since-plan",
                "delete message t2.m1: deleted-verified", "delete message t2.m2: deleted-verified",
                "delete thread t1: changed-since-plan", "delete thread t2: deleted-verified",
            ])
    }

    @Test func `a message that is added after the scan is seen by the last look (case 53)`() async throws {
        let scene = try scene()
        let plan = try scene.plan(in: scratch)
        scene.service.before(call: 3) {
            $0.records[.init(kind: .message, id: "new")] = .init(container: "t1", created: "2026-11-20T01:00:00Z")
        }
        let report = try await scene.execute(plan)
        #expect(report.lines[4...] == ["delete thread t1: changed-since-plan", "delete thread t2: deleted-verified"])
        #expect(scene.service.now.records.keys.contains { $0.id == "new" })
    }

    @Test func `what the plan does not name takes what it is in out of the plan, whatever its age`() async throws {
        var estate = Estate()
        estate.add(.conversation, "c", created: old)
        estate.add(.item, "i1", created: old, in: "c")
        let rule = policy("conversations", match([.conversation]), atMost: "30d")
        var scene = try Scene(estate, [rule], in: scratch)
        let plan = try scene.plan(in: scratch)
        scene.estate.add(.item, "i2", created: old, in: "c", source: Scene.source)
        scene.service.change { $0.records[.init(kind: .item, id: "i2")] = .init(container: "c") }
        let report = try await scene.execute(plan)
        #expect(report.lines == ["delete item i1: changed-since-plan", "delete conversation c: changed-since-plan"])
    }

    @Test func `what failed keeps what it is in, and the next run takes it up (case 69)`() async throws {
        let scene = try scene()
        let plan = try scene.plan(in: scratch)
        scene.service.change { $0.troubles = [.denied, .denied, .denied] }
        let report = try await scene.execute(plan)
        #expect(report.lines[0] == "delete message t1.m1: failed" && report.lines[4] == "delete thread t1: failed")
        #expect(report.hasWrongs && report.remaining == 2)
        #expect(scene.service.now.records.keys.map(\.id).sorted() == ["t1", "t1.m1", "t1.r"])
        let next = try await scene.execute(plan)
        #expect(next.counts == [.deletedVerified: 6] && next.calls == 2 && !next.hasWrongs)
    }

    @Test func `a new key of pseudonyms goes on where the old one stopped, and tokens say whose they are (case 73)`()
        async throws
    {
        let scene = try scene()
        let plan = try scene.plan(in: scratch)
        scene.service.change { $0.troubles = [.none, .refused] }
        let keys = try [8, 9].map { try PseudonymKey([UInt8](repeating: $0, count: 32)) }
        #expect(try await scene.execute(plan, pseudonyms: keys[0]).end == .refused)
        scene.service.change { $0.isRefused = false }
        let second = try await scene.execute(plan, pseudonyms: keys[1])
        #expect(second.counts == [.deletedVerified: 6] && second.calls == 5)
        let log = try scratch.text("log/audit-000000000000.jsonl")
        #expect(Set(log.matches(of: /hmac-sha256:([0-9a-f]{8}):/).map { String($0.output.1) }) == Set(keys.map(\.id)))
    }

    @Test func `a credential that is refused on the way stops the run, and the next one goes on (case 59)`()
        async throws
    {
        let scene = try scene()
        let plan = try scene.plan(in: scratch)
        scene.service.change { $0.troubles = [.none, .refused] }
        let report = try await scene.execute(plan)
        #expect(report.end == .refused && report.calls == 2 && report.hasWrongs)
        #expect(report.lines[2...].allSatisfy { $0.hasSuffix("not reached") } && report.remaining == 5)
        scene.service.change { $0.isRefused = false }
        let next = try await scene.execute(plan)
        #expect(next.counts == [.deletedVerified: 6] && next.calls == 5)
    }

    @Test func `a service that answers no more ends the run, and the next one goes on (case 59)`() async throws {
        let scene = try scene()
        let plan = try scene.plan(in: scratch)
        scene.service.before(call: 1) { $0.isSilent = true }
        scene.service.change { $0.troubles = [.none, .unavailable] }
        let report = try await scene.execute(plan)
        #expect(report.end == .silent && report.calls == 2, "\(report.lines)")
        #expect(report.lines[2...].allSatisfy { $0.hasSuffix("not reached") })
        scene.service.change { $0.isSilent = false }
        #expect(try await scene.execute(plan).counts == [.deletedVerified: 6])
    }

    @Test func `a credential that is refused while an earlier run is settled is asked no further (case 59)`()
        async throws
    {
        let scene = try scene()
        let plan = try scene.plan(in: scratch)
        scene.service.change { $0.troubles = [.unreadable, .unreadable] }
        let first = try await scene.execute(plan)
        #expect(first.counts[.pendingVerification] == 2)
        let looks = scene.service.now.looks
        scene.service.before(look: looks) { $0.isRefused = true }
        let report = try await scene.execute(plan)
        #expect(report.end == .refused && report.calls == 0 && scene.service.now.looks == looks + 1)
        var setting = scene.setting(plan)
        setting.interruption = { .stopped }
        scene.service.change { $0.isRefused = false }
        let stopped = try await scene.execute(plan, setting)
        #expect(stopped.end == .stopped && scene.service.now.looks == looks + 1)
    }

    @Test func `what the scan does not find is looked at before it is called absent (case 55)`() async throws {
        let scene = try scene()
        let plan = try scene.plan(in: scratch)
        scene.service.change { $0.records[.init(kind: .message, id: "t1.m1")] = nil }
        let report = try await scene.execute(plan)
        #expect(report.lines[0] == "delete message t1.m1: already-absent" && report.counts[.deletedVerified] == 5)
        let second = try Scratch()
        let blind = try Scene(.twoThreads(), scene.rules, in: second)
        let other = try await blind.execute(plan, blind.setting(plan, unseen: ["t1.m1"]))
        #expect(other.lines[0] == "delete message t1.m1: unknown" && other.hasWrongs)
        #expect(blind.service.now.calls.allSatisfy { $0.key.id != "t1.m1" && $0.key.id != "t1" })
    }

    @Test func `work is stopped before its thread goes, which is no change of it (case 54)`() async throws {
        var estate = Estate()
        estate.add(.thread, "t", created: old)
        estate.add(.message, "m", created: old, in: "t")
        estate.add(.run, "r", created: old, in: "t", status: "in_progress")
        let scene = try scene(estate)
        let plan = try scene.plan(in: scratch)
        let report = try await scene.execute(plan)
        #expect(
            report.lines == [
                "cancel run r: cancelled-verified", "delete message m: deleted-verified",
                "delete thread t: deleted-verified",
            ])
        let second = try Scratch()
        let late = try Scene(estate, scene.rules, in: second)
        late.service.before(call: 1) {
            $0.records[.init(kind: .message, id: "new")] = .init(container: "t", created: "2026-11-20T01:00:02Z")
        }
        let other = try await late.execute(plan)
        #expect(other.lines.last == "delete thread t: changed-since-plan")
    }

    @Test func `a thread that changed is not even stopped at work (cases 53, 54)`() async throws {
        var estate = Estate()
        estate.add(.thread, "t", created: old)
        estate.add(.run, "r", created: old, in: "t", status: "in_progress")
        let scene = try scene(estate)
        let plan = try scene.plan(in: scratch)
        scene.service.before(look: 0) {
            $0.records[.init(kind: .message, id: "new")] = .init(container: "t", created: "2026-11-20T01:00:00Z")
        }
        let report = try await scene.execute(plan)
        #expect(report.lines == ["cancel run r: changed-since-plan", "delete thread t: changed-since-plan"])
        #expect(scene.service.now.calls.isEmpty)
    }

    @Test func `a file that something uses since stays`() async throws {
        var estate = Estate()
        estate.add(.file, "f", created: old)
        estate.add(.thread, "t", created: "2026-11-19")
        let rule = policy("files", match([.file]), atMost: "30d")
        var scene = try Scene(estate, [rule], in: scratch)
        let plan = try scene.plan(in: scratch)
        scene.estate.add(
            .message, "m", created: "2026-11-20T00:30:00Z", in: "t", uses: [(.file, "f")], source: Scene.source)
        scene.service.change {
            $0.records[.init(kind: .message, id: "m")] = .init(container: "t", created: "2026-11-20T00:30:00Z")
        }
        let report = try await scene.execute(plan)
        #expect(report.lines == ["delete file f: changed-since-plan"])
    }

    @Test func `a file is not called while what uses it is not gone`() async throws {
        var estate = Estate()
        estate.add(.file, "f", created: old)
        estate.add(.thread, "t", created: old)
        estate.add(.message, "m", created: old, in: "t", uses: [(.file, "f")])
        let rule = policy("all", match([.file, .thread]), atMost: "30d")
        let scene = try Scene(estate, [rule], in: scratch)
        let plan = try scene.plan(in: scratch)
        scene.service.change { $0.troubles = [.denied, .denied, .denied] }
        let report = try await scene.execute(plan)
        #expect(report.lines.allSatisfy { $0.hasSuffix(": failed") } && report.calls == 3)
    }

    @Test func `a run is stopped between actions, and the next one goes on`() async throws {
        let scene = try scene()
        let plan = try scene.plan(in: scratch)
        for end in [ExecutionReport.End.stopped, .outOfTime] {
            var setting = scene.setting(plan)
            let service = scene.service
            let already = service.now.calls.count
            setting.interruption = { service.now.calls.count >= already + 2 ? end : nil }
            let report = try await scene.execute(plan, setting)
            #expect(report.end == end && report.calls == 2)
        }
        let last = try await scene.execute(plan)
        #expect(last.end == .complete && last.counts == [.deletedVerified: 6] && last.calls == 2)
        #expect(
            try scene.entries().filter { $0["type"]?.text == "apply.ended" }.compactMap { $0["data"]?["reason"]?.text }
                == ["stopped", "out-of-time", "complete"])
    }

    @Test func `no entry holds an id, and every intent has its outcome`() async throws {
        let scene = try scene()
        let plan = try scene.plan(in: scratch)
        _ = try await scene.execute(plan)
        let journal = try scratch.text("log/audit-000000000000.jsonl")
        for id in ["t1", "t2", "m1", "ann"] { #expect(!journal.contains("\"\(id)")) }
        #expect(journal.contains("hmac-sha256:"))
        #expect(try scene.history(plan).begun.isEmpty)
    }
}
