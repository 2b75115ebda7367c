import Foundation
import TestSupport
import Testing

/// What a gate in CI relies on: a real repository, the built command, its exit codes.
@Suite struct DiffTests {
    private static let asOf = "2026-11-20T00:00:00Z"

    /// A repository with policies, and an export of ten threads whose ages are 10, 20 … 100 days.
    private func repository(keep: String = "P1Y") throws -> Scratch {
        let scratch = try Scratch()
        try write(keep, in: scratch)
        let lines = (1...10).map { number in
            let created = 1_795_132_800 - number * 10 * 86_400
            return "{\"object\":\"thread\",\"id\":\"thread_\(number)\",\"created_at\":\(created),"
                + "\"metadata\":{\"tenant\":\"secret-\(number % 2)\"}}\n"
        }
        try scratch.write("export/threads.ndjson", lines.joined())
        for name in ["messages", "runs", "run_steps"] { try scratch.write("export/\(name).ndjson", "") }
        try git(["init", "--quiet", "--initial-branch=main"], in: scratch)
        try commit(scratch)
        return scratch
    }

    private func write(_ keep: String, in scratch: Scratch, whenDue: String = "delete") throws {
        try scratch.write(
            "policies/threads.yaml",
            """
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: threads}
            spec:
              match: {kinds: [thread]}
              clock: {from: created}
              keep: {atMost: \(keep)}
              whenDue: \(whenDue)
            ---
            apiVersion: tenure/v1
            kind: HoldRegister
            metadata: {name: holds}
            spec: {asOf: 2026-11-19, maxAge: 7d, holds: []}
            """)
    }

    @discardableResult
    private func git(_ arguments: [String], in scratch: Scratch) throws -> String {
        let outcome = try Tool.run(
            "/usr/bin/env",
            ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"] + arguments,
            in: scratch.url)
        try #require(outcome.status == 0, "\(outcome.errors)")
        return outcome.output.trimmingCharacters(in: .newlines)
    }

    private func commit(_ scratch: Scratch) throws {
        try git(["add", "--all"], in: scratch)
        try git(["commit", "--quiet", "--message", "x"], in: scratch)
    }

    private func diff(_ words: [String], in scratch: Scratch) throws -> Tool.Outcome {
        try Tool.run(Tool.binary.path, ["diff", "--as-of", Self.asOf] + words, in: scratch.url)
    }

