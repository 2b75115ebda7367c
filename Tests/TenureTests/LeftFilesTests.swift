import Foundation
import TestSupport
import Testing

/// What a full run leaves, from the first scan to the receipt of an erasure: nothing of what the records say.
///
/// Every text, title, file name and metadata value of the estate has one word in it, the values that documents and a
/// request read another, and both are searched for in every byte of every file that was written, and in all that was
/// printed.
@Suite struct LeftFilesTests {
    private static let word = "zqxword"
    private static let readWord = "zqxread"
    private static let subject = "\(readWord).eve@example.com"
    /// Of what two files hold.
    private static let contentHash = "sha256:" + String(repeating: "4b1d", count: 16)
    private let scratch: Scratch
    private let twin: RunningTwin
    /// What was there before the first verb ran, and may say anything.
    private let given: Set<String>

    init() throws {
        scratch = try Scratch()
        try Self.writeEstate(to: scratch)
        twin = try RunningTwin("--estate", scratch.path("estate"), "--port", "0")
        try Self.writeDocuments(to: scratch, address: twin.address)
        for name in ["audit.pem", "bob.pem"] {
            try scratch.write(
                name, try Tool.run("/usr/bin/env", ["openssl", "genpkey", "-algorithm", "ed25519"]).output)
        }
        let key = try Tool.run("/usr/bin/env", ["openssl", "pkey", "-in", scratch.path("bob.pem"), "-pubout"]).output
        let block = key.split(separator: "\n").map { "        \($0)\n" }.joined()
        try scratch.write(
            "policies/signers.yaml",
            "apiVersion: tenure/v1\nkind: Signers\nmetadata: {name: office}\nspec:\n  keys:\n"
                + "    - name: bob\n      publicKey: |\n\(block)")
        try scratch.write("pseudonyms.key", String(repeating: "0f", count: 32))
        for name in ["audit.pem", "bob.pem", "pseudonyms.key"] {
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: scratch.path(name))
        }
        given = Set(try Self.files(in: scratch))
    }

    private static func writeEstate(to scratch: Scratch) throws {
        func lines(_ name: String, _ lines: String...) throws {
            try scratch.write("estate/\(name).ndjson", lines.map { $0 + "\n" }.joined())
        }
        let old = 1_760_000_000
        let metadata = #""metadata":{"subject":"\#(subject)","\#(word)_key":"\#(word) value","product":"\#(readWord)"}"#
        try lines(
            "threads",
            #"{"id":"thread_1","object":"thread","created_at":\#(old),\#(metadata)}"#,
            #"{"id":"thread_2","object":"thread","created_at":\#(old),"metadata":{"who":"\#(word) other@example.com"}}"#,
            #"{"id":"thread_3","object":"thread","created_at":\#(old),"metadata":{"subject":"\#(readWord)-3"}}"#)
        try lines(
            "messages",
            #"{"id":"msg_1","object":"thread.message","created_at":\#(old),"thread_id":"thread_1","role":"user","#
                + #""content":[{"type":"text","text":{"value":"\#(word) said","annotations":[]}}],"#
                + #""attachments":[{"file_id":"file-1","tools":[{"type":"file_search"}]}]}"#,
            #"{"id":"msg_2","object":"thread.message","created_at":\#(old),"thread_id":"thread_2","role":"user","#
                + #""content":[{"type":"text","text":{"value":"\#(word) about \#(subject)","annotations":[]}}],\#(metadata)}"#
        )
        try lines(
            "assistants",
            #"{"id":"asst_1","object":"assistant","created_at":\#(old),"name":"\#(word)","description":"\#(word)","#
                + #""instructions":"\#(word)","model":"m","metadata":{"a":"\#(word)"}}"#)
        try lines(
            "runs",
            #"{"id":"run_1","object":"thread.run","created_at":\#(old),"thread_id":"thread_2","assistant_id":"asst_1","#
                + #""status":"failed","instructions":"\#(word)","last_error":{"code":"server_error","message":"\#(word)"}}"#
        )
        try lines(
            "files",
            #"{"id":"file-1","object":"file","created_at":\#(old),"bytes":1,"filename":"\#(word).pdf","purpose":"assistants"}"#,
            #"{"id":"file-2","object":"file","created_at":\#(old),"bytes":1,"filename":"\#(word) 2.pdf","purpose":"assistants"}"#,
            #"{"id":"file-3","object":"file","created_at":\#(old),"bytes":1,"filename":"\#(word) 3.pdf","purpose":"assistants"}"#
        )
        try lines(
            "vector_stores",
            #"{"id":"vs_1","object":"vector_store","created_at":\#(old),"last_active_at":\#(old),"name":"\#(word)","#
                + #""file_counts":{"total":1},\#(metadata)}"#,
            #"{"id":"vs_2","object":"vector_store","created_at":\#(old),"last_active_at":\#(old),"file_counts":{"total":1}}"#
        )
        try lines(
            "vector_store_files",
            #"{"id":"file-2","object":"vector_store.file","created_at":\#(old),"vector_store_id":"vs_1","#
                + #""status":"completed","attributes":{"title":"\#(word)","sha256":"\#(contentHash)"}}"#,
            #"{"id":"file-3","object":"vector_store.file","created_at":\#(old),"vector_store_id":"vs_2","#
                + #""status":"completed","attributes":{"sha256":"\#(contentHash)"}}"#)
        try lines("conversations", #"{"id":"conv_1","object":"conversation","created_at":\#(old),\#(metadata)}"#)
        try lines(
            "conversation_items",
            #"{"id":"item_1","type":"message","role":"user","status":"completed","conversation_id":"conv_1","#
                + #""content":[{"type":"input_text","text":"\#(word)"}]}"#)
        try lines(
            "responses",
            #"{"id":"resp_1","object":"response","created_at":\#(old),"status":"completed","instructions":"\#(word)","#
                + #""output":[{"type":"message","content":[{"type":"output_text","text":"\#(word)"}]}],"#
                + #""user":"\#(word)","conversation":{"id":"conv_1"},\#(metadata)}"#)
        try lines(
            "containers",
            #"{"id":"cntr_1","object":"container","created_at":\#(old),"last_active_at":\#(old),"name":"\#(word)","#
                + #""status":"running"}"#)
        try lines(
            "container_files",
            #"{"id":"cfile_1","object":"container.file","created_at":\#(old),"bytes":1,"container_id":"cntr_1","#
                + #""path":"/mnt/data/\#(word).csv","source":"user"}"#)
        try lines(
            "chat_completions",
            #"{"id":"chatcmpl_1","object":"chat.completion","created":\#(old),\#(metadata),"choices":[{"message":"#
                + #"{"role":"assistant","content":"\#(word)"}}]}"#)
        // Another export, which is not as it should be: times that are words, what is there twice, a line that breaks off.
        try scratch.write(
            "hurt/threads.ndjson",
            """
            {"id":"thread_8","object":"thread","created_at":"\(word)","metadata":{"product":"\(readWord)"}}
            {"id":"thread_9","object":"thread","created_at":\(old),"metadata":{"product":"\(readWord) a"}}
            {"id":"thread_9","object":"thread","created_at":\(old),"metadata":{"product":"\(readWord) b"}}
            {"id":"thread_7","object":"thread","metadata":{"\(word)":"\(word)
            {"id":"thread_6","object":"thread","created_at":\(old),"metadata":"\(word)"}

            """)
        for (kind, ids) in [
            ("thread", "thread_1\nthread_2\nthread_3\n"), ("conversation", "conv_1\n"), ("response", "resp_1\n"),
        ] {
            try scratch.write("ids/\(kind).txt", ids)
        }
        try scratch.write(
            "request.yaml",
            """
            apiVersion: tenure/v1
            kind: PrivacyRequest
            metadata: {name: eve}
            spec: {regulation: gdpr, received: \(today), subject: {emails: [\(subject)]},
              contentHashKeys: [sha256]}

            """)
    }

    private static var today: String { Date.now.formatted(.iso8601.year().month().day()) }

    private static func writeDocuments(to scratch: Scratch, address: String) throws {
        let registry = ["thread", "conversation", "response"].map {
            "{file: '\(scratch.path("ids/\($0).txt"))', kind: \($0), complete: true}"
        }
        let kinds = "thread, conversation, response, file, vectorStore, container, chatCompletion"
        try scratch.write(
            "policies/rules.yaml",
            """
            apiVersion: tenure/v1
            kind: Source
            metadata: {name: live}
            spec:
              type: openai
              address: '\(address)'
              credentials: {env: TWIN_KEY}
              registry: [\(registry.joined(separator: ", "))]
            ---
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: old}
            spec:
              match: {kinds: [\(kinds)], where: "!has(object.metadata.product) || object.metadata.product != 'x'"}
              clock: {from: created}
              keep: {atMost: 90d}
              whileUsed: delete
              whenDue: delete
              approvals: {count: 1}
            ---
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: looked-at}
            spec: {match: {kinds: [assistant]}, clock: {from: created}, keep: {atMost: 90d}, whenDue: review}
            ---
            apiVersion: tenure/v1
            kind: AccessPolicy
            metadata: {name: tenants}
            spec:
              match: {kinds: [thread]}
              validations:
                - {name: named, expression: "has(object.metadata.tenant)", message: It is nobody's}

            """)
        // Of its two expectations one is met, and nothing expects what is found of the second record.
        try scratch.write(
            "policies/tests.yaml",
            """
            apiVersion: tenure/v1
            kind: PolicyTest
            metadata: {name: old}
            spec:
              asOf: 2026-11-20
              records:
                - {kind: file, id: f1, created: 2026-01-01, metadata: {product: \(readWord), title: \(word)}}
                - {kind: file, id: f2, created: 2026-01-01, subject: \(subject), metadata: {product: \(readWord)}}
                - {kind: file, id: f3, created: 2026-01-01, metadata: {product: x, title: \(word)}}
              expect:
                - {policy: old, id: f1, state: overdue}
                - {policy: old, id: f3, state: overdue}

            """)
        try LiveDocuments.write(holdsOf: [], to: scratch)
        // What the documents were, before the rule was so strict.
        for name in ["rules", "holds"] {
            let text = try scratch.text("policies/\(name).yaml").replacing("  approvals: {count: 1}\n", with: "")
            try scratch.write("former/\(name).yaml", text.replacing("atMost: 90d", with: "atMost: 9000d"))
        }
        try scratch.write("faults.json", #"{"seed": 5, "percent": {"reset": 30, "undeleted": 20, "orphans": 50}}"#)
    }

    /// Every file below the directory, by its path from there.
    private static func files(in scratch: Scratch) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: scratch.path).filter { path in
            var isDirectory: ObjCBool = false
            return FileManager.default.fileExists(atPath: scratch.path(path), isDirectory: &isDirectory)
                && !isDirectory.boolValue
        }
    }

    /// Where runs put what they need for a while.
    private static let temporary = "tmp"
    private static let log = ["--audit-log", "log", "--audit-key", "audit.pem"]
    private static let keys = log + ["--pseudonym-key", "pseudonyms.key"]

    /// Everything that the command does, in the order of a day: the words, and the exit codes that are as they should be.
    private static let day: [(words: [String], exits: Set<Int32>)] = [
        (["init", "begun"], [0]),
        (["audit", "init", "--log", "log", "--origin", "a.example/log", "--key", "audit.pem"], [0]),
        (["lint"] + log, [0]), (["lint", "--format", "json"], [0]), (["lint", "--export", "estate"], [0]),
        (["lint", "--online", "--format", "sarif"], [0, 2]), (["lint", "--export", "hurt"], [0, 2]),
        (["test"], [1]), (["test", "--format", "json"], [1]),
        (["test", "--report", "json=r/test.json", "--report", "junit=r/test.xml", "--fail-under", "100"], [1]),
        (["diff", "--against", "former"], [0]), (["diff", "--against", "former", "--format", "json"], [0]),
        (["diff", "--against", "former", "--export", "estate", "--max-newly-due", "0"], [4]),
        (["diff", "--against", "former", "--export", "estate", "--redact", "--format", "json"], [0, 3]),
        (["diff", "--against", "former", "--export", "hurt", "--format", "json"], [0, 3]),
        (["doctor"], [0, 3]),
        (["doctor", "--format", "json"], [0, 3]), (["inventory"], [0, 3]),
        (["inventory", "--out", "copy"], [0, 3]), (["inventory", "--format", "json"], [0, 3]),
        (["inventory", "--format", "csv"], [0, 3]),
        (
            ["scan", "--report", "json=r/scan.json", "--report", "junit=r/scan.xml", "--report", "sarif=r/scan.sarif"]
                + log, [1]
        ),
        (["scan", "--format", "json", "--redact", "--report", "junit=r/redacted.xml"], [1]),
        (["scan", "--export", "estate", "--format", "json"], [1]), (["scan", "--export", "hurt"], [1]),
        (["scan", "--export", "hurt", "--format", "json", "--report", "junit=r/hurt.xml"], [1]),
        (["explain", "thread_9", "--export", "hurt", "--format", "json"], [0]),
        (["explain", "thread_8", "--export", "hurt"], [0]), (["inventory", "--export", "hurt"], [3]),
        (["scan", "--baseline", "r/baseline.json", "--update-baseline", "--accept-new"], [0, 1]),
        (["explain", "thread_1"], [0]), (["explain", "thread_1", "--format", "json"], [0]),
        (["explain", "asst_1"], [0]), (["forecast", "--until", "2035-01-01", "--step", "P1Y"], [0, 1, 3]),
        (["forecast", "--until", "2035-01-01", "--step", "P1Y", "--format", "json"], [0, 1, 3]),
        (["forecast", "--export", "estate", "--until", "2035-01-01"], [0, 1, 3]),
        (["audit", "orphans"], [0, 1, 3]), (["audit", "orphans", "--format", "json"], [0, 1, 3]),
        (["plan", "review", "--as", "ann"] + log, [0, 3, 4]), (["plan", "make", "--as", "ann"] + log, [0, 3]),
        (["plan", "show"], [0]), (["plan", "show", "--format", "json"], [0]),
        (["approve", "plan.json", "--as", "bob", "--key", "bob.pem"] + log, [0]),
        (["rehearse", "--estate", "copy"], rehearsed), (["rehearse", "--estate", "estate"], rehearsed),
        (["rehearse", "--estate", "copy", "--format", "json"], rehearsed),
        (["rehearse", "--estate", "estate", "--faults", "faults.json"], rehearsed),
        (["rehearse", "--estate", "estate", "--faults", "faults.json", "--format", "json"], rehearsed),
        (
            [
                "hold", "add", "matter", "--matter", "A matter", "--id", "thread_3", "--approved-by", "counsel", "--as",
                "ann",
            ]
                + log, [0]
        ),
        (["hold", "list"], [0]), (["hold", "check", "--format", "json"], [0]),
        (["erase", "new", "--subject", "request.yaml"] + keys, [0]),
        (["erase", "plan", "--as", "ann", "--plan", "eve.json"] + keys, [0, 3]),
        (["rehearse", "eve.json", "--estate", "estate"], rehearsed),
        (["rehearse", "eve.json", "--estate", "estate", "--faults", "faults.json", "--format", "json"], rehearsed),
        (["approve", "eve.json", "--as", "bob", "--key", "bob.pem"] + log, [0, 2]),
        (["erase", "status"] + keys, [0]), (["erase", "list", "--format", "json"] + keys, [0]),
        (["erase", "apply", "--plan", "eve.json", "--execute"] + keys, [0]),
        (
            [
                "erase", "receipt", "--plan", "eve.json", "--receipt", "r/receipt.json", "--page", "r/receipt.html",
                "--suppression", "r/suppression.json",
            ] + keys, [0]
        ),
        // Of conversations none is left to show that the service still has any: 5.
        (["apply"], [0, 5]), (["apply", "--format", "json"] + keys + ["--execute"], [0, 5]),
        (["apply"] + log.prefix(2), [0, 5]),
        (["scan", "--suppression", "r/suppression.json", "--pseudonym-key", "pseudonyms.key"], [0, 1, 3]),
        (["audit", "verify", "--log", "log"], [0]), (["audit", "show", "--log", "log"], [0]),
        (["audit", "prove", "--log", "log", "--entry", "2", "--proof", "r/proof", "--line", "r/line"], [0]),
        (["audit", "checkpoint", "--log", "log"], [0]),
        (["audit", "consistency", "--log", "log", "--since", "log/checkpoint", "--proof", "r/consistency"], [0]),
        (["audit", "token", "--subject", subject, "--pseudonym-key", "pseudonyms.key"], [0]),
        (["hold", "release", "matter", "--as", "ann"] + log, [0, 3]), (["schema", "policy"], [0]),
    ]
    /// Of conversations none is left to show that the service still has any: 5.
    private static let rehearsed: Set<Int32> = [0, 5]

    @Test func `no file that a full run leaves, and no line that it prints, says what records say (case 73)`() throws {
        for name in ["r", Self.temporary] { try scratch.makeDirectory(name) }
        func says(_ text: String) -> Bool {
            [Self.word, Self.readWord, Self.contentHash, "sk-twin"].contains { text.lowercased().contains($0) }
        }
        for (words, exits) in Self.day {
            let outcome = try Tool.run(
                Tool.binary.path, words, in: scratch.url,
                environment: ["TWIN_KEY": "sk-twin", "TMPDIR": scratch.path(Self.temporary)])
            #expect(exits.contains(outcome.status), "\(words): \(outcome)")
            #expect(!says(outcome.output) && !says(outcome.errors), "\(words): \(outcome)")
        }
        #expect(try scratch.text("eve.json").contains("vs_2/file-3"))
        let left = try Self.files(in: scratch).filter { !given.contains($0) }
        for path in [
            ".tenure/ledger.db", "plan.json", "plan.json.approvals", "eve.json", "review.json", "r/scan.json",
            "r/scan.xml", "r/scan.sarif", "r/redacted.xml", "r/baseline.json", "r/receipt.json", "r/receipt.html",
            "r/suppression.json", "r/proof", "r/line", "log/audit-000000000000.jsonl", "log/checkpoint",
            "copy/live/threads.ndjson", "r/test.json", "r/test.xml", "r/hurt.xml", "r/consistency",
            "begun/policies/retention.yaml",
        ] { #expect(left.contains(path)) }
        #expect(try scratch.names(Self.temporary) == [])
        for path in left {
            let text = String(decoding: try scratch.bytes(path), as: UTF8.self)
            // A request says whom to look for, and an inventory what documents read: neither says anything else.
            let mayName = path == "requests/eve.json" || path.hasPrefix("copy/")
            #expect(!says(mayName ? text.replacing(Self.readWord, with: "") : text), "\(path)")
            guard path.hasPrefix("log/") || ["r/line", "r/suppression.json"].contains(path) else { continue }
            for id in ["thread_1", "msg_1", "file-1", "resp_1"] { #expect(!text.contains(id), "\(path)") }
        }
        for path in ["requests/eve.json", "plan.json", "eve.json"] {
            let mode = try FileManager.default.attributesOfItem(atPath: scratch.path(path))[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(path)")
        }
    }
}
