import Evaluation
import Policies
import ProviderFacts
import Records
import RuleSupport
import Testing

@testable import Disposition

extension DraftPlan {
    /// The calls as lines, with what goes along.
    var lines: [String] {
        actions.map { action in
            let along = action.along.map(name).joined(separator: " ")
            return "\(action.verb) \(name(action.row))" + (along.isEmpty ? "" : " with \(along)")
        }
    }

    /// What stays, with why.
    var left: [String] {
        staying.map { "\(name($0.row)): \($0.reasons.map(\.rawValue).joined(separator: " "))" }
    }

    func name(_ row: Int) -> String { "\(result.inventory.kinds[row]) \(result.inventory.id(row))" }
}

/// The plan for what a run lets go, where every source is OpenAI's unless it is named otherwise.
func plan(_ result: ScanResult) throws -> DraftPlan {
    let graph = try DeletionGraph.openAI()
    return DeletionPlanner(result) { $0 == "elsewhere" ? nil : graph }.plan()
}

@Suite struct PlanTests {
    private let threads = policy("threads", match([.thread]), atMost: "30d")
    private let files = policy("files", match([.file]), atMost: "30d")
    private let old = "2026-01-01"

    @Test func `where messages cannot be deleted, they go with their thread or stay`() throws {
        var estate = Estate()
        estate.add(.thread, "t", created: old)
        estate.add(.message, "m", created: old, in: "t")
        estate.add(.thread, "young", created: "2026-11-19")
        estate.add(.message, "due", created: old, in: "young")
        let messages = policy("messages", match([.message]), atMost: "30d")
        let graph = try DeletionGraph.graph(ofType: "azure-openai", version: "2025-04-01-preview")
        let plan = DeletionPlanner(scan(estate, [threads, messages])) { _ in graph }.plan()
        #expect(plan.lines == ["delete thread t with message m"])
        #expect(plan.left == ["message due: no-call"])
    }

    @Test func `a thread's messages have calls of their own, its runs and steps go along (case 32)`() throws {
        var estate = Estate()
        estate.add(.thread, "t", created: old)
        estate.add(.message, "m2", created: old, in: "t")
        estate.add(.message, "m1", created: old, in: "t")
        estate.add(.run, "r", created: old, in: "t", status: "completed")
        estate.add(.runStep, "s", created: old, in: "r")
        let plan = try plan(scan(estate, [threads]))
        #expect(plan.lines == ["delete message m1", "delete message m2", "delete thread t with run r runStep s"])
        #expect(plan.actions[0].cause == .partOf(row: plan.result.row("t")))
        #expect(plan.actions[2].cause == .due)
        #expect(plan.left.isEmpty)
    }

    @Test(arguments: ["queued", "in_progress", "requires_action"])
    func `a run that is at work is stopped before anything of its thread goes (case 54)`(status: String) throws {
        var estate = Estate()
        estate.add(.thread, "t", created: old)
        estate.add(.message, "m", created: old, in: "t")
        estate.add(.run, "r", created: old, in: "t", status: status)
        let plan = try plan(scan(estate, [threads]))
        #expect(plan.lines == ["cancel run r", "delete message m", "delete thread t with run r"])
        #expect(plan.actions[0].cause == .clears(row: plan.result.row("t")))
    }

    @Test func `a policy that waits for work to end says so in its condition (case 54)`() throws {
        var estate = Estate()
        for (thread, status) in [("busy", "in_progress"), ("idle", "completed")] {
            estate.add(.thread, thread, created: old)
            estate.add(.run, "run-\(thread)", created: old, in: thread, status: status)
        }
        let isAtWork = #"object.contains.exists(r, r.kind == "run" && r.status in ["queued", "in_progress"])"#
        let waiting = policy("waiting", match([.thread], where: "!\(isAtWork)"), atMost: "30d")
        #expect(try plan(scan(estate, [waiting])).lines == ["delete thread idle with run run-idle"])
    }

    @Test func `items go before their conversation, which does not take them along (case 32)`() throws {
        var estate = Estate()
        estate.add(.conversation, "c", created: old)
        estate.add(.item, "i", created: old, in: "c")
        let plan = try plan(scan(estate, [policy("p", match([.conversation]), atMost: "30d")]))
        #expect(plan.lines == ["delete item i", "delete conversation c"])
    }