    private func json(_ outcome: Tool.Outcome) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    }

    /// Where SIGCHLD is ignored the system keeps no exit code, and git's failure would be an empty revision.
    @Test func `a revision that git cannot read is an error, whatever signals the command was started with`() throws {
        let scratch = try repository()
        let tree = try git(["rev-parse", "HEAD:policies"], in: scratch)
        let object = scratch.url.appending(path: ".git/objects/\(tree.prefix(2))/\(tree.dropFirst(2))")
        let program =
            "import signal, os, sys; signal.signal(signal.SIGCHLD, signal.SIG_IGN); os.execv(sys.argv[1], sys.argv[1:])"
        guard let python = Tool.find("python3") else { return print("skipped: there is no python3") }
        let words = ["-c", program, Tool.binary.path, "diff", "--as-of", Self.asOf, "--against", "HEAD"]
        #expect(try Tool.run(python, words, in: scratch.url).status == 0)
        try FileManager.default.removeItem(at: object)
        for outcome in [
            try Tool.run(python, words, in: scratch.url), try diff(["--against", "HEAD"], in: scratch),
        ] {
            #expect(outcome.status == 2 && outcome.output.isEmpty && outcome.errors.contains("git ls-tree ended with"))
        }
    }

    @Test func `documents alone are compared with a branch, and the work tree stays as it is`() throws {
        let scratch = try repository()
        try write("P45D", in: scratch)
        let before = try git(["status", "--porcelain"], in: scratch)
        let outcome = try diff(["--against", "main"], in: scratch)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("spec.keep.atMost: \"P1Y\" -> \"P45D\""))
        #expect(outcome.output.contains("limits sooner"))
        #expect(try git(["status", "--porcelain"], in: scratch) == before)
        let object = try json(try diff(["--against", "HEAD", "--format", "json"], in: scratch))
        #expect(object["data"] is NSNull && object["exitCode"] as? Int == 0)
    }

    @Test(arguments: [("6", 0), ("5", 4), ("60%", 0), ("59%", 4), ("0", 4), ("100%", 0)])
    func `the gate lets exactly its limit pass`(limit: String, status: Int32) throws {
        let scratch = try repository()
        // Threads of 50 … 100 days become due: an instant equal to the limit has reached it.
        try write("P50D", in: scratch)
        for option in ["--max-newly-due", "--max-newly-free"] {
            let outcome = try diff(["--against", "HEAD", "--export", "export", option, limit], in: scratch)
            #expect(outcome.status == status, "\(outcome.output)\(outcome.errors)")
            #expect(outcome.output.contains("exit \(status)"))
        }
    }

    @Test func `the list, the counts and the groups say what changes, and no tenant's name`() throws {
        let scratch = try repository()
        try write("P90D", in: scratch)
        let outcome = try diff(["--against", "HEAD", "--export", "export", "--format", "json"], in: scratch)
        #expect(outcome.status == 0 && !outcome.output.contains("secret"))
        let data = try #require(try json(outcome)["data"] as? [String: Any])
        let list = try #require(data["list"] as? [[String: Any]])
        #expect(list.map { $0["id"] as? String } == ["thread_10", "thread_9"])
        #expect(list.allSatisfy { ($0["newly"] as? [String]) == ["due", "overdue", "may-go"] })
        let groups = try #require(data["groups"] as? [[String: Any]])
        #expect(Set(groups.compactMap { $0["tenant"] as? String }).count == 2)
        let due = try #require((data["changes"] as? [[String: Any]])?.first?["newly"] as? [String: Any])
        #expect(due["records"] as? Int == 2 && due["oldest"] as? String == "2026-08-12T00:00:00Z")
        let policy = try String(contentsOfFile: scratch.path("policies/threads.yaml"), encoding: .utf8)
        try scratch.write(
            "policies/threads.yaml",
            policy.replacing("{kinds: [thread]}", with: "{kinds: [thread], ids: [thread_9, thread_10]}"))
        let redacted = try diff(["--against", "HEAD", "--export", "export", "--redact"], in: scratch)
        #expect(redacted.output.contains("thread/r-") && redacted.output.contains("\"2 ids\""))
        #expect(!redacted.output.contains("thread_"), "\(redacted.output)")
    }

    @Test func `an exception makes records newly excepted, and is named with its ticket and its last day`() throws {
        let scratch = try repository()
        try write("P50D", in: scratch)
        try commit(scratch)
        try scratch.write(
            "policies/pilot.yaml",
            """
            apiVersion: tenure/v1
            kind: PolicyException
            metadata: {name: pilot}
            spec:
              policies: [threads]
              match: {ids: [thread_9]}
              reason: pilot
              ticket: PRIV-212
              owner: me
              expiresAt: 2027-03-31
            """)
        let words = ["--against", "HEAD", "--export", "export"]
        let report = try json(try diff(words + ["--format", "json"], in: scratch))
        let data = try #require(report["data"] as? [String: Any])
        let list = try #require(data["list"] as? [[String: Any]])
        #expect(list.map { $0["id"] as? String } == ["thread_9"])
        #expect(list.first?["newly"] as? [String] == ["excepted"])
        #expect(list.first?["noLonger"] as? [String] == ["due", "overdue", "may-go"])
        let cited = ["name": "pilot", "ticket": "PRIV-212", "expiresAt": "2027-03-31"]
        let because = (list.first?["because"] as? [[String: Any]])?.first
        for entry in [because, (data["groups"] as? [[String: Any]])?.first] {
            #expect(entry?["documentKind"] as? String == "PolicyException")
            #expect(entry?["exception"] as? [String: String] == cited)
        }
        let text = try diff(words, in: scratch).output
        #expect(text.contains("PolicyException/pilot until 2027-03-31 (PRIV-212)"), "\(text)")
    }

    @Test func `a policy that only begins to delete makes nothing due, and records free to go`() throws {
        let scratch = try repository()
        try write("P50D", in: scratch, whenDue: "report")
        try commit(scratch)
        try write("P50D", in: scratch)
        let words = ["--against", "HEAD", "--export", "export"]
        #expect(try diff(words + ["--max-newly-due", "0"], in: scratch).status == 0)
        #expect(try diff(words + ["--max-newly-free", "0"], in: scratch).status == 4)
    }

    /// Read by the new side's fields alone, the hold would match on neither side, and nothing would seem to change.
    @Test func `a change of what is a record's subject frees what was held by it`() throws {
        let scratch = try repository()
        func write(_ subject: String) throws {
            try scratch.write(
                "policies/threads.yaml",
                """
                apiVersion: tenure/v1
                kind: RetentionPolicy
                metadata: {name: threads}
                spec: {match: {kinds: [thread]}, clock: {from: created}, keep: {atMost: P50D}, whenDue: delete}
                ---
                apiVersion: tenure/v1
                kind: LegalHold
                metadata: {name: matter}
                spec: {match: {kinds: [thread], subjects: [secret-1]}, from: 2026-01-01}
                ---
                apiVersion: tenure/v1
                kind: HoldRegister
                metadata: {name: holds}
                spec: {asOf: 2026-11-19, maxAge: 7d, holds: [matter]}
                ---
                apiVersion: tenure/v1
                kind: Source
                metadata: {name: export}
                spec: {type: export, path: export, fields: {subject: metadata.\(subject)}}
                """)
        }
        try write("tenant")
        try commit(scratch)
        try write("product")
        let words = ["--against", "HEAD", "--max-newly-free", "0"]
        // The threads of 50, 70 and 90 days are due and of the subject; the others lack the new one, and go to review.
        let unknown = try diff(words, in: scratch)
        #expect(
            unknown.status == 0 && unknown.output.contains("thread/thread_5: newly due"),
            "\(unknown.output)\(unknown.errors)")
        try scratch.write(
            "export/threads.ndjson",
            try String(contentsOfFile: scratch.path("export/threads.ndjson"), encoding: .utf8).replacing(
                "\"tenant\"", with: "\"product\":\"p\",\"tenant\""))
        for kind in ["assistants", "files", "vector_stores", "batches", "uploads", "containers", "responses"] {
            try scratch.write("export/\(kind).ndjson", "")
        }
        let outcome = try diff(words, in: scratch)
        #expect(outcome.status == 4 && outcome.output.contains("newly may-go"), "\(outcome.output)\(outcome.errors)")
    }

    @Test func `tenants without a name stand in one order, whatever the run`() throws {
        let scratch = try repository()
        let lines = [
            "{}", "{\"tenant\":\"\"}", "{\"tenant\":\"\\u0000\"}", "{\"tenant\":\"e\u{301}\"}",
            "{\"tenant\":\"\u{E9}\"}",
        ]
        try scratch.write(
            "export/threads.ndjson",
            lines.enumerated().map {
                "{\"object\":\"thread\",\"id\":\"t\($0)\",\"created_at\":1770000000,\"metadata\":\($1)}\n"
            }.joined())
        try write("P50D", in: scratch)
        let words = ["--against", "HEAD", "--export", "export", "--format", "json"]
        let outputs = try (0..<6).map { _ in try diff(words, in: scratch).output }
        #expect(Set(outputs).count == 1)
        let groups = try #require(
            ((try json(try diff(words, in: scratch))["data"]) as? [String: Any])?["groups"] as? [Any])
        #expect(groups.count == 15)
    }

    @Test func `what is not complete ends with exit code 3, unless a limit is exceeded`() throws {
        let scratch = try repository()
        try scratch.write("export/runs.ndjson", "{torn")
        try write("P50D", in: scratch)
        let words = ["--against", "HEAD", "--export", "export"]
        let outcome = try diff(words + ["--max-newly-due", "100"], in: scratch)
        #expect(outcome.status == 3 && outcome.output.contains("Not complete"), "\(outcome.output)\(outcome.errors)")
        #expect(try diff(words + ["--max-newly-due", "1"], in: scratch).status == 4)
    }

    @Test func `an old side that is broken ends with exit code 2, and names the revision and the place`() throws {
        let scratch = try repository()
        try scratch.write("policies/x.yaml", "apiVersion: tenure/v1\nkind: RetentionPolcy\nmetadata: {name: x}\n")
        try commit(scratch)
        try git(["tag", "broken"], in: scratch)
        try FileManager.default.removeItem(at: scratch.url.appending(path: "policies/x.yaml"))
        let outcome = try diff(["--against", "broken"], in: scratch)
        #expect(outcome.status == 2 && outcome.errors.contains("broken:policies/x.yaml:2:7: error:"))
        #expect(outcome.errors.contains("the policies of broken cannot be used"))
        try scratch.write("policies/y.yaml", "kind: [")
        let new = try diff(["--against", "HEAD~1"], in: scratch)
        #expect(new.status == 2 && new.errors.contains("policies of policies cannot") && new.errors.contains("y.yaml"))
    }

    @Test(arguments: [
        [], ["--against", "no-such-thing"], ["--against", "--help-me"], ["--against", "-x"],
        ["--against", "main:policies"],
        ["--against", "HEAD", "--max-newly-due", "1"], ["--against", "HEAD", "--max-newly-due", "101%"],
        ["--against", "HEAD", "--export", "export", "--max-newly-due", "some"],
        ["--against", "HEAD", "--policies", "absent"], ["--against", "HEAD", "--export", "absent"],
    ])
    func `what makes no sense ends with exit code 2`(words: [String]) throws {
        let outcome = try diff(words, in: try repository())
        #expect(outcome.status == 2 && outcome.output.isEmpty && !outcome.errors.isEmpty, "\(outcome.output)")
    }

    @Test func `a directory is an old side, and one that is not in the revision says nothing`() throws {
        let scratch = try repository()
        try FileManager.default.copyItem(
            at: scratch.url.appending(path: "policies"), to: scratch.url.appending(path: "main"))
        try write("P50D", in: scratch)
        let outcome = try diff(["--against", "main"], in: scratch)
        #expect(outcome.status == 0 && !outcome.output.contains("commit"), "\(outcome.errors)")
        try FileManager.default.moveItem(
            at: scratch.url.appending(path: "policies"), to: scratch.url.appending(path: "rules"))
        let added = try diff(["--against", "HEAD", "--policies", "rules", "--export", "export"], in: scratch)
        #expect(added.status == 0 && added.output.contains("added RetentionPolicy/threads"), "\(added.errors)")
        #expect(added.output.contains("uncovered"))
    }

    @Test func `what a hook left in the environment leads to no other repository`() throws {
        let scratch = try repository()
        try write("P45D", in: scratch)
        let outcome = try Tool.run(
            "/usr/bin/env",
            ["GIT_DIR=/nowhere", "GIT_INDEX_FILE=/nowhere", "GIT_WORK_TREE=/", Tool.binary.path, "diff"]
                + ["--as-of", Self.asOf, "--against", "HEAD"], in: scratch.url)
        #expect(outcome.status == 0 && outcome.output.contains("P45D"), "\(outcome.errors)")
    }
}
