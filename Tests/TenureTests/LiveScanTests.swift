import Foundation
import TestSupport
import Testing

/// The command against a service, which is the command as well.
@Suite struct LiveScanTests {
    private static let asOf = "2026-11-20T00:00:00Z"

    @Test func `a scan of a service finds what a scan of its export finds`() throws {
        let scratch = try Scratch()
        try Tool.tenure("estate", "--seed", "3", "--threads", "200", "--overdue", "20", "--out", scratch.path("all"))
        for name in ["files", "vector_stores", "vector_store_files"] {
            try scratch.write("estate/\(name).ndjson", scratch.bytes("all/\(name).ndjson"))
        }
        let twin = try RunningTwin("--estate", scratch.path("estate"), "--port", "0")
        try write(scratch, "offline", "{type: export, path: \(scratch.path("estate"))}")
        try write(scratch, "live", "{type: openai, address: '\(twin.address)', credentials: {env: TWIN_KEY}}")
        let offline = try scan(scratch, "offline")
        let live = try scan(scratch, "live")
        #expect(offline.findings.count > 20)
        #expect(live.findings == offline.findings)
        #expect(live.incomplete == offline.incomplete)
        #expect(live.status == offline.status)
    }

    @Test func `a credential that is refused leaves the scan incomplete, and is nowhere to be seen`() throws {
        let scratch = try Scratch()
        try scratch.write("estate/files.ndjson", "")
        let twin = try RunningTwin("--estate", scratch.path("estate"), "--port", "0")
        try write(scratch, "live", "{type: openai, address: '\(twin.address)', credentials: {env: TWIN_KEY}}")
        let outcome = try run(scratch, "live", key: "sk-very-secret-key")
        #expect(outcome.status == 3)
        #expect(outcome.output.contains("estate: 1 of files could not be read"))
        let report = try scratch.text("live.json")
        #expect(report.contains("answered 401 invalid_api_key; check the credential"))
        for text in [report, outcome.output, outcome.errors] { #expect(!text.contains("secret")) }
    }

    @Test func `a credential that is not there stops the run before anything is asked`() throws {
        let scratch = try Scratch()
        try write(scratch, "live", "{type: openai, credentials: {env: TENURE_TEST_ABSENT}}")
        let outcome = try run(scratch, "live", key: nil)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("source.yaml:1:1: source estate: the environment variable TENURE_TEST_ABSENT"))
    }

    @Test func `an estate made up from a seed is served, and nothing of it stays on the disk`() throws {
        let scratch = try Scratch()
        let twin = try RunningTwin("--seed", "1", "--threads", "50", "--port", "0", temporary: scratch.path)
        try write(scratch, "live", "{type: openai, address: '\(twin.address)', credentials: {env: TWIN_KEY}}")
        #expect(try scan(scratch, "live").records > 5)
        #expect(try scratch.names() == ["live", "live.json"])
    }

    private struct Found {
        let findings: NSArray
        let incomplete: NSArray
        let records: Int
        let status: Int32
    }

    private func write(_ scratch: Scratch, _ name: String, _ spec: String) throws {
        for policy in try FileManager.default.contentsOfDirectory(atPath: Checkout.policies)
        where policy.hasSuffix(".yaml") {
            try scratch.write("\(name)/\(policy)", Data(contentsOf: URL(filePath: "\(Checkout.policies)/\(policy)")))
        }
        try scratch.write(
            "\(name)/source.yaml",
            "apiVersion: tenure/v1\nkind: Source\nmetadata: {name: estate}\nspec: \(spec)\n")
    }

    private func run(_ scratch: Scratch, _ name: String, key: String?) throws -> Tool.Outcome {
        try Tool.run(
            Tool.binary.path,
            [
                "scan", "--policies", scratch.path(name), "--as-of", Self.asOf, "--report",
                "json=\(scratch.path("\(name).json"))",
            ], environment: key.map { ["TWIN_KEY": $0] } ?? [:])
    }

    private func scan(_ scratch: Scratch, _ name: String) throws -> Found {
        let outcome = try run(scratch, name, key: "sk-twin")
        let report = try #require(
            try JSONSerialization.jsonObject(with: scratch.bytes("\(name).json")) as? [String: Any])
        return Found(
            findings: try #require(report["findings"] as? NSArray),
            incomplete: try #require(report["incomplete"] as? NSArray),
            records: try #require((report["summary"] as? [String: Any])?["records"] as? Int), status: outcome.status)
    }
}
