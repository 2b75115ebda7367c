import Foundation
import TestSupport
import Testing

@testable import tenure

/// Every run that gates is an entry: what cannot be logged is not done.
@Suite struct AuditTrailTests {
    private let estate: PlannedEstate
    private var scratch: Scratch { estate.scratch }
    private var options: [String] {
        ["--audit-log", scratch.path("log"), "--audit-key", scratch.path("eve.pem")]
    }

    init() throws {
        estate = try PlannedEstate(approvals: "{count: 1}")
        let made = Transcript(
            "audit", "init", "--log", scratch.path("log"), "--origin", "audit.example.test/a", "--key",
            scratch.path("eve.pem"))
        #expect(made.exitCode == .clean, "\(made.errors)")
    }

    /// Types of the log's entries, and what they say.
    private func entries() throws -> [(type: String, data: [String: Any])] {
        try scratch.text("log/audit-000000000000.jsonl").split(separator: "\n").map { line in
            let entry = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            return (try #require(entry["type"] as? String), try #require(entry["data"] as? [String: Any]))
        }
    }

    private func scan(_ more: String...) -> Transcript {
        Transcript(
            ["scan", "--policies", estate.policies, "--export", estate.export, "--report"]
                + ["json=\(scratch.path("report.json"))"] + options + more)
    }

    @Test func `lint, scan, plan and approval leave one signed entry each, and tell the checkpoint`() throws {
        let lint = Transcript(["lint", "--policies", estate.policies] + options)
        #expect(lint.exitCode == .clean && lint.errors.contains("audit.example.test/a\n2\n"), "\(lint.errors)")
        let scan = scan()
        #expect(scan.exitCode == .violations && scan.errors.contains("audit.example.test/a\n3\n"), "\(scan.errors)")
        let made = Transcript(
            ["plan", "make", estate.plan, "--as", "ann", "--policies", estate.policies, "--export", estate.export]
                + options)
        #expect(made.exitCode == .clean && made.errors.contains("audit.example.test/a\n4\n"), "\(made.errors)")
        let approved = Transcript(
            ["approve", estate.plan, "--as", "bob", "--key", scratch.path("bob.pem"), "--policies", estate.policies]
                + options)
        #expect(approved.exitCode == .clean && approved.errors.contains("audit.example.test/a\n5\n"))
        let entries = try entries()
        #expect(
            entries.map(\.type) == ["log.opened", "lint.decided", "scan.decided", "plan.made", "plan.approved"])
        #expect(entries[2].data["exitCode"] as? Int == 1 && entries[2].data["records"] as? Int == 3)
        let sum = try Tool.run("/usr/bin/sha256sum", [scratch.path("report.json")])
        #expect(sum.output.hasPrefix(entries[2].data["report"] as? String ?? "?"))
        #expect(entries[3].data["by"] as? String == "ann" && entries[3].data["actions"] as? Int == 3)
        #expect(entries[4].data["by"] as? String == "bob" && entries[4].data["lacks"] as? Int == 0)
        #expect(entries[4].data["sha256"] as? String == entries[3].data["plan"] as? String)
        let verified = Transcript("audit", "verify", "--log", scratch.path("log"))
        #expect(
            verified.exitCode == .clean && verified.output.contains("5 entries, 5 checkpoints"), "\(verified.output)")
        let text = try scratch.text("log/audit-000000000000.jsonl")
        for id in ["\"t1\"", "\"t2\"", scratch.path("plan.json")] { #expect(!text.contains(id)) }
    }

    @Test func `nobody acts by an address, and the log has none, not as a digest either`() throws {
        let made = Transcript(
            ["plan", "make", estate.plan, "--as", "ann@example.test", "--policies", estate.policies]
                + ["--export", estate.export] + options)
        #expect(made.exitCode == .usage && made.errors.contains("nobody's address belongs"), "\(made.errors)")
        let hold = Transcript(
            ["hold", "add", "h", "--matter", "m", "--everything", "--as", "ann@example.test", "--policies"]
                + [estate.policies] + options)
        #expect(hold.exitCode == .usage && hold.errors.contains("nobody's address belongs"), "\(hold.errors)")
        let text = try scratch.text("log/audit-000000000000.jsonl")
        #expect(!text.contains("@") && !text.contains("\"sha256:"))
    }

    @Test func `where the log cannot be written there is no plan, no approval, no report and no ledger`() throws {
        try scratch.write("log/audit-000000000000.jsonl", "")
        let scan = scan("--ledger", scratch.path("ledger.db"))
        #expect(scan.exitCode == .safetyStop && scan.output.isEmpty, "\(scan.output)")
        #expect(scan.errors.contains("1 entries were signed, and there are 0"), "\(scan.errors)")
        #expect(try scratch.text("report.json").contains("1 entries were signed"))
        let made = Transcript(
            ["plan", "make", estate.plan, "--as", "ann", "--policies", estate.policies, "--export", estate.export]
                + options)
        #expect(made.exitCode == .safetyStop && made.output.isEmpty)
        let names = try scratch.names()
        #expect(!names.contains("plan.json"))
        #expect(estate.make().exitCode == .clean)
        let approved = Transcript(
            ["approve", estate.plan, "--as", "bob", "--key", scratch.path("bob.pem"), "--policies", estate.policies]
                + options)
        #expect(approved.exitCode == .safetyStop)
        #expect(try !scratch.names().contains("plan.json.approvals"))
        let lint = Transcript(["lint", "--policies", estate.policies] + options)
        #expect(lint.exitCode == .safetyStop && lint.output.isEmpty)
    }

    @Test func `a log without its key, a key without a log, and a key of another log end before anything is done`()
        throws
    {
        let lint = ["lint", "--policies", estate.policies]
        let keyless = Transcript(lint + options.prefix(2))
        #expect(keyless.exitCode == .usage && keyless.errors.contains("--audit-key FILE, or TENURE_AUDIT_KEY"))
        let alone = Transcript(lint + options.suffix(2))
        #expect(alone.exitCode == .usage && alone.errors.contains("--audit-key needs --audit-log"))
        let foreign = Transcript(lint + options.prefix(3) + [scratch.path("bob.pem")])
        #expect(foreign.exitCode == .usage && foreign.errors.contains("is not the key of the log"))
        #expect(try entries().count == 1)
    }

    @Test func `the environment names the log and its key as well as options do`() throws {
        let run = try Tool.run(
            Tool.binary.path, ["lint", "--policies", estate.policies],
            environment: ["TENURE_AUDIT_LOG": scratch.path("log"), "TENURE_AUDIT_KEY": scratch.path("eve.pem")])
        #expect(run.status == 0, "\(run.errors)")
        #expect(try entries().last?.type == "lint.decided")
    }
}
