import Files
import Foundation
import TestSupport
import Testing

/// What commands that look again know from the ledger of scans, and what the ledger learns from them.
@Suite struct RememberedRecordsTests {
    private let scratch: Scratch
    private let twin: RunningTwin

    /// Three threads that must be kept, each with a message that uses a file of its own that is past its limit.
    init() throws {
        scratch = try Scratch()
        let numbers = 1...3
        try scratch.write(
            "estate/threads.ndjson",
            numbers.map {
                #"{"id":"thread_\#($0)","object":"thread","created_at":1760000000,"metadata":{"subject":"person-\#($0)"}}"#
                    + "\n"
            }.joined())
        try scratch.write(
            "estate/messages.ndjson",
            numbers.map {
                #"{"id":"msg_\#($0)","object":"thread.message","created_at":1760000001,"thread_id":"thread_\#($0)","#
                    + #""role":"user","content":[],"attachments":[{"file_id":"file_\#($0)"}]}"# + "\n"
            }.joined())
        try scratch.write(
            "estate/files.ndjson",
            numbers.map {
                #"{"id":"file_\#($0)","object":"file","created_at":1760000000,"bytes":1,"filename":"a","purpose":"assistants"}"#
                    + "\n"
            }.joined())
        try scratch.write("ids.txt", "thread_1\nthread_2\nthread_3\n")
        try scratch.write("none.txt", "")
        twin = try RunningTwin("--estate", scratch.path("estate"), "--port", "0")
        try scratch.write(
            "policies/rules.yaml",
            """
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: threads}
            spec: {match: {kinds: [thread]}, clock: {from: created}, keep: {atLeast: 50y}}
            ---
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: files}
            spec: {match: {kinds: [file]}, clock: {from: created}, keep: {atMost: 90d}, whenDue: delete}
            ---
            apiVersion: tenure/v1
            kind: Source
            metadata: {name: live}
            spec:
              type: openai
              address: '\(twin.address)'
              credentials: {env: TWIN_KEY}
              registry:
                - {file: ids.txt, kind: thread, complete: true}
                - {file: none.txt, kind: conversation, complete: true}
                - {file: none.txt, kind: response, complete: true}
            ---
            apiVersion: tenure/v1
            kind: HoldRegister
            metadata: {name: holds}
            spec: {asOf: \(Date.now.formatted(.iso8601.year().month().day())), maxAge: 30d, holds: []}

            """)
    }

    @discardableResult
    private func tenure(_ words: String...) throws -> Tool.Outcome {
        try Tool.run(Tool.binary.path, words, in: scratch.url, environment: ["TWIN_KEY": "sk-twin"])
    }

    private func json(_ words: String...) throws -> (status: Int32, object: [String: Any]) {
        let outcome = try Tool.run(
            Tool.binary.path, words + ["--format", "json"], in: scratch.url, environment: ["TWIN_KEY": "sk-twin"])
        let object = try? JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        return (outcome.status, object ?? ["errors": outcome.errors])
    }

    @Test(arguments: [nil, "kept.db"])
    func `a registry that lacks a thread which a scan saw lets nothing go that the thread uses`(
        ledger: String?
    ) throws {
        let memory = ledger.map { ["--ledger", $0] } ?? []
        func tenure(_ words: String...) throws -> Tool.Outcome {
            try Tool.run(Tool.binary.path, words + memory, in: scratch.url, environment: ["TWIN_KEY": "sk-twin"])
        }
        #expect(try tenure("scan").status == 0)
        try scratch.write("ids.txt", "thread_2\nthread_3\n")
        let scanned = try tenure("scan")
        #expect(scanned.status == 3 && scanned.output.contains("may go now  0"), "\(scanned)")

        let planned = try tenure("plan", "make", "--as", "ann")
        #expect(planned.status == 3 && planned.output.contains("PLAN: 0 calls"), "\(planned)")
        let forecast = try tenure("forecast", "--until", "2030-01-01", "--step", "P2Y")
        #expect(forecast.status == 3 && forecast.output.contains("known in part"), "\(forecast)")
        let orphans = try tenure("audit", "orphans")
        #expect(orphans.status == 3, "\(orphans)")
        let inventory = try tenure("inventory", "--format", "csv")
        #expect(inventory.output.contains("live,thread,,,3,"), "\(inventory)")

        // Without the obligation all threads are due.
        try FileManager.default.copyItem(
            at: scratch.url.appending(path: "policies"), to: scratch.url.appending(path: "old"))
        let rules = try scratch.text("policies/rules.yaml")
        try scratch.write("policies/rules.yaml", rules.replacing("{atLeast: 50y}", with: "{atMost: 1d}"))
        let compared = try tenure("diff", "--against", "old", "--format", "json")
        #expect(compared.status == 3 && compared.output.contains("\"thread_1\""), "\(compared)")
    }

