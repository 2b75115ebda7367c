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
