import Files
import Foundation
import TestSupport
import Testing

/// What a second scan says of records that a first one saw, through the command.
@Suite struct LostTests {
    private static let created = 1_760_000_000
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try estate(threads: 3, files: 3)
        try rules("files", "{kinds: [file]}", "{atLeast: 5y}")
        try rules("threads", "{kinds: [thread]}", "{atLeast: 5y}")
    }

    private func estate(threads: Int, files: Int) throws {
        let created = "\"created_at\":\(Self.created)"
        let lines = (1...3).map { number in
            (
                file:
                    "{\"id\":\"file-\(number)\",\"object\":\"file\",\(created),\"bytes\":1,\"filename\":\"a\",\"purpose\":\"user_data\"}\n",
                thread: "{\"id\":\"thread_\(number)\",\"object\":\"thread\",\(created),\"metadata\":{}}\n",
                message:
                    "{\"id\":\"msg_\(number)\",\"object\":\"thread.message\",\(created),\"thread_id\":\"thread_\(number)\",\"role\":\"user\",\"content\":[]}\n"
            )
        }
        try scratch.write("estate/files.ndjson", lines.prefix(files).map(\.file).joined())
        try scratch.write("estate/threads.ndjson", lines.prefix(threads).map(\.thread).joined())
        try scratch.write("estate/messages.ndjson", lines.prefix(threads).map(\.message).joined())
        try scratch.write("ids.txt", "thread_1\nthread_2\nthread_3\n")
    }

    private func rules(_ name: String, _ match: String, _ keep: String, more: String = "") throws {
        try scratch.write(
            "rules/\(name).yaml",
            """
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: \(name)}
            spec: {match: \(match), clock: {from: created}, keep: \(keep)\(more)}

            """)
    }

    private func source(_ twin: RunningTwin) throws {
        let ids =
            "\n  registry: [{file: '\(scratch.path("ids.txt"))', kind: thread, complete: true}]"
        try scratch.write(
            "rules/source.yaml",
            """
            apiVersion: tenure/v1
            kind: Source
            metadata: {name: live}
            spec:
              type: openai
              address: '\(twin.address)'
              credentials: {env: TWIN_KEY}
              acceptedGaps: [{kinds: [conversation, item, response], reason: nobody uses them, until: 2035-01-01}]\(ids)

            """)
    }

    private func twin(_ arguments: String...) throws -> RunningTwin {
        try RunningTwin(["--estate", scratch.path("estate"), "--port", "0"] + arguments)
    }

    private func delete(_ path: String, of twin: RunningTwin) async throws {
        try await TwinClient.delete("\(twin.address)/\(path)")
    }

    private struct Scanned {
        let outcome: Tool.Outcome
        let findings: [[String: Any]]
        let incomplete: [String]

        /// `file/file-1 files`, by record and what is broken.
        var lost: [String] {
            findings.filter { $0["state"] as? String == "lost" }.map {
                let because = $0["because"] as? String ?? ""
                let document = $0["policy"] as? String ?? because.split(separator: " ").last.map(String.init) ?? "?"
                return "\($0["kind"] ?? "")/\($0["id"] ?? "") \(document)"
            }
        }
    }

    private func scan(_ arguments: String..., asOf: String = "2026-11-20T00:00:00Z") throws -> Scanned {
        let outcome = try Tool.run(
            Tool.binary.path,
            ["scan", "--policies", "rules", "--as-of", asOf, "--report", "json=out.json"] + arguments,
            in: scratch.url, environment: ["TWIN_KEY": "sk-twin"])
        let report = try JSONSerialization.jsonObject(with: scratch.bytes("out.json")) as? [String: Any] ?? [:]
        return Scanned(
            outcome: outcome, findings: report["findings"] as? [[String: Any]] ?? [],
            incomplete: (report["incomplete"] as? [[String: Any]] ?? []).compactMap { $0["message"] as? String })
    }

    @Test func `a record that is gone before its time is lost, in every report and at every later scan`() async throws {
        let twin = try twin()
        try source(twin)
        let first = try scan()
        #expect(first.outcome.status == 0, "\(first.outcome)")
        #expect(first.lost == [])
        try await delete("files/file-2", of: twin)
        try await delete("threads/thread_3", of: twin)
        for _ in 1...2 {
            let scanned = try scan("--report", "junit=out.xml", "--report", "sarif=out.sarif")
            #expect(scanned.outcome.status == 1 && scanned.incomplete == [])
            #expect(
                scanned.lost == ["file/file-2 files", "thread/thread_3 threads", "message/msg_3 threads"])
            let finding = try #require(scanned.findings.first)
            #expect(finding["severity"] as? String == "critical" && finding["rule"] as? String == "atLeast")
            #expect(finding["keepUntil"] as? String == "2030-10-09T08:53:20Z")
            let reason = "it was there at 2026-11-20T00:00:00Z, it is gone, and nobody deleted it here; "
            #expect(finding["because"] as? String == reason + "files keeps it until 2030-10-09T08:53:20Z")
            #expect(scanned.outcome.output.contains("lost"))
            #expect(try scratch.text("out.xml").contains("name=\"file/file-2 atLeast lost\""))
            #expect(try scratch.text("out.sarif").contains("nobody deleted it here"))
        }
        let explained = try Tool.run(
            Tool.binary.path, ["explain", "file-2", "--policies", "rules", "--as-of", "2026-11-20T00:00:00Z"],
            in: scratch.url, environment: ["TWIN_KEY": "sk-twin"])
        #expect(explained.status == 0, "\(explained.errors)")
        #expect(
            explained.output.contains(
                """
                file file-2 in live
                lost:
                  it was there at 2026-11-20T00:00:00Z, it is gone, and nobody deleted it here; files keeps it until \
                2030-10-09T08:53:20Z
                """), "\(explained.output)")
        // What nothing obliges to keep any more is not missed.
        #expect(try scan(asOf: "2030-10-09T08:53:20Z").lost == [])
    }

    @Test func `an id stays known when the registry has lost it`() async throws {
        let twin = try twin()
        try source(twin)
        _ = try scan()
        try scratch.write("ids.txt", "thread_1\n")
        try await delete("threads/thread_3", of: twin)
        let scanned = try scan()
        #expect(scanned.lost == ["thread/thread_3 threads", "message/msg_3 threads"])
        #expect(scanned.incomplete.contains("data was lost: incomplete-registry (1)"), "it was said to be complete")
        #expect(
            scanned.incomplete.contains { $0.hasPrefix("known in part") && $0.contains("(thread 2, message 2") },
            "\(scanned.incomplete)")
        let report = try JSONSerialization.jsonObject(with: scratch.bytes("out.json")) as? [String: Any]
        let summary = report?["summary"] as? [String: Any]
        #expect(summary?["records"] as? Int == 7, "three files, two threads and their messages")
        #expect(scanned.outcome.output.contains("thread 1 from the registry, 2 seen before"), "\(scanned.outcome)")
        let explained = try Tool.run(
            Tool.binary.path, ["explain", "thread_2", "--policies", "rules", "--as-of", "2026-11-20T00:00:00Z"],
            in: scratch.url, environment: ["TWIN_KEY": "sk-twin"])
        #expect(explained.status == 0, "the ledger alone knows it: \(explained.errors)")
        #expect(explained.output.contains("thread thread_2 in live"))
    }

    @Test func `a hold that was released since misses nothing, and one that was not misses all`() async throws {
        try rules("files", "{kinds: [file]}", "{atLeast: 1d}")
        func hold(_ more: String) throws {
            try scratch.write(
                "rules/hold.yaml",
                """
                apiVersion: tenure/v1
                kind: LegalHold
                metadata: {name: matter}
                spec: {matter: x, match: {kinds: [file]}, from: 2026-01-01\(more), approvedBy: x}
                ---
                apiVersion: tenure/v1
                kind: HoldRegister
                metadata: {name: holds}
                spec: {asOf: 2026-11-19, maxAge: 365d, holds: [matter]}

                """)
        }
        try hold("")
        let twin = try twin()
        try source(twin)
        _ = try scan()
        try await delete("files/file-1", of: twin)
        let held = try scan()
        #expect(held.lost == ["file/file-1 matter"])
        let finding = try #require(held.findings.first { $0["state"] as? String == "lost" })
        #expect(finding["matters"] as? [String] == ["matter"] && finding["keepUntil"] as? String == "unbounded")
        try hold(", until: 2026-11-18, releaseGrace: 7d")
        #expect(try scan().lost == ["file/file-1 matter"])
        try hold(", until: 2026-11-18")
        #expect(try scan().lost == [])
    }

    @Test func `what is only observed is lost without failing the run, and a baseline holds what is known`()
        async throws
    {
        try rules("files", "{kinds: [file]}", "{atLeast: 5y}", more: ", mode: observe")
        let twin = try twin()
        try source(twin)
        _ = try scan()
        try await delete("files/file-1", of: twin)
        let observed = try scan()
        #expect(observed.lost == ["file/file-1 files"] && observed.outcome.status == 0)
        try rules("files", "{kinds: [file]}", "{atLeast: 5y}")
        #expect(try scan().outcome.status == 1)
        let kept = try scan("--baseline", "known.yaml", "--update-baseline", "--accept-new")
        #expect(kept.outcome.status == 0, "\(kept.outcome)")
        #expect(try scan("--baseline", "known.yaml").outcome.status == 0)
    }

    @Test func `a retired surface loses nothing, and neither does a credential that sees another account`() async throws
    {
        do {
            let twin = try twin()
            try source(twin)
            _ = try scan()
        }
        do {
            let retired = try twin("--retired", "assistants")
            try source(retired)
            let scanned = try scan()
            #expect(scanned.lost == [] && scanned.outcome.status == 3)
        }
        try scratch.write("estate/files.ndjson", "")
        try scratch.write("estate/threads.ndjson", "")
        try scratch.write("estate/messages.ndjson", "")
        let other = try twin()
        try source(other)
        let scanned = try scan()
        #expect(scanned.lost == [] && scanned.outcome.status == 3)
        #expect(scanned.incomplete.contains("data was lost: unproven-absence (2)"), "\(scanned.incomplete)")
    }

    @Test func `an export is remembered where a ledger is named, and nowhere else`() throws {
        try FileManager.default.removeItem(atPath: scratch.path("ids.txt"))
        let plain = try scan("--export", "estate")
        #expect(plain.outcome.status == 0)
        #expect(try !scratch.names().contains(".tenure"))
        _ = try scan("--export", "estate", "--ledger", "kept/known.db")
        try estate(threads: 2, files: 3)
        let scanned = try scan("--export", "estate", "--ledger", "kept/known.db")
        #expect(scanned.lost == ["thread/thread_3 threads", "message/msg_3 threads"])
        #expect(try scan("--export", "estate").lost == [])
        for name in ["files", "threads", "messages"] { try scratch.write("estate/\(name).ndjson", "") }
        let empty = try scan("--export", "estate", "--ledger", "kept/known.db")
        #expect(empty.lost == ["thread/thread_3 threads", "message/msg_3 threads"])
        #expect(empty.outcome.status == 1)
        #expect(empty.incomplete.contains("data was lost: unproven-absence (1)"))
    }

    @Test func `a second scan is told that the ledger is in use, and asks nothing`() throws {
        let twin = try twin()
        try source(twin)
        try scratch.makeDirectory(".tenure")
        let lock = try FileLock(path: scratch.path(".tenure/ledger.db.lock"), holder: "process 1 on build-7")
        let scanned = try scan()
        #expect(scanned.outcome.status == 2)
        let words =
            "scan: .tenure/ledger.db: the ledger is in use: process 1 on build-7 holds it; wait until that has ended"
        #expect(scanned.outcome.errors.contains(words), "\(scanned.outcome.errors)")
        withExtendedLifetime(lock) {}
    }

    @Test func `a ledger that is damaged or something else stops the scan before anything is asked`() throws {
        let twin = try twin()
        try source(twin)
        try scratch.write(".tenure/ledger.db", "hello")
        let scanned = try scan()
        #expect(scanned.outcome.status == 2)
        #expect(scanned.outcome.errors.contains(".tenure/ledger.db: the ledger cannot"))
        #expect(try scratch.text(".tenure/ledger.db") == "hello")
    }

    @Test func `the ledger holds no content, no metadata, no name`() throws {
        let secret = "a-secret-nobody-may-keep"
        try scratch.write(
            "estate/files.ndjson",
            "{\"id\":\"file-1\",\"object\":\"file\",\"created_at\":\(Self.created),\"bytes\":1,\"filename\":\"\(secret)\",\"purpose\":\"user_data\"}\n"
        )
        try scratch.write(
            "estate/threads.ndjson",
            "{\"id\":\"thread_1\",\"object\":\"thread\",\"created_at\":\(Self.created),\"metadata\":{\"user\":\"\(secret)\"}}\n"
        )
        try rules("threads", "{kinds: [thread], metadata: {user: \(secret)}}", "{atLeast: 5y}")
        let twin = try twin()
        try source(twin)
        _ = try scan()
        for name in try FileManager.default.contentsOfDirectory(atPath: scratch.path(".tenure")) {
            #expect(try scratch.bytes(".tenure/\(name)").range(of: Data(secret.utf8)) == nil)
        }
        #expect(try scratch.bytes(".tenure/ledger.db").range(of: Data("thread_1".utf8)) != nil)
    }
}
