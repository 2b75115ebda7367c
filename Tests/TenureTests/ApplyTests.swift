import Files
import Foundation
import FoundationNetworking
import TestSupport
import Testing

/// `tenure apply` against a service, which is the command as well: what is deleted, what stays, and what a script learns.
@Suite struct ApplyTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try estate(threads: 3)
        try scratch.write(
            "key.pem", try Tool.run("/usr/bin/env", ["openssl", "genpkey", "-algorithm", "ed25519"]).output)
        try scratch.write("pseudonyms.key", String(repeating: "0f", count: 32))
        for name in ["key.pem", "pseudonyms.key"] {
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: scratch.path(name))
        }
        let made = try tenure("audit", "init", "--log", "log", "--origin", "a.example/log", "--key", "key.pem")
        #expect(made.status == 0, "\(made.errors)")
    }

    /// Threads with a message each.
    private func estate(threads: Int) throws {
        let lines = (1...threads).map { number in
            (
                #"{"id":"thread_\#(number)","object":"thread","created_at":1760000000,"metadata":{"who":"eve@example.com"}}"#,
                #"{"id":"msg_\#(number)","object":"thread.message","created_at":1760000001,"thread_id":"thread_\#(number)","#
                    + #""role":"user","content":[{"type":"text","text":{"value":"the secret plan","annotations":[]}}]}"#
            )
        }
        try scratch.write("estate/threads.ndjson", lines.map(\.0).joined(separator: "\n") + "\n")
        try scratch.write("estate/messages.ndjson", lines.map(\.1).joined(separator: "\n") + "\n")
        try scratch.write("estate/files.ndjson", "")
        try scratch.write("ids.txt", (1...threads).map { "thread_\($0)\n" }.joined())
    }

    private func twin(_ arguments: String...) throws -> RunningTwin {
        try RunningTwin(["--estate", scratch.path("estate"), "--port", "0"] + arguments)
    }

    /// Deletes old threads of the service.
    private func rules(_ twin: RunningTwin, limits: String = "", holds: [String] = []) throws {
        let today = Date.now.formatted(.iso8601.year().month().day())
        try scratch.write(
            "policies/rules.yaml",
            """
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: threads}
            spec: {match: {kinds: [thread]}, clock: {from: lastActivity}, keep: {atMost: 90d}, whenDue: delete\(limits)}
            ---
            apiVersion: tenure/v1
            kind: Source
            metadata: {name: live}
            spec:
              type: openai
              address: '\(twin.address)'
              credentials: {env: TWIN_KEY}
              registry: [{file: '\(scratch.path("ids.txt"))', kind: thread, complete: true}]
              acceptedGaps: [{kinds: [conversation, item, response], reason: not used, until: 2035-01-01}]

            """)
        let documents = holds.map { id in
            """
            ---
            apiVersion: tenure/v1
            kind: LegalHold
            metadata: {name: matter-\(id.replacing("_", with: "-"))}
            spec: {matter: A matter, match: {ids: [\(id)]}, from: 2026-01-01, until: null, approvedBy: counsel}

            """
        }
        let names = holds.map { "matter-\($0.replacing("_", with: "-"))" }.joined(separator: ", ")
        try scratch.write(
            "policies/holds.yaml",
            """
            apiVersion: tenure/v1
            kind: HoldRegister
            metadata: {name: holds}
            spec: {asOf: \(today), maxAge: 30d, holds: [\(names)]}

            """ + documents.joined())
    }

    @discardableResult
    private func tenure(_ words: String...) throws -> Tool.Outcome { try tenure(words) }

    private func tenure(_ words: [String]) throws -> Tool.Outcome {
        try Tool.run(Tool.binary.path, words, in: scratch.url, environment: ["TWIN_KEY": "sk-twin"])
    }

    private func plan() throws {
        let made = try tenure("plan", "make", "--as", "ann")
        #expect(made.status == 0, "\(made.output)\(made.errors)")
    }

    private struct Applied {
        let status: Int32
        let output: String
        let errors: String
        let json: [String: Any]

        /// `delete thread_1 deleted-verified`, action by action.
        var lines: [String] {
            (json["actions"] as? [[String: Any]] ?? []).map {
                "\($0["verb"] ?? "") \($0["id"] ?? "") \($0["outcome"] as? String ?? "-")"
            }
        }
        var calls: Int? { json["calls"] as? Int }
        var gates: [String] { (json["gates"] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String } }
    }

    private static let keys = ["--audit-log", "log", "--audit-key", "key.pem", "--pseudonym-key", "pseudonyms.key"]

    private func apply(_ more: String...) throws -> Applied { try execute(["apply"] + more) }

    private func execute(_ words: [String]) throws -> Applied {
        let outcome = try tenure(words + ["--execute", "--format", "json"] + Self.keys)
        let json = try? JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        return Applied(
            status: outcome.status, output: outcome.output, errors: outcome.errors, json: json ?? [:])
    }

    private static let everything =
        (1...3).map { "delete msg_\($0) deleted-verified" }
        + (1...3).map { "delete thread_\($0) deleted-verified" }

    @Test func `a dry run calls nothing and says what is next; an execution does it once (cases 61, 68)`() throws {
        let twin = try twin()
        try rules(twin)
        try plan()
        let dry = try tenure("apply")
        #expect(dry.status == 0 && dry.output.contains("would be called  6"), "\(dry.output)\(dry.errors)")
        #expect(
            dry.output.hasSuffix(
                """
                Nothing was deleted.
                Gates still closed: none
                Next: tenure apply plan.json --execute --audit-log DIR --audit-key FILE --pseudonym-key FILE

                """))
        let first = try apply()
        #expect(first.status == 0 && first.lines == Self.everything && first.calls == 6, "\(first)")
        let second = try apply()
        #expect(second.status == 0 && second.lines == Self.everything && second.calls == 0, "\(second)")
        let told = try tenure("apply", "--audit-log", "log")
        #expect(told.status == 0 && told.output.contains("deleted-verified, by an earlier run  6"))
        #expect(told.output.hasSuffix("Gates still closed: none\nNext: nothing remains of this plan\n"))
        let verified = try tenure("audit", "verify", "--log", "log")
        #expect(verified.status == 0, "\(verified.output)")
    }

    @Test func `a hold that was placed since keeps what it reaches, and the rest goes: exit code 0 (case 22)`() throws {
        let twin = try twin()
        try rules(twin)
        try plan()
        try rules(twin, holds: ["msg_2"])
        let applied = try apply()
        #expect(applied.status == 0, "\(applied)")
        #expect(
            applied.lines == [
                "delete msg_1 deleted-verified", "delete msg_2 held-since-plan", "delete msg_3 deleted-verified",
                "delete thread_1 deleted-verified", "delete thread_2 held-since-plan",
                "delete thread_3 deleted-verified",
            ])
    }

    @Test
    func
        `a file that a held thread shares stays, whether the hold came before the plan or after: exit code 0 (case 19)`()
        throws
    {
        let threads = try scratch.text("estate/messages.ndjson").split(separator: "\n").enumerated().map {
            index, line in
            index < 2
                ? line.replacing("\"content\"", with: "\"attachments\":[{\"file_id\":\"file_1\"}],\"content\"") : line
        }
        try scratch.write("estate/messages.ndjson", threads.joined(separator: "\n") + "\n")
        try scratch.write(
            "estate/files.ndjson",
            #"{"id":"file_1","object":"file","created_at":1760000000,"bytes":1,"filename":"a","purpose":"assistants"}"#
                + "\n")
        let twin = try twin()
        try scratch.write("none.txt", "")
        /// What may use a file is known whole.
        func rules(holds: [String] = []) throws {
            try self.rules(twin, holds: holds)
            let others = ["conversation", "response"].map { ", {file: none.txt, kind: \($0), complete: true}" }.joined()
            let text = try scratch.text("policies/rules.yaml").replacing(
                "kind: thread, complete: true}", with: "kind: thread, complete: true}\(others)")
            try scratch.write("policies/rules.yaml", text)
        }
        try rules()
        try scratch.write(
            "policies/files.yaml",
            """
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: files}
            spec: {match: {kinds: [file]}, clock: {from: lastActivity}, keep: {atMost: 90d}, whenDue: delete}

            """)
        try plan()
        #expect(try scratch.text("plan.json").contains("file_1"))
        try rules(holds: ["thread_2"])
        let applied = try apply()
        #expect(applied.status == 0, "\(applied)")
        #expect(
            applied.lines == [
                "delete msg_1 deleted-verified", "delete msg_2 held-since-plan", "delete msg_3 deleted-verified",
                "delete thread_1 deleted-verified", "delete thread_2 held-since-plan",
                "delete thread_3 deleted-verified", "delete file_1 held-since-plan",
            ])
        try plan()
        let again = try apply()
        #expect(again.status == 0 && again.lines == [] && again.calls == 0, "\(again)")
    }

    @Test func `who asked for a plan does not let it through, and somebody else does: exit code 4, then 0 (case 67)`()
        throws
    {
        let twin = try twin()
        try rules(twin, limits: ", approvals: {count: 1}")
        var keys = ""
        for name in ["ann", "bob"] {
            let key = try Tool.run("/usr/bin/env", ["openssl", "genpkey", "-algorithm", "ed25519"]).output
            try scratch.write("\(name).pem", key)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: scratch.path("\(name).pem"))
            let text = try Tool.run("/usr/bin/env", ["openssl", "pkey", "-in", scratch.path("\(name).pem"), "-pubout"])
            let block = text.output.split(separator: "\n").map { "        \($0)\n" }.joined()
            keys += "    - name: \(name)\n      publicKey: |\n\(block)"
        }
        try scratch.write(
            "policies/signers.yaml",
            "apiVersion: tenure/v1\nkind: Signers\nmetadata: {name: office}\nspec:\n  keys:\n\(keys)")
        try plan()
        let own = try tenure("approve", "plan.json", "--as", "ann", "--key", "ann.pem")
        #expect(own.status == 4 && own.errors.contains("who asks does not approve"), "\(own)")
        let refused = try apply()
        #expect(refused.status == 4 && refused.gates == ["approvals"] && refused.calls == 0, "\(refused)")
        let approved = try tenure("approve", "plan.json", "--as", "bob", "--key", "bob.pem")
        #expect(approved.status == 0, "\(approved)")
        let applied = try apply()
        #expect(applied.status == 0 && applied.lines == Self.everything, "\(applied)")
    }

    @Test func `a message that was added since keeps its thread: exit code 0 (case 53)`() async throws {
        let twin = try twin("--now", Date.now.formatted(.iso8601))
        try rules(twin)
        try plan()
        try await TwinClient.post("\(twin.address)/threads/thread_2/messages", #"{"role":"user","content":"wait"}"#)
        let applied = try apply()
        #expect(applied.status == 0, "\(applied)")
        #expect(
            applied.lines == [
                "delete msg_1 deleted-verified", "delete msg_2 changed-since-plan", "delete msg_3 deleted-verified",
                "delete thread_1 deleted-verified", "delete thread_2 changed-since-plan",
                "delete thread_3 deleted-verified",
            ])
    }

    @Test func `a surface that was retired since makes nothing absent: exit code 5 (case 35)`() throws {
        var first: RunningTwin? = try twin()
        let address = try #require(first?.address)
        try rules(#require(first))
        try plan()
        first = nil
        let port = try #require(URL(string: address)?.port)
        let retired = try RunningTwin(
            "--estate", scratch.path("estate"), "--port", "\(port)", "--retired", "assistants")
        #expect(retired.address == address)
        let applied = try apply()
        #expect(applied.status == 5 && applied.calls == 0, "\(applied)")
        #expect(applied.lines.allSatisfy { $0.hasSuffix(" unknown") })
    }

    @Test func `answers that are lost are settled by reading, and each record goes once (case 56)`() throws {
        try scratch.write("faults.json", #"{"seed": 5, "percent": {"reset": 40}}"#)
        let twin = try twin("--faults", scratch.path("faults.json"))
        try rules(twin)
        try plan()
        // What was lost thrice without being done is not called a fourth time in one run.
        var runs: [Applied] = []
        repeat { runs.append(try apply()) } while runs.count < 3 && runs.last?.status == 5
        #expect(runs.last?.status == 0 && runs.last?.lines == Self.everything, "\(runs)")
        #expect(runs.compactMap(\.calls).reduce(0, +) > 6, "no answer was lost: \(runs)")
        #expect(try apply().calls == 0)
    }

    @Test func `"deleted": false is no deletion: exit code 5 (case 57)`() throws {
        try estate(threads: 1)
        try scratch.write("estate/messages.ndjson", "")
        try scratch.write("faults.json", #"{"seed": 5, "percent": {"undeleted": 100}}"#)
        let twin = try twin("--faults", scratch.path("faults.json"))
        try rules(twin)
        try plan()
        let applied = try apply()
        #expect(applied.status == 5 && applied.lines == ["delete thread_1 failed"], "\(applied)")
        #expect(applied.calls == 3)
    }

    @Test func `a limit that is exceeded by one lets nothing go: exit code 4 (case 64)`() throws {
        let twin = try twin()
        try rules(twin, limits: ", limits: {records: 5}")
        #expect(try tenure("plan", "make", "--as", "ann").status == 4)
        let applied = try apply()
        #expect(applied.status == 4 && applied.gates == ["limit"] && applied.calls == 0, "\(applied)")
        try rules(twin, limits: ", limits: {records: 6}")
        try plan()
        #expect(try apply().lines == Self.everything)
    }

    @Test func `a plan of which a byte was edited is not executed: exit code 4`() throws {
        let twin = try twin()
        try rules(twin)
        try plan()
        try scratch.write("plan.json", scratch.text("plan.json").replacing("msg_3", with: "msg_4"))
        let applied = try apply()
        #expect(
            applied.status == 4 && applied.output.isEmpty && applied.errors.contains("changed after it was written"))
    }

    @Test func `a plan made as of another day, or expired, is not executed: exit code 4 (cases 15, 63)`() throws {
        let twin = try twin()
        try rules(twin)
        try plan()
        let text = try scratch.text("plan.json")
        for (key, value, gate) in [
            ("asOf", Date.now.addingTimeInterval(86_400), "ahead"), ("expires", .now.addingTimeInterval(-1), "expired"),
        ] {
            let stated = try #require(text.firstMatch(of: try Regex(#""\#(key)":"[^"]*""#))).output
            let other = text.replacing(stated[0].substring ?? "", with: #""\#(key)":"\#(value.formatted(.iso8601))""#)
            try scratch.write("plan.json", sealed(other))
            let applied = try apply()
            #expect(applied.status == 4 && applied.gates == [gate] && applied.calls == 0, "\(applied)")
            let dry = try tenure("apply")
            #expect(dry.status == 4 && dry.output.hasSuffix("Next: tenure plan make --as NAME\n"))
        }
    }

    /// The plan with the digest of its body as it is now, as only who forges one writes it.
    private func sealed(_ text: String) throws -> String {
        let middle = #","sha256":""#
        let end = try #require(text.range(of: middle, options: .backwards)).lowerBound
        let body = text[..<end].dropFirst(#"{"plan":"#.count)
        try scratch.write("body", String(body))
        let digest = try Tool.run("/usr/bin/sha256sum", ["body"], in: scratch.url).output.prefix(64)
        return #"{"plan":"# + body + middle + digest + "\"}\n"
    }

    @Test func `other policies void a plan, and a second run keeps away: exit code 4 (cases 62, 63)`() throws {
        let twin = try twin()
        try rules(twin)
        try plan()
        try rules(twin, limits: ", severity: high")
        let applied = try apply()
        #expect(applied.status == 4 && applied.gates == ["policies-changed"] && applied.calls == 0, "\(applied)")
        try rules(twin)
        for (path, words) in [("plan.json.lock", "one run at a time executes a plan"), ("log/lock", "writes to a log")]
        {
            let holder = try FileLock(path: scratch.path(path), holder: "another run")
            let second = try withExtendedLifetime(holder) { try apply() }
            #expect(second.status == 4 && second.errors.contains(words), "\(second)")
        }
        #expect(try apply().lines == Self.everything)
    }

    @Test func `without a log nothing is called: exit code 2`() throws {
        let twin = try twin()
        try rules(twin)
        try plan()
        let applied = try tenure("apply", "--execute")
        #expect(applied.status == 2 && applied.errors.contains("what cannot be logged is not done"))
        #expect(try tenure("apply", "absent.json").status == 2)
    }

    @Test func `a run that is out of time says what remains, and the next one goes on: exit code 3`() throws {
        let twin = try twin()
        try rules(twin)
        try plan()
        let applied = try apply("--max-duration", "PT0S")
        #expect(applied.status == 3 && applied.calls == 0 && applied.json["remaining"] as? Int == 6, "\(applied)")
        #expect(try apply().lines == Self.everything)
    }

    @Test func `^C ends a run between two actions, and the next one goes on: exit code 3`() throws {
        let twin = try twin()
        try rules(twin)
        try plan()
        let process = Process()
        process.executableURL = Tool.binary
        process.arguments = ["apply", "--execute"] + Self.keys
        process.currentDirectoryURL = scratch.url
        process.environment = ["TWIN_KEY": "sk-twin"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        // Once the plan is locked, signals wait; the scan has still to come.
        while process.isRunning, !FileManager.default.fileExists(atPath: scratch.path("plan.json.lock")) {}
        process.interrupt()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit && process.terminationStatus == 3)
        let left = try apply()
        #expect(left.status == 0 && left.lines == Self.everything, "\(left)")
    }

    @Test func `a copy has nothing to call: exit code 4`() throws {
        let twin = try twin()
        try rules(twin)
        let words = ["plan", "make", "--as", "ann", "--policies", "policies", "--export", "estate"]
        try scratch.write(
            "policies/rules.yaml", scratch.text("policies/rules.yaml").split(separator: "---\n")[0].description)
        #expect(try tenure(words).status != 4)
        let applied = try apply("--export", "estate")
        #expect(applied.status == 4 && applied.gates == ["copy"], "\(applied)")
    }

    /// Takes in the request of the person whom all threads name, under rules by which nothing would go.
    private func request(_ twin: RunningTwin, holds: [String] = []) throws {
        try rules(twin, holds: holds)
        let rules = try scratch.text("policies/rules.yaml").replacing("atMost: 90d", with: "atMost: 9000d")
        try scratch.write("policies/rules.yaml", rules)
        try scratch.write(
            "request.yaml",
            """
            apiVersion: tenure/v1
            kind: PrivacyRequest
            metadata: {name: eve}
            spec: {regulation: gdpr, received: 2026-11-20, subject: {metadata: {who: eve@example.com}}}

            """)
        let taken = try tenure("erase", "new", "--subject", "request.yaml", "--pseudonym-key", "pseudonyms.key")
        #expect(taken.status == 0, "\(taken.errors)")
        try tenure("erase", "plan", "--as", "ann", "--pseudonym-key", "pseudonyms.key")
    }

    @Test func `what a privacy request asks for goes the same way, and what a hold keeps stays (case 25)`() throws {
        let twin = try twin()
        try request(twin, holds: ["thread_2"])
        let dry = try tenure("erase", "apply", "eve")
        #expect(dry.status == 0 && dry.output.contains("Nothing was deleted."), "\(dry)")
        #expect(dry.output.contains("Next: tenure erase apply eve --plan plan.json --execute"), "\(dry.output)")
        let applied = try execute(["erase", "apply", "eve"])
        let gone = ["msg_1", "msg_3", "thread_1", "thread_3"].map { "delete \($0) deleted-verified" }
        #expect(applied.status == 0 && applied.lines == gone, "\(applied)")
        let again = try execute(["erase", "apply", "eve"])
        #expect(again.calls == 0)
        let status = try tenure(
            "erase", "receipt", "eve", "--audit-log", "log", "--audit-key", "key.pem", "--pseudonym-key",
            "pseudonyms.key")
        #expect(
            status.status == 0 && status.output.contains("4 records are gone, 0 are not, 2 are kept by law"),
            "\(status)")
        #expect(try ConsumerTests.objections(to: scratch.text("receipt.json"), as: "receipt") == "")
        for run in [applied, again] { #expect(try ConsumerTests.objections(to: run.output, as: "apply") == "") }
    }

    @Test func `what is no longer the person's stays, whatever the plan of the request says`() async throws {
        let twin = try twin()
        try request(twin)
        try await TwinClient.post("\(twin.address)/threads/thread_2", #"{"metadata":{"who":"somebody else"}}"#)
        let applied = try execute(["erase", "apply", "eve"])
        let stays = ["msg_2", "thread_2"].map { "delete \($0) changed-since-plan" }
        #expect(applied.status == 0 && applied.lines.filter { $0.contains("_2") } == stays, "\(applied)")
        #expect(applied.lines.count { $0.hasSuffix("deleted-verified") } == 4)
    }

    @Test func `the plan of a privacy request goes by that request alone, and a request by its own plan: exit code 2`()
        throws
    {
        let twin = try twin()
        try request(twin)
        let alone = try apply()
        #expect(alone.status == 2 && alone.errors.contains("tenure erase apply eve --plan plan.json"), "\(alone)")
        try rules(twin)
        try plan()
        let other = try execute(["erase", "apply", "eve"])
        #expect(other.status == 2 && other.errors.contains("plan.json is no plan of eve"), "\(other)")
        try rules(twin)
        try tenure("erase", "plan", "--as", "ann", "--pseudonym-key", "pseudonyms.key", "--plan", "noted.json")
        // The same request, taken in again, knows nothing of that plan.
        try FileManager.default.removeItem(atPath: scratch.path("requests/eve.json"))
        try tenure("erase", "new", "--subject", "request.yaml", "--pseudonym-key", "pseudonyms.key")
        let unnoted = try execute(["erase", "apply", "eve", "--plan", "noted.json"])
        #expect(unnoted.status == 2 && unnoted.errors.contains("was not noted"), "\(unnoted)")
    }
}
