import Foundation
import TestSupport
import Testing

/// One scan of several sources.
@Suite struct SeveralSourcesTests {
    private static let asOf = "2026-11-20T00:00:00Z"
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test(arguments: [["3", "4", "5"], ["3", "3", "3"]])
    func `two services and an export in one scan come to what they come to one by one`(seeds: [String]) throws {
        var twins: [RunningTwin] = []
        var documents: [String] = []
        for (index, service) in [ScannedService.openai, .foundry].enumerated() {
            try estate(seeds[index], "all\(index)", "estate\(index)", service.files)
            let twin = try RunningTwin(
                "--estate", scratch.path("estate\(index)"), "--port", "0", "--profile", service.profile)
            let registry = service.registry(scratch.path("all\(index)"))
            documents.append(document("\(service)", "{\(service.spec(twin.address)), registry: [\(registry)]}"))
            twins.append(twin)
        }
        try estate(seeds[2], "all2", "estate2", ScannedService.openai.files.filter { $0 != "containers" })
        documents.append(document("archive", "{type: export, path: \(scratch.path("estate2"))}"))
        let single = try documents.enumerated().map { try scan("single\($0)", [$1]) }
        let joint = try scan("joint", documents)
        #expect(single.allSatisfy { $0.findings.count > 20 }, "\(single.map(\.findings.count))")
        #expect(joint.findings.sorted() == single.flatMap(\.findings).sorted())
        #expect(joint.incomplete == single.flatMap(\.incomplete).sorted())
        #expect(joint.records == single.reduce(0) { $0 + $1.records })
        for (state, count) in joint.states { #expect(count == single.reduce(0) { $0 + ($1.states[state] ?? 0) }) }
        // All of these scans shared a ledger, and the next one finds in it what they saw.
        #expect(try scan("joint", documents) == joint)
        withExtendedLifetime(twins) {}
    }

    private func estate(_ seed: String, _ all: String, _ estate: String, _ files: [String]) throws {
        try Tool.tenure("estate", "--seed", seed, "--threads", "100", "--overdue", "20", "--out", scratch.path(all))
        for name in files { try scratch.write("\(estate)/\(name).ndjson", scratch.bytes("\(all)/\(name).ndjson")) }
    }

    private func document(_ name: String, _ spec: String) -> String {
        "apiVersion: tenure/v1\nkind: Source\nmetadata: {name: \(name)}\nspec: \(spec)\n"
    }

    private struct Found: Equatable {
        /// Each as one text with sorted keys.
        let findings: [String]
        /// What is said of a source. What is said of a policy counts over all sources, as the states do.
        let incomplete: [String]
        let states: [String: Int]
        let records: Int
    }

    private func scan(_ name: String, _ documents: [String]) throws -> Found {
        for policy in try FileManager.default.contentsOfDirectory(atPath: Checkout.policies)
        where policy.hasSuffix(".yaml") {
            try scratch.write("\(name)/\(policy)", Data(contentsOf: URL(filePath: "\(Checkout.policies)/\(policy)")))
        }
        try scratch.write("\(name)/source.yaml", documents.joined(separator: "---\n"))
        let outcome = try Tool.run(
            Tool.binary.path,
            [
                "scan", "--policies", scratch.path(name), "--as-of", Self.asOf, "--report",
                "json=\(scratch.path("\(name).json"))",
            ], in: scratch.url, environment: ["TWIN_KEY": "sk-twin", "TWIN_TOKEN": "ey-twin"])
        #expect(outcome.status == 1, "\(outcome.output)\(outcome.errors)")
        let report = try #require(
            try JSONSerialization.jsonObject(with: scratch.bytes("\(name).json")) as? [String: Any])
        let summary = try #require(report["summary"] as? [String: Any])
        let reasons = try #require(report["incomplete"] as? [[String: Any]])
        return Found(
            findings: try #require(report["findings"] as? [Any]).map(text),
            incomplete: try reasons.filter { $0["source"] is String }.map(text).sorted(),
            states: try #require(summary["states"] as? [String: Int]),
            records: try #require(summary["records"] as? Int))
    }

    private func text(_ json: Any) throws -> String {
        String(decoding: try JSONSerialization.data(withJSONObject: json, options: .sortedKeys), as: UTF8.self)
    }
}
