import Foundation
import FoundationXML
import TestSupport
import Testing

/// `scan --strict`: errors that do not matter to an answer are told, and fail the run as incomplete.
@Suite struct StrictTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write(
            "export/threads.ndjson",
            """
            {"id":"thread_a","object":"thread","created_at":1795000000,"metadata":{"stage":"jane.doe@example.com"}}
            {"id":"thread_b","object":"thread","created_at":1795000000,"metadata":{"plan":"x"}}

            """)
        for kind in ["messages", "runs"] { try scratch.write("export/\(kind).ndjson", "") }
        try scratch.write(
            "policies/a.yaml",
            """
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: careless}
            spec:
              match:
                kinds: [thread]
                where: |
                  object.kind != 'thread'
                  || int(object.metadata.stage) > 3
                  || object.metadata.plan == 'x'
                  || age(object.created) > days(0)
              clock: {from: created}
              keep: {atMost: 9y}

            """)
    }

    private func scan(_ more: String...) throws -> Tool.Outcome {
        try Tool.run(
            Tool.binary.path,
            [
                "scan", "--export", scratch.path("export"), "--policies", scratch.path("policies"), "--as-of",
                ExitCodeTests.asOf,
            ] + more)
    }

    /// What is told of each part: the line of the part, the column where it begins, the code, and for how many.
    private let told = [
        (9, 14, "no-such-key", 1), (9, 10, "invalid-argument", 1), (10, 10, "no-such-key", 1),
    ]

    @Test func `without it, an error that another part outvotes is nobody's concern`() throws {
        let outcome = try scan()
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(!outcome.output.contains("absorbed"))
    }

    @Test func `with it, the run is incomplete and names each part by file, line and column, and no value`() throws {
        let json = scratch.path("report.json")
        let junit = scratch.path("report.xml")
        let sarif = scratch.path("report.sarif")
        let outcome = try scan(
            "--strict", "--report", "json=\(json)", "--report", "junit=\(junit)", "--report", "sarif=\(sarif)")
        #expect(outcome.status == 3, "\(outcome.output)\(outcome.errors)")
        let report = try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: json))) as? [String: Any])
        let absorbed = try #require(report["absorbed"] as? [[String: Any]])
        let found = absorbed.map { entry in
            [entry["line"], entry["column"], entry["code"], entry["records"]].map { "\($0 ?? "")" }
                .joined(separator: " ")
        }
        #expect(found == told.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map { "\($0) \($1) \($2) \($3)" })
        #expect(absorbed.allSatisfy { ($0["file"] as? String)?.hasSuffix("policies/a.yaml") == true })
        let cases = try XMLDocument(contentsOf: URL(filePath: junit))
        #expect(try cases.nodes(forXPath: "//error[@type='incomplete']").count == 1)
        let texts = try [json, junit, sarif].map { try String(contentsOf: URL(filePath: $0), encoding: .utf8) }
        for text in texts + [outcome.output] {
            for (line, column, code, _) in told {
                #expect(text.contains("policies/a.yaml:\(line):\(column): an error was absorbed"), "\(text)")
                #expect(text.contains(code))
            }
            #expect(!text.contains("jane"))
        }
    }
}
