import Foundation
import TestSupport
import Testing

/// The command against a service, which is the command as well.
@Suite struct LiveScanTests {
    private static let asOf = "2026-11-20T00:00:00Z"

    @Test(arguments: ScannedService.allCases)
    func `a scan of a service finds what a scan of its export finds`(service: ScannedService) throws {
        let scratch = try Scratch()
        try Tool.tenure("estate", "--seed", "3", "--threads", "200", "--overdue", "20", "--out", scratch.path("all"))
        // What the service does not have is in no export of it, and the ids of what it does not list must be known.
        for name in service.files { try scratch.write("estate/\(name).ndjson", scratch.bytes("all/\(name).ndjson")) }
        // No call shows uploads, and none lives long enough to matter.
        try scratch.write("estate/uploads.ndjson", "")
        let twin = try RunningTwin(
            "--estate", scratch.path("estate"), "--port", "0", "--profile", service.profile)
        try write(scratch, "offline", "{type: export, path: \(scratch.path("estate"))}")
        try write(
            scratch, "live", "{\(service.spec(twin.address)), registry: [\(service.registry(scratch.path("all")))]}")
        let offline = try scan(scratch, "offline")
        let live = try scan(scratch, "live")
        #expect(offline.findings.count > (service == .azureV1 ? 5 : 20), "\(offline.findings.count)")
        #expect(live.findings == offline.findings)
        #expect(live.incomplete == offline.incomplete)
        #expect(live.status == offline.status)
        // And so does a scan of what the service's inventory wrote, under the document that it wrote beside it.
        let copy = scratch.path("copy")
        let told = try Tool.run(
            Tool.binary.path,
            ["inventory", "--policies", scratch.path("live"), "--as-of", Self.asOf, "--out", copy],
            environment: ["TWIN_KEY": "sk-twin", "TWIN_TOKEN": "ey-twin"])
        #expect(told.status == 0, "\(told.output)\(told.errors)")
        try write(scratch, "copied", "{}")
        try scratch.write("copied/source.yaml", scratch.bytes("copy/sources.yaml"))
        let copied = try scan(scratch, "copied")
        #expect(copied.findings == offline.findings)
        #expect(copied.incomplete == offline.incomplete)
    }

    @Test func `a credential that is refused leaves the scan incomplete, and is nowhere to be seen`() throws {
        let scratch = try Scratch()
        try scratch.write("estate/files.ndjson", "")
        let twin = try RunningTwin("--estate", scratch.path("estate"), "--port", "0")
        try write(scratch, "live", "{type: openai, address: '\(twin.address)', credentials: {env: TWIN_KEY}}")
        let outcome = try run(scratch, "live", key: "sk-very-secret-key")
        #expect(outcome.status == 3)
        #expect(outcome.output.contains("estate: 1 of files could not be read"))
        #expect(outcome.output.contains("while this run read it") && !outcome.output.contains("export"))
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

    @Test(arguments: ScannedService.allCases.filter { $0.files.contains("assistants") })
    func `a retired surface leaves the scan incomplete, until somebody accepts the gap, and nothing is called gone`(
        service: ScannedService
    ) throws {
        let scratch = try Scratch()
        try Tool.tenure("estate", "--threads", "20", "--overdue", "0", "--out", scratch.path("estate"))
        try scratch.write("ids.txt", "thread_1\nthread_2\n")
        let twin = try RunningTwin(
            "--estate", scratch.path("estate"), "--port", "0", "--profile", service.profile,
            "--retired", "assistants")
        let spec = service.spec(twin.address)
        let registry = "registry: [{file: \(scratch.path("ids.txt")), kind: thread, complete: true}]"
        try write(scratch, "retired", "{\(spec), \(registry)}")
        let retired = try scan(scratch, "retired")
        #expect(retired.status == 3)
        let reason = "retired: the service has no surface for assistant, thread, message, run, runStep"
        #expect(retired.reasons.contains { $0.contains(reason) })
        #expect(retired.findings.allSatisfy { ($0 as? [String: Any])?["state"] as? String != "lost" })
        let gap = "acceptedGaps: [{kinds: [assistant, thread, message, run, runStep], reason: x, until: 2027-01-01}]"
        try write(scratch, "accepted", "{\(spec), \(registry), \(gap)}")
        #expect(try !scan(scratch, "accepted").reasons.contains { $0.contains("retired") })
        let past = gap.replacing("2027-01-01", with: "2026-11-01")
        try write(scratch, "past", "{\(spec), \(registry), \(past)}")
        #expect(try scan(scratch, "past").reasons.contains { $0.contains(reason) })
    }

    @Test func `a registry that names no record stops the run before anything is asked`() throws {
        let scratch = try Scratch()
        try scratch.write("ids.txt", "thread_1\n")
        try write(
            scratch, "live",
            "{type: openai, credentials: {env: TWIN_KEY}, registry: [{file: \(scratch.path("ids.txt"))}]}")
        let outcome = try run(scratch, "live", key: "sk-twin")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("ids.txt:1 does not say of which kind it is, and neither does the entry"))
    }

    @Test(arguments: [
        ("azure-openai", "", ", apiVersion: 2031-01-01", "check the address, and apiVersion: 2031-01-01"),
        ("azure-openai", "/nothing", "", "source-address"), ("azure-foundry", "", "", "source-address"),
        (
            "azure-foundry", "/api/projects/twin", ", apiVersion: 2031-01-01",
            "answered 400 UnsupportedApiVersionValue; correct apiVersion"
        ),
        ("azure-foundry", "/api/projects/other", "", "answered 404, and so did whatever else was asked for"),
        ("azure-foundry", "/api/projects/twin", ", authentication: key", "take no key"),
        ("azure-openai", "", ", authentication: token", "az account get-access-token --resource https://cognitive"),
    ])
    func `a service of Azure that is set up wrongly says what to correct, and nothing is called retired`(
        type: String, path: String, more: String, expected: String
    ) throws {
        let scratch = try Scratch()
        try Tool.tenure("estate", "--threads", "20", "--overdue", "0", "--out", scratch.path("estate"))
        let profile = type == "azure-openai" ? "azure" : "foundry"
        let twin = try RunningTwin("--estate", scratch.path("estate"), "--port", "0", "--profile", profile)
        let host = twin.address.replacing("/api/projects/twin", with: "")
        let credential = type == "azure-openai" ? "TWIN_KEY" : "TWIN_TOKEN"
        try write(
            scratch, "live", "{type: \(type), address: '\(host)\(path)', credentials: {env: \(credential)}\(more)}")
        let outcome = try run(scratch, "live", key: "sk-twin")
        #expect([2, 3].contains(outcome.status))
        let report = (try? scratch.text("live.json")) ?? ""
        #expect((report + outcome.errors).contains(expected), "\(outcome.errors)\(report.prefix(2000))")
        #expect(!report.contains("\"retired\":true") && !outcome.output.contains("retired"))
    }

    private struct Found {
        let findings: NSArray
        let incomplete: NSArray
        let records: Int
        let status: Int32

        var reasons: [String] { incomplete.compactMap { ($0 as? [String: Any])?["message"] as? String } }
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
            ], environment: key.map { ["TWIN_KEY": $0, "TWIN_TOKEN": "ey-twin"] } ?? [:])
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
