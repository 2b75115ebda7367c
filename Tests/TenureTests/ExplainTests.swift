import Foundation
import TestSupport
import Testing

@testable import tenure

/// From a finding of a report to the reasons behind it.
@Suite struct ExplainTests {
    private let asOf = "2026-11-20T00:00:00Z"
    private let policies = ExitCodeTests.policies

    private func findings(_ report: String) throws -> [[String: Any]] {
        let object = try JSONSerialization.jsonObject(with: Data(report.utf8)) as? [String: Any]
        return try #require(object?["findings"] as? [[String: Any]])
    }

    private func scan(_ export: String, _ more: String...) throws -> [[String: Any]] {
        try findings(
            Transcript(
                ["scan", "--export", export, "--policies", policies, "--as-of", asOf, "--format", "json"] + more
            )
            .output)
    }

    private func explain(_ id: String, _ export: String, _ more: String...) -> Transcript {
        Transcript(["explain", id, "--export", export, "--policies", policies, "--as-of", asOf] + more)
    }

    @Test func `every finding is explained by its id, and by the token of a redacted report`() throws {
        let scratch = try Scratch()
        let export = scratch.path("estate")
        #expect(Transcript("estate", "--threads", "60", "--overdue", "10", "--out", export).exitCode == .clean)
        let open = try scan(export)
        let redacted = try scan(export, "--redact")
        #expect(!open.isEmpty && open.count == redacted.count)
        for (finding, token) in zip(open, redacted).prefix(5) {
            let id = try #require(finding["id"] as? String)
            let alias = try #require(token["id"] as? String)
            #expect(alias != id && alias.hasPrefix("r-"))
            let byId = explain(id, export)
            #expect(byId.exitCode == .clean, "\(byId.errors)")
            #expect(byId.output.contains("\(finding["state"] ?? "") by \(finding["policy"] ?? "")"))
            #expect(explain(alias, export).output == byId.output)
        }
    }