    @Test func `files in a container go along with it`() throws {
        var estate = Estate()
        estate.add(.container, "c", created: old)
        estate.add(.containerFile, "c/f", created: old, in: "c")
        let plan = try plan(scan(estate, [policy("p", match([.container]), atMost: "30d")]))
        #expect(plan.lines == ["delete container c with containerFile c/f"])
    }

    @Test func `what uses a file goes before the file, which departs with it (case 33)`() throws {
        var estate = Estate()
        estate.add(.file, "f", created: old)
        estate.add(.thread, "t", created: old)
        estate.add(.message, "m", created: old, in: "t", uses: [(.file, "f")])
        estate.add(.vectorStore, "v", created: old)
        estate.add(.vectorStoreFile, "v/f", created: old, in: "v", uses: [(.file, "f")])
        let stores = policy("stores", match([.vectorStore]), atMost: "30d")
        #expect(
            try plan(scan(estate, [threads, files, stores])).lines == [
                "delete message m", "delete thread t", "detach vectorStoreFile v/f", "delete vectorStore v",
                "delete file f",
            ])
        let used = try plan(scan(estate, [threads, files]))
        #expect(used.lines == ["delete message m", "delete thread t"])
        #expect(used.left == ["file f: verdict"])
    }

    @Test func `a file goes after the container that its last user goes along with (case 33)`() throws {
        var estate = Estate()
        estate.add(.file, "f", created: old)
        estate.add(.file, "g", created: old)
        estate.add(.thread, "t", created: old)
        estate.add(.message, "m", created: old, in: "t", uses: [(.file, "f")])
        estate.add(.run, "r", created: old, in: "t", status: "completed")
        estate.add(.runStep, "s", created: old, in: "r", uses: [(.file, "g")])
        let result = scan(estate, [threads, files])
        #expect(
            try plan(result).lines == [
                "delete message m", "delete thread t with run r runStep s", "delete file f", "delete file g",
            ])
        let graph = try DeletionGraph.graph(ofType: "azure-openai", version: "2025-04-01-preview")
        #expect(
            DeletionPlanner(result) { _ in graph }.plan().lines == [
                "delete thread t with message m run r runStep s", "delete file f", "delete file g",
            ])
    }

    @Test func `a file that goes while a store keeps its entry is taken out of the store first (case 33)`() throws {
        var estate = Estate()
        estate.add(.file, "f", created: old)
        estate.add(.vectorStore, "v", created: old)
        estate.add(.vectorStoreFile, "v/f", created: old, in: "v", uses: [(.file, "f")])
        let plan = try plan(scan(estate, [policy("files", match([.file]), atMost: "30d", whileUsed: .delete)]))
        #expect(plan.lines == ["detach vectorStoreFile v/f", "delete file f"])
        #expect(plan.actions[0].cause == .clears(row: plan.result.row("f")))
    }

    @Test func `a file stays while the entry that would have to be taken out is excepted`() throws {
        var estate = Estate()
        estate.add(.file, "f", created: old)
        estate.add(.vectorStore, "v", created: "2026-11-19")
        estate.add(.vectorStoreFile, "v/f", created: old, in: "v", uses: [(.file, "f")])
        let rules = [
            policy("files", match([.file]), atMost: "30d", whileUsed: .delete),
            policy("entries", match([.vectorStoreFile]), atMost: "30d"),
        ]
        let pilot = exception("pilot", ["entries"], match([.vectorStoreFile]))
        let plan = try plan(scan(estate, rules, exceptions: [pilot]))
        #expect(plan.lines.isEmpty)
        #expect(plan.left == ["file f: verdict", "vectorStoreFile v/f: verdict"])
    }

    @Test func `the newest response goes first (case 41)`() throws {
        var estate = Estate()
        for (id, day) in [("a", "2026-01-02"), ("b", "2026-01-03"), ("c", "2026-01-01")] {
            estate.add(.response, id, created: day)
        }
        let plan = try plan(scan(estate, [policy("p", match([.response]), atMost: "30d")]))
        #expect(plan.lines == ["delete response b", "delete response a", "delete response c"])
    }

    @Test func `what the provider cannot delete stays, and says so`() throws {
        var estate = Estate()
        estate.add(.batch, "b", created: old)
        estate.add(.thread, "t", created: "2026-11-01")
        estate.add(.run, "r", created: old, in: "t")
        let rules = [policy("batches", match([.batch]), atMost: "30d"), policy("runs", match([.run]), atMost: "1d")]
        let plan = try plan(scan(estate, rules))
        #expect(plan.lines.isEmpty)
        #expect(plan.left == ["run r: no-call", "batch b: no-call"])
    }

    @Test func `a source of which nobody knows how it deletes loses nothing`() throws {
        var estate = Estate()
        estate.add(.thread, "t", created: old, source: "elsewhere")
        let plan = try plan(scan(estate, [threads]))
        #expect(plan.actions.isEmpty && plan.left == ["thread t: no-provider"])
    }

    @Test func `what stays says what stands against it`() throws {
        var estate = Estate()
        for id in ["held", "excepted", "reviewed", "going"] {
            estate.add(.thread, id, created: old, ["project": id == "reviewed" ? "slow" : "fast"])
        }
        estate.add(.thread, "undated", reading: .missing, ["project": "fast"])
        let rules = [
            policy("fast", match([.thread], ["project": ["fast"]]), atMost: "30d"),
            policy("slow", match([.thread], ["project": ["slow"]]), atMost: "30d", whenDue: .review),
        ]
        let plan = try plan(
            scan(
                estate, rules, holds: [hold("matter", match([.thread], ids: ["held"]))],
                exceptions: [exception("pilot", ["fast"], match([.thread], ids: ["excepted"]))]))
        #expect(plan.lines == ["delete thread going"])
        #expect(
            plan.left == [
                "thread excepted: verdict", "thread held: kept", "thread reviewed: not-asked",
                "thread undated: verdict",
            ])
    }

    @Test func `cascades count toward a limit of records, and the percentage is of what the policy matches`() throws {
        var estate = Estate()
        for number in 0..<10 { estate.add(.thread, "t\(number)", created: number == 0 ? old : "2026-11-19") }
        for number in 0..<4 { estate.add(.message, "m\(number)", created: old, in: "t0") }
        func limits(_ records: Int?, _ percent: Int?) throws -> PlannedLimit {
            var rule = threads
            rule.limits = .init(records: records, percent: percent)
            return try #require(try plan(scan(estate, [rule])).limits.first)
        }
        let limit = try limits(5, 10)
        #expect(limit.matched == 10 && limit.asked == 1 && limit.records == 5 && !limit.isExceeded)
        #expect(try limits(4, nil).isExceeded)
        #expect(try limits(nil, 9).isExceeded)
        #expect(try !limits(nil, nil).isExceeded)
        #expect(try !limits(nil, 100).isExceeded)
    }

    @Test func `a limit by subject counts what goes of each, and what names none as one subject's (case 64)`() throws {
        var estate = Estate()
        for (number, person) in ["eve", "eve", "ann", "bob"].enumerated() {
            estate.add(.thread, "t\(number)", created: old, ["subject": person])
            estate.add(.message, "m\(number)", created: old, in: "t\(number)")
        }
        estate.add(.thread, "young", created: "2026-11-19", ["subject": "ann"])
        func counted(_ most: Int?) throws -> PlannedLimit {
            var rule = threads
            rule.limits = .init(records: nil, percent: nil, perSubject: most)
            return try #require(try plan(scan(estate, [rule])).limits.first)
        }
        let limit = try counted(4)
        #expect(limit.records == 8 && limit.perSubject == 4 && !limit.isExceeded)
        #expect(try counted(3).isExceeded)
        #expect(try counted(nil).perSubject == 0 && !counted(nil).isExceeded)
        for number in 4..<9 { estate.add(.thread, "t\(number)", created: old) }
        #expect(try counted(5).perSubject == 5)
        #expect(try counted(4).isExceeded)
    }

    @Test func `what one subject loses to two policies counts under each, once (case 64)`() throws {
        var estate = Estate()
        estate.add(.thread, "t", created: old, ["subject": "eve"])
        estate.add(.message, "m", created: old, in: "t")
        var rules = [policy("threads", match([.thread]), atMost: "30d"), policy("all", match(), atMost: "60d")]
        for index in rules.indices { rules[index].limits = .init(records: nil, percent: nil, perSubject: index + 1) }
        let limits = try plan(scan(estate, rules)).limits
        #expect(limits.map(\.perSubject) == [2, 2] && limits.map(\.isExceeded) == [true, false])
    }

    @Test func `a file that goes because of two policies counts under both`() throws {
        var estate = Estate()
        estate.add(.file, "f", created: old)
        let plan = try plan(scan(estate, [files, policy("more", match(), atMost: "60d")]))
        #expect(plan.limits.map(\.records) == [1, 1] && !plan.exceedsLimits)
    }
}
