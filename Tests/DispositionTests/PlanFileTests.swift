import Chronology
import Evaluation
import Files
import Policies
import Records
import RuleSupport
import TestSupport
import Testing

@testable import Disposition

/// A plan in its file: what was drafted is what is read back, and whatever else stands there is no plan.
@Suite struct PlanFileTests {
    private let scratch: Scratch
    private static let binding = PlanBinding(
        toolVersion: "1.2.3", requester: "ann", asOf: asOf, expires: moment("2026-11-21"), policies: "p", holds: "h",
        scan: "s",
        places: [
            .init(name: "export", type: "export", address: nil),
            .init(name: "prod", type: "openai", address: "https://api.openai.com/v1", account: "4f1d"),
        ])

    init() throws { scratch = try Scratch() }

    private func result() -> ScanResult {
        var estate = Estate()
        estate.add(.file, "f\"1\u{7}é😀", created: "2026-01-01")
        estate.add(.thread, "t", created: "2026-01-01")
        estate.add(.message, "m", created: "2026-01-02", in: "t", uses: [(.file, "f\"1\u{7}é😀")])
        estate.add(.run, "r", created: "2026-01-02", in: "t", status: "in_progress")
        estate.add(.thread, "held", created: "2026-01-01")
        var rule = policy("all", match([.thread, .file]), atMost: "30d")
        rule.limits = .init(records: 500, percent: nil, perSubject: 9)
        rule.approvals = .init(count: 2, from: ["zoe", "bob"])
        var idle = policy("idle", match([.vectorStore]), atMost: "30d")
        idle.approvals = .init(count: 9, from: [])
        return scan(estate, [rule, idle], holds: [hold("matter", match(ids: ["held"]))])
    }

    private func written(_ result: ScanResult) throws -> String {
        _ = try PlanWriter(plan(result), Self.binding).write(to: scratch.path("plan.json"))
        return "plan.json"
    }

    @Test(arguments: [511, 512, 513, 3_000])
    func `a plan that several threads spell keeps its order, and is the same bytes each time`(count: Int) throws {
        var estate = Estate()
        for index in 0..<count { estate.add(.file, "f\(index)", created: "2026-01-01") }
        for index in 0..<count { estate.add(.thread, "held\(index)", created: "2026-01-01") }
        let result = scan(
            estate, [policy("all", match([.file, .thread]), atMost: "30d")], holds: [hold("m", match([.thread]))])
        let draft = try plan(result)
        let digests = try (0..<3).map { try PlanWriter(draft, Self.binding).write(to: scratch.path("\($0).json")) }
        #expect(Set(digests).count == 1)
        let read = try Plan(path: scratch.path("2.json"))
        #expect(read.digest == digests[0])
        #expect(read.actions.map(\.name.id) == draft.actions.map { result.inventory.id($0.row) })
        #expect(read.staying.map(\.name.id) == draft.staying.map { result.inventory.id($0.row) })
        #expect(read.staying.count == count)
    }

