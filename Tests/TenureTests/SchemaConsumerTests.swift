import Foundation
import TestSupport
import Testing

/// Another program's JSON Schema validator accepts what the verbs write, each against the schema that is printed for it.
@Suite(.enabled(if: ConsumerTests.jsonSchema != nil, "needs check-jsonschema")) struct SchemaConsumerTests {
    private let scratch: Scratch
    private let common: [String]
    /// The same under a directory whose documents say something else, and whose lint has much to say.
    private let other: [String]

    init() throws {
        scratch = try Scratch()
        let export = scratch.path("estate")
        try Tool.tenure("estate", "--seed", "3", "--threads", "60", "--overdue", "10", "--hard-cases", "--out", export)
        let words = ["--export", export, "--as-of", ExitCodeTests.asOf, "--policies"]
        common = words + [ExitCodeTests.policies]
        other = words + [scratch.path("other")]
        let policies = scratch.url.appending(path: "other")
        try FileManager.default.copyItem(at: URL(filePath: ExitCodeTests.policies), to: policies)
        try scratch.write(
            "other/more.yaml",
            """
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: more-threads}
            spec: {match: {kinds: [thread]}, clock: {from: created}, keep: {atMost: 20d}, whenDue: delete}
            ---
            apiVersion: tenure/v1
            kind: PolicyException
            metadata: {name: pilot}
            spec:
              policies: [more-threads]
              match: {kinds: [thread]}
              reason: a pilot
              ticket: PRIV-1
              owner: me
              expiresAt: 2026-12-31
            """)
    }

    /// The files that a subject's schema must accept; each is a whole document.
    private func documents(of subject: String) throws -> [String] {
        switch subject {
        case "report":
            let baseline = ["--baseline", scratch.path("b.json")]
            _ = try Tool.run(
                Tool.binary.path, ["scan"] + common + baseline + ["--update-baseline", "--accept-new"])
            let file = scratch.path("aborted.json")
            try Tool.tenure("scan", "--export", "e", "--policies", "absent", "--report", "json=\(file)")
            return try [
                json("scan", common), json("scan", common + ["--redact", "--require-coverage"]),
                json("scan", other + baseline), file,
            ]
        case "baseline":
            _ = try Tool.run(
                Tool.binary.path,
                ["scan"] + common + [
                    "--baseline", scratch.path("b.json"), "--update-baseline", "--accept-new", "--baseline-until",
                    "2027-01-01",
                ])
            return [scratch.path("b.json")]
        case "explain":
            let report = try json("scan", common)
            let object = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: report)))
            let findings = try #require((object as? [String: Any])?["findings"] as? [[String: Any]])
            var byState: [String: String] = [:]
            for finding in findings { byState["\(finding["state"] ?? "")"] = finding["id"] as? String }
            #expect(byState.count > 4)
            return try byState.sorted { $0.key < $1.key }.map { try json("explain", [$0.value] + common) }
        case "diff":
            let against = ["--against", scratch.path("other")]
            let without = ["--policies", ExitCodeTests.policies, "--as-of", ExitCodeTests.asOf]
            return try [
                json("diff", against + without), json("diff", against + common),
                json("diff", ["--against", ExitCodeTests.policies] + other),
                json("diff", against + common + ["--redact", "--max-newly-due", "0", "--max-newly-free", "0%"]),
            ]
        case "forecast": return [try json("forecast", common + ["--until", "2027-03-01"])]
        case "inventory": return [try json("inventory", common)]
        case "test":
            let file = scratch.path("aborted.json")
            try scratch.write("untested/a.yaml", "")
            try Tool.tenure("test", "--policies", scratch.path("untested"), "--report", "json=\(file)")
            return try [
                json("test", ["--policies", ExitCodeTests.policies]),
                json("test", ["--policies", scratch.path("other"), "--fail-under", "100"]), file,
            ]
        case "lint":
            let words = ["--as-of", ExitCodeTests.asOf, "--policies"]
            try scratch.write("broken/a.yaml", "kind: [")
            return try [
                json("lint", words + [ExitCodeTests.policies]), json("lint", words + [scratch.path("other")]),
                json("lint", words + [scratch.path("broken")]), json("lint", common),
            ]
        case "doctor":
            try scratch.write(
                "doctor/a.yaml",
                """
                apiVersion: tenure/v1
                kind: Source
                metadata: {name: copy}
                spec: {type: export, path: \(scratch.path("estate"))}
                ---
                apiVersion: tenure/v1
                kind: Source
                metadata: {name: service}
                spec: {type: openai, credentials: {env: TENURE_TEST_ABSENT}}
                """)
            return [try json("doctor", ["--policies", scratch.path("doctor"), "--as-of", ExitCodeTests.asOf])]
        case "plan":
            let mixed = try plan(Self.busyExport(scratch), "mixed")
            let text = try String(contentsOfFile: mixed, encoding: .utf8)
            for word in [#""because":[{"#, #""partOf":{"#, #""toClear":{"#, #""with":[{"#, #""reasons":["no-call"]"#] {
                #expect(text.contains(word), "\(word)")
            }
            return try [plan(scratch.path("estate"), "other"), mixed]
        case "orphans":
            return try [
                json("audit", ["orphans"] + common),
                json(
                    "audit", ["orphans", "--export", Self.busyExport(scratch)] + common.dropFirst(2)),
            ]
        default: return []
        }
    }

    /// A plan that was made of an export, under the documents of a directory.
    private func plan(_ export: String, _ policies: String) throws -> String {
        let path = scratch.path("plan-\(policies).json")
        try scratch.write(
            "mixed/a.yaml",
            """
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: all}
            spec:
              match: {kinds: [thread, conversation, vectorStore, file, batch]}
              clock: {from: created}
              keep: {atMost: 30d}
              whenDue: delete
              whileUsed: delete
              limits: {records: 5, percent: 50}
            """)
        try Tool.tenure(
            "plan", "make", path, "--as", "ann", "--export", export, "--policies", scratch.path(policies))
        return path
    }

    /// An export in which something is at work, something must be detached, and something can never go.
    private static func busyExport(_ scratch: Scratch) throws -> String {
        for name in [
            "assistants", "messages", "runs", "run_steps", "responses", "conversation_items", "uploads", "threads",
            "vector_stores", "vector_store_files", "files", "batches", "conversations", "chat_completions",
        ] { try scratch.write("busy/\(name).ndjson", lines[name] ?? "") }
        return scratch.path("busy")
    }

    private static let lines = [
        "threads": #"{"id":"t","object":"thread","created_at":1700000000}"# + "\n",
        "messages": #"{"id":"m","object":"thread.message","created_at":1700000000,"thread_id":"t","role":"user"}"#
            + "\n",
        "runs":
            #"{"id":"r","object":"thread.run","created_at":1700000000,"thread_id":"t","status":"in_progress"}"#
            + "\n",
        "files": #"{"id":"f","object":"file","created_at":1700000000,"purpose":"assistants"}"# + "\n",
        "vector_stores":
            #"{"id":"v","object":"vector_store","created_at":1795000000,"last_active_at":1795000000}"# + "\n",
        "vector_store_files":
            #"{"id":"f","object":"vector_store.file","created_at":1700000000,"vector_store_id":"v"}"# + "\n",
        "batches": #"{"id":"b","object":"batch","created_at":1700000000,"status":"completed"}"# + "\n",
    ]

    private func json(_ verb: String, _ words: [String]) throws -> String {
        let outcome = try Tool.run(Tool.binary.path, [verb] + words + ["--format", "json"])
        return try scratch.write("\(UUID().uuidString).json", outcome.output)
    }

    private func check(_ schema: String, _ documents: [String]) throws -> Tool.Outcome {
        try Tool.run(try #require(ConsumerTests.jsonSchema), ["--schemafile", schema] + documents)
    }

    @Test(arguments: [
        "report", "baseline", "explain", "inventory", "diff", "forecast", "test", "lint", "doctor", "plan",
        "orphans",
    ])
    func `check-jsonschema accepts what is written, and refuses it with a member more or less`(subject: String) throws {
        let schema = try scratch.write("schema.json", try Tool.tenure("schema", subject).output)
        let documents = try documents(of: subject)
        try #require(!documents.isEmpty)
        let outcome = try check(schema, documents)
        #expect(outcome.status == 0, "\(outcome.output.prefix(2000))\(outcome.errors)")
        for document in documents.prefix(1) {
            let object = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: document)))
            var members = try #require(object as? [String: Any])
            members["more"] = 1
            try JSONSerialization.data(withJSONObject: members).write(to: URL(filePath: scratch.path("more.json")))
            members["more"] = nil
            members["schemaVersion"] = nil
            members["sha256"] = nil
            try JSONSerialization.data(withJSONObject: members).write(to: URL(filePath: scratch.path("less.json")))
        }
        for name in ["more.json", "less.json"] {
            #expect(try check(schema, [scratch.path(name)]).status == 1)
        }
    }
}
