import Foundation
import TestSupport
import Testing

/// `tenure erase`: a person asks to be forgotten.
@Suite struct EraseTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write("pseudonyms.key", String(repeating: "5a", count: 32))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: scratch.path("pseudonyms.key"))
        try scratch.write(
            "policies/rules.yaml",
            """
            apiVersion: tenure/v1
            kind: HoldRegister
            metadata: {name: holds}
            spec: {asOf: \(Date.now.formatted(.iso8601.year().month().day())), maxAge: 30d, holds: [matter]}
            ---
            apiVersion: tenure/v1
            kind: LegalHold
            metadata: {name: matter}
            spec: {matter: A matter, match: {kinds: [thread], ids: [thread_held]}, from: 2026-01-01}
            ---
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: inner}
            spec:
              match: {kinds: [thread]}
              clock: {from: created}
              keep: {atLeast: 20y}
            """)
        try scratch.write(
            "export/threads.ndjson",
            """
            {"id":"thread_a","object":"thread","created_at":1767225600,"metadata":{"subject":"Anna@Example.org"}}
            {"id":"thread_held","object":"thread","created_at":1767225600,"metadata":{"subject":"anna@example.org"}}
            {"id":"thread_b","object":"thread","created_at":1767225600,"metadata":{"subject":"bert"}}
            {"id":"thread_c","object":"thread","created_at":1767225600,"metadata":{"customer":"c-77"}}
            """)
        try scratch.write(
            "export/messages.ndjson",
            """
            {"id":"msg_1","object":"thread.message","created_at":1767225600,"thread_id":"thread_a","role":"user","content":[]}
            {"id":"msg_2","object":"thread.message","created_at":1767225600,"thread_id":"thread_b","role":"user","content":[],"metadata":{"subject":"anna@example.org"}}
            """)
        for name in ["runs", "run_steps", "assistants", "files"] { try scratch.write("export/\(name).ndjson", "") }
        try scratch.write("request.yaml", Self.document("request-17"))
    }

    private static func document(_ name: String, received: String = "2026-11-03") -> String {
        """
        apiVersion: tenure/v1
        kind: PrivacyRequest
        metadata: {name: \(name)}
        spec:
          regulation: gdpr
          received: \(received)
          subject: {emails: [anna@example.org], metadata: {customer: c-77}}
        """
    }

    private func erase(_ words: String...) throws -> Tool.Outcome { try erase(words) }

    private func erase(_ words: [String]) throws -> Tool.Outcome {
        try Tool.run(
            Tool.binary.path, ["erase"] + words + ["--pseudonym-key", "pseudonyms.key"], in: scratch.url)
    }

    private func takeIn() throws {
        let taken = try erase("new", "--subject", "request.yaml", "--on", "2026-11-10")
        #expect(taken.status == 0, "\(taken.errors)")
    }

    @Test func `a request is taken in with its date and the rule, and names nobody`() throws {
        let taken = try erase("new", "--subject", "request.yaml", "--on", "2026-11-10")
        #expect(taken.status == 0, "\(taken.errors)")
        #expect(taken.output.contains("REQUEST request-17: taken in, and nothing was planned"))
        #expect(taken.output.contains("1 month after 2026-11-03 is 2026-12-03; GDPR Article 12(3)"))
        #expect(taken.output.contains("hmac-sha256:") && !taken.output.lowercased().contains("anna"))
        #expect(try erase("status", "request-17", "--on", "2026-12-03").status == 0)
        let late = try erase("list", "--on", "2026-12-04")
        #expect(late.status == 1 && late.output.contains("1 d late"))
        let json = try erase("list", "--format", "json", "--on", "2026-11-10")
        #expect(try ConsumerTests.objections(to: json.output, as: "requests") == "")
    }

    @Test func `who was told in time that it takes longer is answered by the later day, and in time only`() throws {
        try takeIn()
        let late = try erase("extend", "request-17", "--told", "2026-12-04")
        #expect(late.status == 2 && late.errors.contains("it was to be answered by 2026-12-03"), "\(late.errors)")
        let extended = try erase("extend", "request-17", "--told", "2026-12-03", "--on", "2026-12-04")
        #expect(extended.status == 0 && extended.output.contains("3 months after 2026-11-03"), "\(extended.errors)")
        #expect(try erase("status", "--on", "2027-02-03").status == 0)
        #expect(try erase("status", "--on", "2027-02-04").status == 1)
        #expect(try erase("extend").status == 2)
    }

    @Test func `taking in, extending and planning are entries of the log, by the person's token`() throws {
        try makeLog()
        let log = ["--audit-log", "audit", "--audit-key", "audit.pem"]
        for words in [
            ["new", "--subject", "request.yaml", "--on", "2026-11-10"], ["extend", "--told", "2026-11-20"],
            ["extend", "--told", "2026-11-20"], ["plan", "--export", "export", "--as", "ann"],
        ] {
            let done = try erase(words + log)
            #expect(done.status == 0, "\(words) \(done.errors)")
        }
        let text = try scratch.text("audit/audit-000000000000.jsonl")
        let entries = try text.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        #expect(
            entries.compactMap { $0["type"] as? String } == [
                "log.opened", "request.received", "request.extended", "plan.made",
            ])
        let data = entries.compactMap { $0["data"] as? [String: Any] }
        #expect(data.compactMap { $0["deadline"] as? String } == ["2026-12-03", "2027-02-03"])
        #expect(data.compactMap { $0["request"] as? String } == ["request-17", "request-17", "request-17"])
        #expect((data[1]["subject"] as? String)?.hasPrefix("hmac-sha256:") == true)
        #expect(!text.lowercased().contains("anna") && !text.contains("c-77"))
        try scratch.write("audit/audit-000000000000.jsonl", "")
        try scratch.write("other.yaml", Self.document("request-18").replacing("anna", with: "berta"))
        #expect(try erase(["new", "--subject", "other.yaml"] + log).status == 4)
        #expect(try !scratch.names("requests").contains("request-18.json"))
    }

    @Test func `a plan holds just what is theirs, and says what the law keeps and what a person has to see`() throws {
        try takeIn()
        let planned = try erase("plan", "--export", "export", "--as", "ann")
        // An export has kinds that it does not hold, so that the answer is never whole.
        #expect(planned.status == 0, "\(planned.errors)\n\(planned.output)")
        #expect(
            planned.output.contains("REQUEST request-17: 5 records are theirs: 4 would go, 1 kept by law, 1 to look at")
        )
        #expect(
            planned.output.contains("export/thread/thread_held: matter, until the matter ends (GDPR Article 17(3)(e))"))
        #expect(planned.output.contains("export/thread/thread_b: it is somebody else's"))
        #expect(planned.output.contains("(export/message/msg_2)"))
        #expect(planned.output.contains("Nothing was deleted."))
        let file = try #require(try JSONSerialization.jsonObject(with: scratch.bytes("plan.json")) as? [String: Any])
        let plan = try #require(file["plan"] as? [String: Any])
        let actions = try #require(plan["actions"] as? [[String: Any]])
        #expect(actions.compactMap { $0["id"] as? String } == ["msg_1", "msg_2", "thread_a", "thread_c"])
        #expect((plan["request"] as? [String: Any])?["name"] as? String == "request-17")
        let shown = try Tool.run(Tool.binary.path, ["plan", "show"], in: scratch.url)
        #expect(shown.status == 0 && shown.output.contains("request:request-17 is due"))
        #expect(try erase("status").output.contains("planned, and not executed"))
    }

    @Test func `every record that was found has the path that led to it`() throws {
        try takeIn()
        let planned = try erase("plan", "--export", "export", "--as", "ann", "--format", "json")
        let report = try #require(try JSONSerialization.jsonObject(with: Data(planned.output.utf8)) as? [String: Any])
        let goes = try #require(report["goes"] as? [[String: Any]])
        let paths = goes.map { record in
            let path = record["path"] as? [[String: Any]] ?? []
            return path.map { "\($0["id"] ?? "") \($0["names"] ?? $0["link"] ?? "")" }.joined(separator: ", ")
        }
        #expect(
            paths.sorted() == [
                "msg_1 subject", "msg_2 subject", "thread_a subject", "thread_c metadata.customer",
            ])
        #expect((report["notLookedInto"] as? [Any])?.isEmpty == false)
        #expect(try ConsumerTests.objections(to: planned.output, as: "erasure") == "")
        #expect((report["notReadToTheEnd"] as? [Any])?.isEmpty == false)
    }

    @Test func `a file that a model may have learned from is named, for nothing takes that back (case 36)`() throws {
        let files = [("file_1", "fine-tune"), ("file_2", "assistants")].map { id, purpose in
            #"{"id":"\#(id)","object":"file","created_at":1767225600,"bytes":1,"purpose":"\#(purpose)"}"#
        }
        try scratch.write("export/files.ndjson", files.joined(separator: "\n"))
        try scratch.write(
            "export/messages.ndjson",
            #"{"id":"msg_1","object":"thread.message","created_at":1767225600,"thread_id":"thread_a","role":"user","#
                + #""content":[],"attachments":[{"file_id":"file_1"},{"file_id":"file_2"}]}"#)
        try takeIn()
        let planned = try erase("plan", "--export", "export", "--as", "ann")
        let named = "\n\nCannot be taken back\n  export/file/file_1: a model may have been trained on it, "
        #expect(planned.output.contains(named), "\(planned.output)")
        #expect(!planned.output.contains("export/file/file_2: a model"))
        let json = try erase("plan", "--export", "export", "--as", "ann", "--format", "json").output
        let report = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        let irreversible = report["irreversibleDerivatives"] as? [[String: Any]] ?? []
        #expect(irreversible.map { $0["id"] as? String } == ["file_1"])
        #expect(try ConsumerTests.objections(to: json, as: "erasure") == "")
    }

    @Test func `a copy under another id goes along or is looked at, and no hash is told (cases 39 and 73)`() throws {
        let hash = String(repeating: "0123456789abcdef", count: 4)
        let files = [
            ("file_a", #""subject":"anna@example.org","sha256":"\#(hash)""#), ("file_b", #""sha256":"\#(hash)""#),
            ("file_c", #""subject":"bert","sha256":"\#(hash)""#), ("file_d", #""product":"x""#),
        ]
        try scratch.write(
            "export/files.ndjson",
            files.map {
                #"{"id":"\#($0)","object":"file","created_at":1767225600,"bytes":1,"purpose":"assistants","metadata":{\#($1)}}"#
            }.joined(separator: "\n"))
        // What could use a file was read to its end.
        for name in [
            "batches", "chat_completions", "container_files", "containers", "conversation_items", "conversations",
            "responses", "uploads", "vector_store_files", "vector_stores",
        ] { try scratch.write("export/\(name).ndjson", "") }
        try scratch.write("request.yaml", Self.document("request-17") + "\n  contentHashKeys: [sha256]\n")
        try makeLog()
        try takeIn()
        let planned = try erase("plan", "--export", "export", "--as", "ann")
        #expect(
            planned.output.contains(
                "export/file/file_c: it names somebody else, too (the same contents as export/file/file_a)"),
            "\(planned)")
        let sentence =
            "whether a file stands a second time under another id, where it has no hash as metadata.sha256: 1 of those that "
            + "were read; the others (3) were compared by theirs"
        #expect(planned.output.contains(sentence))
        let json = try erase("plan", "--export", "export", "--as", "ann", "--format", "json").output
        #expect(try ConsumerTests.objections(to: json, as: "erasure") == "")
        let report = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        let copy = try #require((report["goes"] as? [[String: Any]])?.first { $0["id"] as? String == "file_b" })
        let path = copy["path"] as? [[String: Any]] ?? []
        #expect(path.map { $0["id"] as? String } == ["file_a", "file_b"])
        #expect(path.last?["link"] as? String == "same-contents")
        let made = try receipt()
        #expect(made.status == 5, "\(made)")
        for name in ["receipt.html", "receipt.json"] { #expect(try scratch.text(name).contains(sentence), "\(name)") }
        for name in try FileManager.default.subpathsOfDirectory(atPath: scratch.path)
        where !name.hasPrefix("export/") && FileManager.default.contents(atPath: scratch.path(name)) != nil {
            #expect(try !scratch.text(name).contains(hash), "\(name)")
        }
        for text in [planned.output, planned.errors, json, made.output, made.errors] { #expect(!text.contains(hash)) }
    }

    @Test func `no file but the request's own names the person (case 73)`() throws {
        try takeIn()
        let outcomes = [
            try erase("plan", "--export", "export", "--as", "ann"),
            try erase("plan", "--export", "export", "--as", "ann", "--format", "json"),
            try erase("status"), try erase("list"),
        ]
        let plan = String(decoding: try scratch.bytes("plan.json"), as: UTF8.self)
        for text in outcomes.flatMap({ [$0.output, $0.errors] }) + [plan] {
            #expect(!text.lowercased().contains("anna") && !text.contains("c-77") && !text.contains("bert"))
        }
        let own = String(decoding: try scratch.bytes("requests/request-17.json"), as: UTF8.self)
        #expect(own.contains("anna@example.org"))
        let mode = try FileManager.default.attributesOfItem(atPath: scratch.path("requests/request-17.json"))
        #expect(mode[.posixPermissions] as? Int == 0o600)
    }

    @Test func `a second request of the same person is refused while the first waits`() throws {
        try takeIn()
        try scratch.write("again.yaml", Self.document("request-18"))
        let again = try erase("new", "--subject", "again.yaml")
        #expect(again.status == 2 && again.errors.contains("request-17 is of the same person"))
        let same = try erase("new", "--subject", "request.yaml", "--on", "2026-11-10")
        #expect(same.status == 0 && same.errors.contains("was taken in before"))
        try scratch.write(
            "alike.json",
            """
            {"regulation":"ccpa","subject_request_id":"a7551968-d5d6-44b2-9831-815ac9017798","api_version":"2.0",
            "subject_request_type":"erasure","submitted_time":"2026-11-02T15:00:00Z","subject_identities":
            [{"identity_type":"email","identity_value":"Anna@example.org","identity_format":"raw"}]}
            """)
        let alike = try erase("new", "--opendsr", "alike.json", "--on", "2026-11-10")
        #expect(alike.status == 0, "\(alike.errors)")
        #expect(alike.errors.contains("request-17 shares an identity with a7551968"))
        #expect(alike.output.contains("45 calendar days after 2026-11-02 is 2026-12-17"))
        let which = try erase("status")
        #expect(which.status == 2 && which.errors.contains("name one: a7551968"))
    }

    @Test(arguments: [
        (["new"], "new needs either --subject FILE or --opendsr FILE"), (["plan"], "say who asks for the plan"),
        (["status", "nobody"], "nobody.json"), (["plan", "--as", "ann"], "no request waits in requests"),
        (["new", "--subject", "broken.yaml"], "broken.yaml:5:15: the regulation is none that tenure knows"),
        (["list", "--holidays", "request.yaml"], "request.yaml:1:1: this is no day of the calendar"),
    ])
    func `what cannot be done is told with its place, and nothing is done`(words: [String], message: String) throws {
        let text = Self.document("broken").replacingOccurrences(of: "gdpr", with: "gdrp")
        try scratch.write("broken.yaml", text)
        let outcome = try Tool.run(
            Tool.binary.path, ["erase"] + words + ["--pseudonym-key", "pseudonyms.key"], in: scratch.url)
        #expect(outcome.status == 2 && outcome.errors.contains(message), "\(outcome.errors)")
        #expect(!FileManager.default.fileExists(atPath: scratch.path("requests")))
    }

    @Test func `a key that others can read is refused, and so is none`() throws {
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: scratch.path("pseudonyms.key"))
        let open = try erase("list")
        #expect(open.status == 2 && open.errors.contains("chmod 600"))
        let none = try Tool.run(Tool.binary.path, ["erase", "list"], in: scratch.url)
        #expect(none.status == 2 && none.errors.contains("--pseudonym-key FILE"))
    }

    @Test func `a stale register is a safety stop`() throws {
        try takeIn()
        let rules = String(decoding: try scratch.bytes("policies/rules.yaml"), as: UTF8.self)
        try scratch.write(
            "policies/rules.yaml",
            rules.replacing(/asOf: [-0-9]+/) { _ in "asOf: 2025-01-01" })
        let planned = try erase("plan", "--export", "export", "--as", "ann")
        #expect(planned.status == 4 && planned.output.contains("is stale since"))
    }

    /// Makes a log and its key.
    private func makeLog() throws {
        let key = try Tool.run(
            "/usr/bin/env", ["openssl", "genpkey", "-algorithm", "ed25519", "-out", "audit.pem"], in: scratch.url)
        #expect(key.status == 0, "\(key.errors)")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: scratch.path("audit.pem"))
        let log = try Tool.run(
            Tool.binary.path, ["audit", "init", "--key", "audit.pem", "--origin", "audit.example.test/a"],
            in: scratch.url)
        #expect(log.status == 0, "\(log.errors)")
    }

    private func receipt(_ more: String...) throws -> Tool.Outcome {
        try Tool.run(
            Tool.binary.path,
            [
                "erase", "receipt", "--pseudonym-key", "pseudonyms.key", "--audit-log", "audit", "--audit-key",
                "audit.pem",
                "--page", "receipt.html", "--suppression", "forgotten.json",
            ] + more, in: scratch.url)
    }

    @Test func `what a person looked at is settled, by a list that is just that, and then the request is answered`()
        throws
    {
        try scratch.write(
            "export/threads.ndjson",
            #"{"id":"thread_x","object":"thread","created_at":1767225600,"metadata":{"subject":"anna+x@example.org"}}"#)
        try scratch.write("export/messages.ndjson", "")
        try takeIn()
        try makeLog()
        let log = ["--audit-log", "audit", "--audit-key", "audit.pem"]
        let planned = try erase("plan", "--export", "export", "--as", "ann")
        #expect(try receipt().status == 0)
        let waiting = try erase("status", "--on", "2027-06-01")
        #expect(waiting.status == 1 && waiting.output.contains("somebody has to look at something"), "\(waiting)")
        let digest = try #require(planned.output.firstMatch(of: /--review ([0-9a-f]{64})/)?.output.1)
        let other = try erase(["settle", "--as", "bob", "--review", String(digest.reversed())] + log)
        #expect(other.status == 2 && other.errors.contains("is not the list"), "\(other)")
        #expect(try erase(["settle", "--review", String(digest)] + log).status == 2)
        let settled = try erase(["settle", "--as", "bob", "--review", String(digest), "--on", "2026-11-20"] + log)
        #expect(settled.status == 0 && settled.output.contains("Next: tenure erase receipt request-17"), "\(settled)")
        #expect(try scratch.text("audit/audit-000000000000.jsonl").contains("request.settled"))
        #expect(try receipt().status == 0)
        let answered = try erase("status", "request-17", "--on", "2027-06-01")
        #expect(answered.status == 0 && !answered.output.contains("has to look"), "\(answered)")
        // The same list is not asked about twice; another is.
        _ = try erase("plan", "request-17", "--export", "export", "--as", "ann")
        #expect(try !erase("status", "request-17").output.contains("has to look"))
        try scratch.write(
            "export/threads.ndjson",
            #"{"id":"thread_y","object":"thread","created_at":1767225600,"metadata":{"subject":"anna+x@example.org"}}"#)
        _ = try erase("plan", "request-17", "--export", "export", "--as", "ann")
        #expect(try erase("status", "request-17").output.contains("has to look"))
    }

    @Test(arguments: ["ann@example.org", "Ann Smith"])
    func `who acts says so by a name that a log can have`(name: String) throws {
        try takeIn()
        let planned = try erase("plan", "--export", "export", "--as", name)
        #expect(planned.status == 2 && planned.errors.contains("up to 128 letters"), "\(planned)")
        #expect(!FileManager.default.fileExists(atPath: scratch.path("plan.json")))
    }

    @Test
    func `a receipt is made once nothing is left, and the next scan reports what came back (cases 72, 75 and 82)`()
        throws
    {
        let threads = String(decoding: try scratch.bytes("export/threads.ndjson"), as: UTF8.self)
        let messages = String(decoding: try scratch.bytes("export/messages.ndjson"), as: UTF8.self)
        try takeIn()
        try makeLog()
        _ = try erase("plan", "--export", "export", "--as", "ann")
        let early = try receipt()
        #expect(early.status == 5 && early.output.contains("0 records are gone, 4 are not, 1 are kept by law"))
        #expect(!FileManager.default.fileExists(atPath: scratch.path("forgotten.json")))

        try scratch.write("export/threads.ndjson", threads.split(separator: "\n")[2] + "\n")
        try scratch.write("export/messages.ndjson", "")
        _ = try erase("plan", "--export", "export", "--as", "ann")
        let made = try receipt()
        #expect(made.status == 0, "\(made.errors)\(made.output)")
        for name in ["receipt.json", "receipt.html", "forgotten.json"] {
            let text = String(decoding: try scratch.bytes(name), as: UTF8.self)
            #expect(!text.lowercased().contains("anna") && !text.contains("c-77") && !text.contains("bert"))
            let mode = try FileManager.default.attributesOfItem(atPath: scratch.path(name))
            #expect(mode[.posixPermissions] as? Int == 0o600)
        }
        let page = String(decoding: try scratch.bytes("receipt.html"), as: UTF8.self)
        #expect(page.contains("<h1>Receipt of erasure</h1>") && !page.contains("<script"))

        func scan() throws -> Tool.Outcome {
            try Tool.run(
                Tool.binary.path,
                [
                    "scan", "--export", "export", "--suppression", "forgotten.json", "--pseudonym-key",
                    "pseudonyms.key",
                    "--format", "json",
                ], in: scratch.url)
        }
        let before = try scan()
        #expect(before.status != 1 && before.status != 2, "\(before.errors)")
        try scratch.write("export/threads.ndjson", threads)
        try scratch.write("export/messages.ndjson", messages)
        let after = try scan()
        #expect(after.status == 1, "\(after.errors)")
        let report = try #require(try JSONSerialization.jsonObject(with: Data(after.output.utf8)) as? [String: Any])
        let findings = (report["findings"] as? [[String: Any]] ?? []).filter { $0["state"] as? String == "resurrected" }
        #expect(
            findings.compactMap { $0["id"] as? String } == ["thread_a", "thread_c", "thread_held", "msg_1", "msg_2"])
    }
}