    @Test func `what is drafted is what is read back`() throws {
        let result = result()
        let draft = try plan(result)
        let path = scratch.path("plan.json")
        let digest = try PlanWriter(draft, Self.binding).write(to: path)
        let read = try Plan(path: path)
        #expect(read.digest == digest && digest.utf8.count == 64)
        #expect(read.binding == Self.binding)
        #expect(read.actions.map(\.name.id) == draft.actions.map { result.inventory.id($0.row) })
        #expect(read.actions.map(\.verb) == [.cancel, .delete, .delete, .delete])
        #expect(read.actions[0].toClear == Plan.Name(kind: .thread, id: "t"))
        #expect(read.actions[1].partOf == Plan.Name(kind: .thread, id: "t"))
        #expect(read.actions[2].because == [Plan.Reason(policy: "all", rule: "atMost", state: "overdue")])
        #expect(read.actions[2].along == [Plan.Name(kind: .run, id: "r")])
        #expect(read.actions[1].facts.created == "2026-01-02T00:00:00Z" && read.actions[1].facts.container == "t")
        #expect(read.actions[0].facts.status == "in_progress")
        #expect(
            read.staying == [Plan.Staying(source: "export", name: .init(kind: .thread, id: "held"), reasons: [.kept])])
        #expect(
            read.limits.map(\.records) == [4, 0] && read.limits.map(\.mostRecords) == [500, nil] && !read.exceedsLimits)
        #expect(read.limits.map(\.perSubject) == [4, 0] && read.limits.map(\.mostPerSubject) == [9, nil])
    }

    @Test func `a plan says whose approval is asked for by the policies because of which something goes`() throws {
        let path = scratch.path("plan.json")
        _ = try PlanWriter(plan(result()), Self.binding).write(to: path)
        let demands = try Plan(path: path).demands
        #expect(demands == [Plan.Demand(policy: "all", approvals: .init(count: 2, from: ["bob", "zoe"]))])
    }

    @Test func `a plan of thousands is read in pieces, and is what was drafted`() throws {
        var estate = Estate()
        for number in 0..<3000 {
            estate.add(.thread, "t\(number)", created: "2026-01-01")
            estate.add(.message, "m\"}],\(number)", created: "2026-01-02", in: "t\(number)")
            estate.add(.run, "r\(number)", created: "2026-01-02", in: "t\(number)", status: "completed")
            if number % 3 == 0 { estate.add(.batch, "b\(number)", created: "2026-01-01") }
        }
        let result = scan(estate, [policy("all", match([.thread, .batch]), atMost: "30d")])
        let draft = try plan(result)
        let path = scratch.path("large.json")
        let digest = try PlanWriter(draft, Self.binding).write(to: path)
        let read = try Plan(path: path)
        #expect(read.actions.count == 6000 && read.staying.count == 1000)
        #expect(read.actions.map(\.name.id) == draft.actions.map { result.inventory.id($0.row) })
        #expect(read.actions.map { $0.along.map(\.id) } == draft.actions.map { $0.along.map(result.inventory.id) })
        let head = draft.head(Self.binding, digest: digest)
        #expect(head.calls == read.head.calls && head.staying == read.head.staying && head.along == 3000)
        #expect(head.limits == read.limits && head.demands == read.demands && head.taken == read.head.taken)
        #expect(head.calls[.init(source: "export", verb: .delete, kind: .message)] == 3000)
    }

    @Test func `the same draft makes the same bytes, which only their owner can read`() throws {
        let first = try scratch.bytes(written(result()))
        #expect(try first == scratch.bytes(written(result())))
        #expect(Files.isPrivate(scratch.path("plan.json")))
    }

    @Test func `a changed byte voids a plan, wherever it stands`() throws {
        let bytes = try [UInt8](scratch.bytes(written(result())))
        #expect(throws: Never.self) { try Plan(bytes, "plan.json") }
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= 1
            #expect(throws: PlanError.self, "\(place)") { try Plan(changed, "plan.json") }
        }
    }

    @Test func `a plan that was cut off is none, wherever it was cut`() throws {
        let bytes = try [UInt8](scratch.bytes(written(result())))
        for count in 0..<bytes.count {
            #expect(throws: PlanError.self, "\(count)") { try Plan(Array(bytes[..<count]), "plan.json") }
        }
    }

    @Test(arguments: [
        ("", "no plan"), ("{}", "no plan"), (#"{"plan":{},"sha256":"00"}"#, "no plan"), ("\u{FEFF}", "no plan"),
    ])
    func `anything else is no plan`(text: String, reason: String) {
        let error = #expect(throws: PlanError.self) { try Plan(Array(text.utf8), "x.json") }
        #expect(error?.description.contains("x.json") == true && error?.description.contains(reason) == true)
    }

    @Test func `gates are closed by limits, by the register, and by copies`() throws {
        func gates(_ policies: PolicySet, percent: Int?, at now: Moment = asOf) throws -> [Gate] {
            var estate = Estate()
            estate.add(.thread, "t", created: "2026-01-01")
            var rule = policy("all", match([.thread]), atMost: "30d")
            rule.limits = .init(records: nil, percent: percent)
            let path = scratch.path("gated.json")
            _ = try PlanWriter(plan(scan(estate, [rule])), Self.binding).write(to: path)
            return try Plan(path: path).closedGates(policies, at: now)
        }
        var policies = PolicySet()
        let copy = Gate.copy(place: "export")
        #expect(try gates(policies, percent: nil) == [.noRegister, copy])
        policies.register = HoldRegister(
            name: "holds", asOf: asOf, freshUntil: moment("2026-11-25"), holds: [], location: place)
        #expect(try gates(policies, percent: 100) == [copy])
        #expect(
            try gates(policies, percent: 100, at: moment("2026-11-25")) == [
                .staleRegister(name: "holds", since: moment("2026-11-25")), copy,
            ])
        let closed = try gates(policies, percent: 99)
        #expect(closed.count == 2 && closed[0].isSafetyStop && !copy.isSafetyStop)
        #expect(closed[0].description.contains("1 of 1 matched, at most 99 %"))
    }
}
