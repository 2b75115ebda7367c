import Foundation
import Policies
import TestSupport
import Testing

@testable import tenure

/// What editors and code hosts get of `lint`.
@Suite struct LintSARIFTests {
    private static let broken = """
        apiVersion: tenure/v1
        kind: RetentionPolicy
        metadata: {name: x}
        spec:
          severty: high
          clock: {from: created}
          keep: {atMost: 30d}
        """

    private func results(_ log: String) throws -> [[String: Any]] {
        let object = try JSONSerialization.jsonObject(with: Data(log.utf8)) as? [String: Any]
        let run = try #require((object?["runs"] as? [[String: Any]])?.first)
        return try #require(run["results"] as? [[String: Any]])
    }

    private func lint(_ directory: URL) throws -> Tool.Outcome {
        try Tool.tenure("lint", "--policies", "policies", "--format", "sarif", in: directory)
    }

    @Test func `a result has its rule, its line and column, and a URI relative to the working directory`() throws {
        let scratch = try Scratch()
        try scratch.write("policies/a b.yaml", Self.broken)
        for policies in ["policies", scratch.path("policies"), "./policies"] {
            let run = try Tool.tenure("lint", "--policies", policies, "--format", "sarif", in: scratch.url)
            #expect(run.status == 2, "\(run.errors)")
            let result = try #require(try results(run.output).first { $0["ruleId"] as? String == "unknown-key" })
            let location = (result["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any]
            #expect((location?["artifactLocation"] as? [String: Any])?["uri"] as? String == "policies/a%20b.yaml")
            let region = location?["region"] as? [String: Int]
            #expect(region == ["startLine": 5, "startColumn": 3])
        }
    }

    @Test func `a policy without a test is a warning in text, JSON and SARIF`() throws {
        let scratch = try Scratch()
        let policy = Self.broken.replacing("  severty: high\n", with: "")
        try scratch.write("policies/a.yaml", policy.replacing("{name: x}", with: "{name: tested}"))
        try scratch.write("policies/b.yaml", policy)
        try scratch.write(
            "policies/tests/a.yaml",
            """
            apiVersion: tenure/v1
            kind: PolicyTest
            metadata: {name: t}
            spec:
              asOf: 2026-11-20
              records: [{kind: thread, id: t, created: 2026-11-01}]
              expect: [{policy: tested, id: t, state: allowed}]
            ---
            apiVersion: tenure/v1
            kind: HoldRegister
            metadata: {name: holds}
            spec: {asOf: 2026-11-20, maxAge: 99y, holds: []}
            """)
        let text = try Tool.tenure("lint", in: scratch.url)
        #expect(
            text.status == 0 && text.output.contains("policies/b.yaml:3:18: warning: ")
                && text.output.contains("[untested-policy]")
        )
        let json = try Tool.tenure("lint", "--format", "json", in: scratch.url)
        let report = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        let diagnostics = try #require(report?["diagnostics"] as? [[String: Any]])
        #expect(diagnostics.map { $0["code"] as? String } == ["untested-policy"])
        let log = try Tool.tenure("lint", "--format", "sarif", "--fail-on", "warning", in: scratch.url)
        let result = try #require(try results(log.output).first)
        #expect(
            log.status == 2 && result["ruleId"] as? String == "untested-policy"
                && result["level"] as? String == "warning")
    }

    @Test func `a fingerprint outlives lines that are added above it`() throws {
        func prints(_ text: String) throws -> [String] {
            let scratch = try Scratch()
            try scratch.write("policies/a.yaml", text)
            return try results(try lint(scratch.url).output).compactMap {
                ($0["partialFingerprints"] as? [String: String])?["tenure/v1"]
            }
        }
        let before = try prints(Self.broken)
        #expect(before.count > 1 && Set(before).count == before.count)
        #expect(try Set(prints("# one\n# two\n" + Self.broken)) == Set(before))
    }

    @Test(
        .enabled(
            if: ConsumerTests.jsonSchema != nil && FileManager.default.fileExists(atPath: ConsumerTests.schemas.path),
            "needs check-jsonschema and ../shared"))
    func `check-jsonschema accepts what lint and scan write against the schema of SARIF 2.1.0`() throws {
        let scratch = try ConsumerTests.reports()
        try scratch.write("policies/a.yaml", Self.broken)
        let log = try scratch.write("lint.sarif", try lint(scratch.url).output)
        let schema = ConsumerTests.schemas.appending(path: "sarif-schema-2.1.0.json").path
        let outcome = try Tool.run(
            try #require(ConsumerTests.jsonSchema), ["--schemafile", schema, log, scratch.path("report.sarif")])
        #expect(outcome.status == 0, "\(outcome.output.prefix(2000))")
    }
}