    @Test func `as JSON, an explanation has the decision that the report has`() throws {
        let scratch = try Scratch()
        let export = scratch.path("estate")
        #expect(Transcript("estate", "--threads", "60", "--overdue", "10", "--out", export).exitCode == .clean)
        let finding = try #require(try scan(export).first { $0["state"] as? String == "overdue" })
        let id = try #require(finding["id"] as? String)
        let output = explain(id, export, "--format", "json", "--kind", try #require(finding["kind"] as? String)).output
        let object = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
        let record = try #require((object?["records"] as? [[String: Any]])?.first)
        let decisions = try #require(record["decisions"] as? [[String: Any]])
        let decision = try #require(decisions.first { $0["policy"] as? String == finding["policy"] as? String })
        #expect(decision["state"] as? String == "overdue")
        #expect((decision["late"] as? [String: Any])?["overdueAt"] as? String == finding["overdueAt"] as? String)
        #expect(record["mayGo"] as? Bool == finding["mayGo"] as? Bool)
    }

    @Test func `an explanation names the part of a where that fails, at its place in the file, and what would free it`()
        throws
    {
        let scratch = try Scratch()
        try scratch.write(
            "export/files.ndjson",
            #"{"id":"file-1","object":"file","created_at":1700000000,"bytes":1,"filename":"a","purpose":"x"}"# + "\n")
        for name in [
            "threads", "messages", "runs", "assistants", "responses", "vector_store_files", "conversation_items",
        ] {
            try scratch.write("export/\(name).ndjson", "")
        }
        try scratch.write(
            "policies/p.yaml",
            """
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: files}
            spec:
              match: {kinds: [file]}
              clock: {from: created}
              keep: {atMost: 30d}
            ---
            apiVersion: tenure/v1
            kind: LegalHold
            metadata: {name: matter-1}
            spec:
              match:
                kinds: [file]
                where: |
                  has(object.created)
                    && object.bytes > 100
            ---
            apiVersion: tenure/v1
            kind: LegalHold
            metadata: {name: matter-2}
            spec: {match: {kinds: [file]}}
            """)
        let words = [
            "explain", "file-1", "--export", scratch.path("export"), "--policies", scratch.path("policies"), "--as-of",
            asOf,
        ]
        let run = Transcript(words)
        #expect(run.output.contains("p.yaml:17:12: object.bytes > 100"), "\(run.output)")
        #expect(
            run.output.contains(
                "to free it: release hold matter-2, without grace, and read runStep, batch, upload of export"),
            "\(run.output)")
        let json = Transcript(words + ["--format", "json"]).output
        #expect(json.contains(#""part":"object.bytes > 100""#))
    }

    @Test func `as JSON, keepers are documents and ways of steps, and exceptions have ticket and end`() throws {
        let scratch = try Scratch()
        let lines = [
            ("threads", #"{"id":"t","object":"thread","created_at":1700000000}"#),
            (
                "messages",
                #"{"id":"m","object":"thread.message","thread_id":"t","created_at":1700000000,"role":"user","#
                    + #""content":[],"attachments":[{"file_id":"f"}]}"#
            ),
            ("files", #"{"id":"f","object":"file","created_at":1700000000,"bytes":1}"#),
        ]
        for (name, line) in lines { try scratch.write("export/\(name).ndjson", line + "\n") }
        try scratch.write(
            "policies/p.yaml",
            """
            {apiVersion: tenure/v1, kind: RetentionPolicy, metadata: {name: files},
             spec: {match: {kinds: [file]}, clock: {from: created}, keep: {atMost: 30d}, whileUsed: delete}}
            ---
            {apiVersion: tenure/v1, kind: RetentionPolicy, metadata: {name: books},
             spec: {match: {kinds: [thread]}, clock: {from: created}, keep: {atLeast: 10d}}}
            ---
            {apiVersion: tenure/v1, kind: LegalHold, metadata: {name: matter-1}, spec: {match: {ids: [t]}}}
            ---
            {apiVersion: tenure/v1, kind: PolicyException, metadata: {name: pilot},
             spec: {policies: [files], match: {kinds: [file]}, reason: pilot, ticket: PRIV-212, owner: me,
                    expiresAt: 2027-03-31}}
            """)
        func record(_ id: String) throws -> [String: Any] {
            let run = Transcript(
                "explain", id, "--export", scratch.path("export"), "--policies", scratch.path("policies"), "--as-of",
                asOf, "--format", "json")
            let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
            return try #require((object?["records"] as? [[String: Any]])?.first, "\(run.errors)")
        }
        let file = try record("f")
        let keepers = try #require(file["keepers"] as? [[String: Any]])
        #expect(keepers.map { $0["name"] as? String } == ["matter-1", "books"])
        #expect(keepers.map { $0["until"] as? String } == [nil, "2023-11-24T22:13:20Z"])
        for keeper in keepers {
            let path = try #require(keeper["path"] as? [[String: String]])
            #expect(
                path == [
                    ["edge": "usedBy", "source": "export", "kind": "message", "id": "m"],
                    ["edge": "containedBy", "source": "export", "kind": "thread", "id": "t"],
                ])
        }
        let cited = ["name": "pilot", "ticket": "PRIV-212", "expiresAt": "2027-03-31"]
        let decision = try #require((file["decisions"] as? [[String: Any]])?.first)
        #expect(decision["state"] as? String == "held" && decision["exception"] as? [String: String] == cited)
        let documents = try #require(file["documents"] as? [[String: Any]])
        let exception = documents.first { $0["document"] as? String == "exception" }
        #expect(exception?["exception"] as? [String: String] == cited && exception?["inForce"] as? Bool == true)

        let thread = try record("t")
        let obliging = try #require(thread["documents"] as? [[String: Any]]).compactMap { document in
            (document["obligation"] as? [String: Any]).map { (document["name"] as? String, $0["matter"] as? Bool) }
        }
        #expect(obliging.map(\.0) == ["matter-1", "books"] && obliging.map(\.1) == [true, false])
        let blockers = try #require(thread["blockers"] as? [[String: Any]])
        #expect(blockers.map { $0["reason"] as? String } == ["notDue", "kept", "unread"])
        #expect((blockers.last?["kinds"] as? [String])?.contains("run") == true)
    }

    @Test func `an id that no record has ends with exit code 2, and so does one that --kind excludes`() throws {
        let scratch = try Scratch()
        try scratch.write(
            "export/files.ndjson",
            #"{"id":"file-1","object":"file","created_at":1700000000,"bytes":1,"filename":"a","purpose":"x"}"# + "\n")
        let export = scratch.path("export")
        #expect(explain("file-1", export).exitCode == .clean)
        for run in [
            explain("file-2", export), explain("r-0123456789abcdef", export),
            explain("file-1", export, "--kind", "thread"),
            explain("file-1", export, "--source", "elsewhere"),
        ] {
            #expect(run.exitCode == .usage && run.output.isEmpty && run.errors.contains("--kind"))
        }
    }
}
