import Foundation
import TestSupport
import Testing

/// `tenure plan`: what may go now, written down and shown, and nothing touched.
@Suite struct PlanVerbTests {
    private let scratch: Scratch
    private let export: String

    init() throws {
        scratch = try Scratch()
        export = try ExitCodeTests().estate(overdue: 5, in: scratch, threads: 60)
    }

    private func plan(policies: String, _ more: [String] = ["--as", "ann"]) throws -> Tool.Outcome {
        try Tool.run(
            Tool.binary.path, ["plan", "make", "--policies", policies, "--export", export] + more, in: scratch.url)
    }

    /// Deletes old threads of the made-up estate, up to this share of them.
    private func policies(percent: Int, register: Bool = true) throws -> String {
        let holds = """
            apiVersion: tenure/v1
            kind: HoldRegister
            metadata: {name: holds}
            spec: {asOf: \(Date.now.formatted(.iso8601.year().month().day())), maxAge: 30d, holds: []}
            """
        try scratch.write("policies/holds.yaml", register ? holds : "# none\n")
        try scratch.write(
            "policies/threads.yaml",
            """
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: threads}
            spec:
              match: {kinds: [thread]}
              clock: {from: created}
              keep: {atMost: 1d}
              whenDue: delete
              limits: {percent: \(percent)}
            """)
        return scratch.path("policies")
    }

    @Test func `a plan within its limits is written, told in a few lines, and shown call by call`() throws {
        let made = try plan(policies: policies(percent: 100))
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.output.hasPrefix("PLAN: ") && made.output.contains("nothing was deleted"))
        #expect(made.output.contains("export is an export: a copy has nothing to call"))
        let shown = try Tool.run(Tool.binary.path, ["plan", "show"], in: scratch.url)
        #expect(shown.status == 0)
        let calls = shown.output.split(separator: "\n").filter { $0.contains(" delete export/thread/") }
        #expect(
            calls.count == 60 && calls.allSatisfy { $0.hasSuffix(": threads is overdue") || $0.contains("; with it ") })
        let json = try Tool.run(Tool.binary.path, ["plan", "show", "--format", "json"], in: scratch.url)
        #expect(try Array(json.output.utf8) == Array(scratch.bytes("plan.json")))
        #expect(try JSONSerialization.jsonObject(with: scratch.bytes("plan.json")) is [String: Any])
    }

    @Test func `the digest of the scan is that of the report that scan writes for the same instant`() throws {
        let policies = try policies(percent: 100)
        _ = try plan(policies: policies)
        let file = try #require(try JSONSerialization.jsonObject(with: scratch.bytes("plan.json")) as? [String: Any])
        let plan = try #require(file["plan"] as? [String: Any])
        let digests = try #require(plan["digests"] as? [String: String])
        _ = try Tool.run(
            Tool.binary.path,
            [
                "scan", "--policies", policies, "--export", export, "--report", "json=report.json", "--as-of",
                #require(plan["asOf"] as? String),
            ], in: scratch.url)
        let sum = try Tool.run("/usr/bin/sha256sum", ["report.json"], in: scratch.url)
        #expect(sum.output.hasPrefix(digests["scan"] ?? "?"))
    }

    @Test func `a limit that would be exceeded is a safety stop, and the plan says by how much`() throws {
        let made = try plan(policies: policies(percent: 50))
        #expect(made.status == 4)
        #expect(made.output.contains("threads would exceed its limits (60 of 60 matched, at most 50 %)"))
    }

    @Test func `without a register of holds nothing could be executed, which is a safety stop (case 23)`() throws {
        let made = try plan(policies: policies(percent: 100, register: false))
        #expect(made.status == 4)
        #expect(made.output.contains("there is no hold register"))
    }

    @Test func `nobody plans without a name`() throws {
        let made = try plan(policies: policies(percent: 100), [])
        #expect(made.status == 2 && made.errors.contains("--as NAME"))
        #expect(try !scratch.names().contains("plan.json"))
    }

    @Test func `a plan that was changed is not shown`() throws {
        _ = try plan(policies: policies(percent: 100))
        let text = try scratch.text("plan.json")
        try scratch.write(
            "plan.json", text.replacing("\"verb\":\"delete\"", with: "\"verb\":\"detach\"", maxReplacements: 1))
        let shown = try Tool.run(Tool.binary.path, ["plan", "show"], in: scratch.url)
        #expect(shown.status == 2 && shown.output.isEmpty && shown.errors.contains("changed after it was written"))
    }
}