    @Test(arguments: [false, true])
    func `threads that must be kept and all answer 404 let nothing go that they use, unless a canary was seen`(
        isProven: Bool
    ) async throws {
        try scratch.write(
            "estate/assistants.ndjson", #"{"id":"asst_1","object":"assistant","created_at":1760000000}"# + "\n")
        let twin = try RunningTwin("--estate", scratch.path("estate"), "--port", "0")
        let rules = try scratch.text("policies/rules.yaml").replacing(self.twin.address, with: twin.address)
        try scratch.write(
            "policies/rules.yaml",
            isProven ? rules.replacing("registry:", with: "expect: {canaries: [asst_1]}\n  registry:") : rules)
        if !isProven { try await TwinClient.delete("\(twin.address)/assistants/asst_1") }
        #expect(try tenure("scan").status == 0)
        for number in 1...3 { try await TwinClient.delete("\(twin.address)/threads/thread_\(number)") }
        let planned = try tenure("plan", "make", "--as", "ann")
        let scanned = try tenure("scan")
        if isProven {
            #expect(planned.status == 0 && planned.output.contains("PLAN: 3 calls"), "\(planned)")
            #expect(scanned.status == 1 && scanned.output.contains("may go now  3"), "\(scanned)")
        } else {
            #expect(planned.status == 3 && planned.output.contains("PLAN: 0 calls"), "\(planned)")
            #expect(scanned.output.contains("may go now  0"), "\(scanned)")
            #expect(scanned.output.contains("and the scan is incomplete"), "\(scanned)")
            #expect(scanned.output.contains("unproven-absence"), "\(scanned)")
        }
    }

    @Test func `a ledger that is named and is not there is a mistake`() throws {
        for words in [
            ["plan", "make", "--as", "ann"], ["forecast", "--until", "2030-01-01"], ["diff", "--against", "policies"],
            ["inventory"], ["audit", "orphans"],
        ] {
            let outcome = try Tool.run(
                Tool.binary.path, words + ["--ledger", "absent.db"], in: scratch.url,
                environment: ["TWIN_KEY": "sk-twin"])
            #expect(outcome.status == 2 && outcome.errors.contains("absent.db: the ledger is not there"), "\(outcome)")
        }
    }

    @Test func `what an execution deleted before its obligation ended is not lost; what somebody else deleted is`()
        async throws
    {
        for (name, text) in [
            ("key.pem", try Tool.run("/usr/bin/env", ["openssl", "genpkey", "-algorithm", "ed25519"]).output),
            ("pseudonyms.key", String(repeating: "0f", count: 32)),
        ] {
            try scratch.write(name, text)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: scratch.path(name))
        }
        try scratch.write(
            "request.yaml",
            """
            apiVersion: tenure/v1
            kind: PrivacyRequest
            metadata: {name: one}
            spec: {regulation: gdpr, received: \(Date.now.formatted(.iso8601.year().month().day())), subject: {users: [person-1]}}
            """)
        #expect(
            try tenure("audit", "init", "--log", "log", "--origin", "a.example/log", "--key", "key.pem").status == 0)
        #expect(try tenure("scan").status == 0)
        try tenure("erase", "new", "--subject", "request.yaml", "--pseudonym-key", "pseudonyms.key")
        let planned = try tenure("erase", "plan", "--as", "ann", "--pseudonym-key", "pseudonyms.key")
        #expect(planned.output.contains("3 would go"), "\(planned)")
        let keys = ["--audit-log", "log", "--audit-key", "key.pem", "--pseudonym-key", "pseudonyms.key"]
        func apply() throws -> Tool.Outcome {
            try Tool.run(
                Tool.binary.path, ["erase", "apply", "one", "--execute"] + keys, in: scratch.url,
                environment: ["TWIN_KEY": "sk-twin"])
        }
        // A scan has the ledger: what was deleted is not noted until the same command runs again.
        do {
            let lock = try FileLock(path: scratch.path(".tenure/ledger.db.lock"), holder: "a scan")
            let applied = try apply()
            withExtendedLifetime(lock) {}
            #expect(applied.status == 3 && applied.output.contains("deleted-verified  3"), "\(applied)")
            #expect(applied.errors.contains("until tenure erase apply one --plan plan.json was run again"))
        }
        let applied = try apply()
        #expect(applied.status == 0 && applied.output.contains("by an earlier run  3"), "\(applied)")
        let scanned = try json("scan")
        #expect(scanned.status == 0, "nothing is lost: \(scanned)")

        try await TwinClient.delete("\(twin.address)/threads/thread_2")
        let after = try json("scan")
        let lost = (after.object["findings"] as? [[String: Any]] ?? []).filter { $0["state"] as? String == "lost" }
        #expect(after.status == 1 && lost.compactMap { $0["id"] as? String } == ["thread_2", "msg_2"], "\(after)")
    }
}
