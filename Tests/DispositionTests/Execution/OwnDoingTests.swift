import Policies
import Records
import RuleSupport
import TestSupport
import Testing

@testable import Disposition

/// A plan that is taken up again behind a call of its own, which made something younger.
@Suite struct OwnDoingTests {
    private let old = "2026-01-01"

    @Test func `a run that breaks off behind stopped work makes neither its thread nor a file of it younger (case 54)`()
        async throws
    {
        var estate = Estate()
        estate.add(.thread, "t", created: old)
        estate.add(.message, "m", created: old, in: "t", uses: [(.file, "f")])
        estate.add(.file, "f", created: old)
        estate.add(.run, "r", created: old, in: "t", status: "in_progress")
        let added = ModelService.Record(container: "t", created: "2026-11-20T01:00:02Z")
        for (isUsed, holds) in [(false, [LegalHold]()), (true, []), (false, [hold("matter", match(ids: ["m"]))])] {
            let scratch = try Scratch()
            let rules = [
                policy("threads", match([.thread]), clock: lastActivity, atLeast: "29d", atMost: "30d"),
                policy("files", match([.file]), clock: lastActivity, atMost: "40d"),
            ]
            var scene = try Scene(estate, rules, in: scratch)
            let plan = try scene.plan(in: scratch)
            scene.service.change { $0.troubles = [.none, .denied, .denied, .denied, .denied] }
            let first = try await scene.execute(plan)
            #expect(
                first.lines[1...] == [
                    "delete message m: failed", "delete thread t: failed", "delete file f: failed",
                ])
            if isUsed {
                scene.service.change { $0.records[.init(kind: .message, id: "new")] = added }
                scene.estate.add(.message, "new", created: "2026-11-20T01:00:02Z", in: "t")
                scene.estate.items[scene.estate.items.count - 1].source = Scene.source
            }
            scene.holds = holds
            let next = try await scene.execute(plan)
            let word = isUsed ? "changed-since-plan" : holds.isEmpty ? "deleted-verified" : "held-since-plan"
            #expect(
                next.lines == [
                    "cancel run r: earlier cancelled-verified", "delete message m: \(word)", "delete thread t: \(word)",
                    "delete file f: \(word)",
                ])
        }
    }

    @Test func `what no rule of the plan asks for any more stays, though the plan itself did something with it last`()
        async throws
    {
        var estate = Estate()
        estate.add(.thread, "t", created: old, ["tenant": "a"])
        estate.add(.message, "m", created: old, in: "t")
        estate.add(.run, "r", created: old, in: "t", status: "in_progress")
        let rule = policy("threads", match([.thread], ["tenant": ["a"]]), clock: lastActivity, atMost: "30d")
        for tenant in ["a", "b"] {
            let scratch = try Scratch()
            var scene = try Scene(estate, [rule], in: scratch)
            let plan = try scene.plan(in: scratch)
            scene.service.change { $0.troubles = [.none, .denied, .denied, .denied] }
            #expect(try await scene.execute(plan).lines.first == "cancel run r: cancelled-verified")
            scene.estate.items[0].metadata = ["tenant": tenant]
            let next = try await scene.execute(plan)
            let word = tenant == "a" ? "deleted-verified" : "changed-since-plan"
            #expect(next.lines[1...] == ["delete message m: \(word)", "delete thread t: \(word)"])
        }
    }

    @Test func `work that ended by itself, and nobody knows it, hides nothing that was said before its end (case 54)`()
        async throws
    {
        var estate = Estate()
        estate.add(.thread, "t", created: old)
        estate.add(.run, "r", created: old, in: "t", status: "in_progress")
        for isSaid in [false, true] {
            let scratch = try Scratch()
            var scene = try Scene(
                estate, [policy("threads", match([.thread]), clock: lastActivity, atMost: "30d")], in: scratch)
            let plan = try scene.plan(in: scratch)
            let run = ModelService.Key(kind: .run, id: "r")
            scene.service.before(call: 0) { _ = $0.unreadable.insert(run) }
            scene.service.change { $0.troubles = [.lostBefore] }
            #expect(try await scene.execute(plan).lines == ["cancel run r: unknown", "delete thread t: failed"])
            scene.service.change {
                $0.records[run]?.status = "completed"
                $0.records[run]?.lastActivity = "2026-11-20T01:00:05Z"
                let answer = ModelService.Record(container: "t", created: "2026-11-20T01:00:04Z")
                if isSaid { $0.records[.init(kind: .message, id: "new")] = answer }
            }
            if isSaid {
                scene.estate.add(.message, "new", created: "2026-11-20T01:00:04Z", in: "t", source: Scene.source)
            }
            let word = isSaid ? "changed-since-plan" : "deleted-verified"
            #expect(
                try await scene.execute(plan).lines == ["cancel run r: cancelled-verified", "delete thread t: \(word)"])
        }
    }
}
