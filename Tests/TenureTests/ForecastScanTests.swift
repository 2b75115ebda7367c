import Foundation
import TestSupport
import Testing

/// `forecast` at T is `scan --as-of T`, through the command, where between the instants holds begin, end and leave their
/// grace, exceptions expire, records expire, clocks that run ahead come true, and those that nobody knows reach further.
@Suite struct ForecastScanTests {
    private static let start = "2026-11-20T13:37:41Z"

    /// Lines of one kind: the id, the day of creation counted from the start, and what else is said.
    private static func lines(_ object: String, _ records: [(id: String, day: Int?, more: String)]) -> String {
        records.map { id, day, more in
            let created = day.map { ",\"created_at\":\(1_795_181_861 + $0 * 86_400)" } ?? ""
            return "{\"object\":\"\(object)\",\"id\":\"\(id)\"\(created)\(more)}\n"
        }.joined()
    }

    private static let days = [-400, -90, -61, -60, -45, -31, -30, -24, -23, -16, -9, -2, -1, 0]

    /// - Parameter knowsMessages: without a file of messages, what threads were last used for nobody knows.
    private static func write(_ scratch: Scratch, knowsMessages: Bool) throws {
        let threads = days.enumerated().map { number, day in
            let closed = ["2026-11-01T00:00:00Z", "2026-12-24T00:00:00Z", "soon"][number % 3]
            return (
                id: "t\(number)", day: Optional(day),
                more: ",\"metadata\":{\"product\":\"p\(number % 2)\",\"closed_at\":\"\(closed)\"}"
            )
        }
        let odd = [(id: "ahead", day: Optional(20), more: ""), (id: "undated", day: nil, more: "")]
        try scratch.write("export/threads.ndjson", lines("thread", threads + odd))
        let files = days.enumerated().map { number, day in
            let expires = 1_795_181_861 + (number - 5) * 7 * 86_400
            return (
                id: "f\(number)", day: Optional(day),
                more: ",\"bytes\":\(number * 1_000)" + (number % 2 == 0 ? ",\"expires_at\":\(expires)" : "")
            )
        }
        try scratch.write("export/files.ndjson", lines("file", files + [(id: "unsized", day: -40, more: "")]))
        let stores = days.enumerated().map { number, day in
            (
                id: "v\(number)", day: Optional(day - 10),
                more: ",\"last_active_at\":\(1_795_181_861 + day * 86_400)"
                    + ",\"expires_after\":{\"anchor\":\"last_active_at\",\"days\":\(20 + number)}"
            )
        }
        try scratch.write("export/vector_stores.ndjson", lines("vector_store", stores))
        let parts = days.enumerated().map { number, day in
            (id: "vs\(number)", day: Optional(day), more: ",\"vector_store_id\":\"v\(number)\"")
        }
        try scratch.write("export/vector_store_files.ndjson", lines("vector_store.file", parts))
        let messages = days.enumerated().map { number, day in
            (
                id: "m\(number)", day: Optional(day / 2 + (number == 4 ? 70 : 0)),
                more: ",\"thread_id\":\"t\(number)\",\"role\":\"\(number % 5 == 0 ? "tool" : "user")\",\"content\":[]"
                    + ",\"attachments\":[{\"file_id\":\"f\((number + 3) % days.count)\"}]"
            )
        }
        if knowsMessages { try scratch.write("export/messages.ndjson", lines("thread.message", messages)) }
        let conversations = days.enumerated().map { (id: "c\($0)", day: Optional($1), more: "") }
        try scratch.write("export/conversations.ndjson", lines("conversation", conversations))
        for name in ["runs", "run_steps", "assistants", "responses", "conversation_items", "batches", "uploads"] {
            try scratch.write("export/\(name).ndjson", "")
        }
        try scratch.write("policies/p.yaml", policies)
    }

    private static let policies = """
        {apiVersion: tenure/v1, kind: RetentionPolicy, metadata: {name: threads}, spec: {match: {kinds: [thread]},
         clock: {from: lastActivity, counts: [user]}, keep: {atMost: P1M}, overdueAfter: 7d, whenDue: delete}}
        ---
        {apiVersion: tenure/v1, kind: RetentionPolicy, metadata: {name: closed}, spec: {match: {kinds: [thread],
         metadata: {product: p1}}, clock: {from: "timestamp(object.metadata.closed_at)"}, keep: {atMost: 10d},
         onUndetermined: report}}
        ---
        {apiVersion: tenure/v1, kind: RetentionPolicy, metadata: {name: files}, spec: {match: {kinds: [file]},
         clock: {from: created}, keep: {atMost: 60d, timeZone: Europe/Berlin}, overdueAfter: P1M, whenDue: delete}}
        ---
        {apiVersion: tenure/v1, kind: RetentionPolicy, metadata: {name: expired}, spec: {match: {kinds: [file, vectorStore]},
         clock: {from: expires}, keep: {atMost: 3d}, whileUsed: delete, whenDue: delete}}
        ---
        {apiVersion: tenure/v1, kind: RetentionPolicy, metadata: {name: stores}, spec: {match: {kinds: [vectorStore],
         where: "age(object.lastActivity) > days(20)"}, clock: {from: lastActivity}, keep: {atMost: 21d},
         whenDue: delete}}
        ---
        {apiVersion: tenure/v1, kind: RetentionPolicy, metadata: {name: parts}, spec: {match: {kinds: [vectorStoreFile]},
         clock: {from: lastActivity}, keep: {atLeast: 14d, atMost: P2M}, mode: observe, whenDue: delete}}
        ---
        {apiVersion: tenure/v1, kind: RetentionPolicy, metadata: {name: rest}, spec: {default: true,
         match: {kinds: [conversation, thread], createdBetween: {from: 2026-09-01, to: 2026-12-15}},
         clock: {from: created}, keep: {atMost: 45d}, whenDue: delete}}
        ---
        {apiVersion: tenure/v1, kind: RetentionPolicy, metadata: {name: minimum}, spec: {match: {kinds: [thread],
         metadata: {product: p0}}, clock: {from: created}, keep: {atLeast: 75d, basis: statutory}}}
        ---
        {apiVersion: tenure/v1, kind: LegalHold, metadata: {name: to-come}, spec: {match: {ids: [t1, t2, f3, c2]},
         from: 2026-12-05, until: 2026-12-20, releaseGrace: 10d}}
        ---
        {apiVersion: tenure/v1, kind: LegalHold, metadata: {name: to-end}, spec: {match: {kinds: [vectorStore],
         where: "object.id.endsWith('1')"}, from: 2026-01-01, until: 2027-01-10, timeZone: America/New_York}}
        ---
        {apiVersion: tenure/v1, kind: PolicyException, metadata: {name: pilot}, spec: {policies: [threads, files, rest],
         match: {metadata: {product: p1}}, reason: r, ticket: T-1, owner: o, expiresAt: 2026-12-31}}
        ---
        {apiVersion: tenure/v1, kind: PolicyException, metadata: {name: files-once}, spec: {policies: [files],
         match: {ids: [f0, f1, f2]}, reason: r, ticket: T-2, owner: o, expiresAt: 2026-12-01}}
        ---
        {apiVersion: tenure/v1, kind: AccessPolicy, metadata: {name: fresh}, spec: {match: {kinds: [conversation]},
         validations: [{name: young, expression: "age(object.created) < days(40)", message: old}]}}
        """

    private static let deletes: Set = ["threads", "files", "expired", "stores", "parts", "rest"]

    private func object(_ words: [String], in scratch: Scratch) throws -> [String: Any] {
        let outcome = try Tool.run(
            Tool.binary.path, words + ["--export", "export", "--policies", "policies", "--format", "json"],
            in: scratch.url)
        return try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any], "\(outcome.errors)")
    }

    /// What a scan says, in a forecast's words.
    private struct Expected {
        var due: [String: Set<String>] = [:]
        var overdue: [String: Set<String>] = [:]
        var mayGo: [String: Set<String>] = [:]

        /// `all` are the policies in force together.
        init(_ findings: [[String: Any]], observed: Set<String>) {
            for finding in findings {
                let state = finding["state"] as? String ?? ""
                guard let policy = finding["policy"] as? String, state == "due" || state == "overdue" else { continue }
                let record = "\(finding["kind"] ?? "")/\(finding["id"] ?? "")"
                for name in observed.contains(policy) ? [policy] : [policy, "all"] {
                    due[name, default: []].insert(record)
                    if state == "overdue" { overdue[name, default: []].insert(record) }
                    guard finding["mayGo"] as? Bool == true, deletes.contains(policy), !observed.contains(policy) else {
                        continue
                    }
                    mayGo[name, default: []].insert(record)
                }
            }
        }
    }

    private static func amount(_ records: Set<String>) -> [Int] {
        let sizes = records.map { record -> Int? in
            guard record.hasPrefix("file/f") else { return nil }
            return Int(record.dropFirst("file/f".count)).map { $0 * 1_000 }
        }
        return [records.count, sizes.compactMap(\.self).reduce(0, +), sizes.count { $0 == nil }]
    }

    private static func amount(_ value: Any?) -> [Int] {
        let members = value as? [String: Any]
        return ["records", "bytes", "unsized"].map { members?[$0] as? Int ?? -1 }
    }

    @Test(arguments: [
        (step: "P1W", until: "2027-02-01", knowsMessages: true),
        (step: "P1M", until: "2027-03-31T12:00:00Z", knowsMessages: false),
        (step: "PT60H", until: "2026-12-12", knowsMessages: true),
    ])
    func `a forecast at an instant is the scan as of that instant`(
        step: String, until: String, knowsMessages: Bool
    ) throws {
        let scratch = try Scratch()
        try Self.write(scratch, knowsMessages: knowsMessages)
        let forecast = try object(
            ["forecast", "--as-of", Self.start, "--until", until, "--step", step], in: scratch)
        let steps = try #require(forecast["steps"] as? [[String: Any]])
        #expect(steps.count > 4)
        var before: Expected?
        var seen: Set<String> = []
        var mostStates: [String: Set<Int>] = [:]
        for step in steps {
            let instant = try #require(step["asOf"] as? String)
            let scan = try object(["scan", "--as-of", instant], in: scratch)
            let summary = try #require(scan["summary"] as? [String: Any])
            let states = try #require(summary["states"] as? [String: Int])
            #expect(step["states"] as? [String: Int] == states, "\(instant)")
            for (state, count) in states {
                if count > 0 { seen.insert(state) }
                mostStates[state, default: []].insert(count)
            }
            #expect(step["mayGo"] as? Int == summary["mayGo"] as? Int, "\(instant)")
            #expect(step["records"] as? Int == summary["records"] as? Int)
            let reasons = { (value: Any?) in (value as? [[String: Any]])?.map { $0["message"] as? String } }
            #expect(reasons(step["incomplete"]) == reasons(scan["incomplete"]), "\(instant)")
            let scanned = try #require(summary["policies"] as? [[String: Any]]).filter {
                $0["kind"] as? String == "RetentionPolicy"
            }
            let expected = Expected(try #require(scan["findings"] as? [[String: Any]]), observed: ["parts"])
            let policies = try #require(step["policies"] as? [[String: Any]])
            #expect(policies.count == scanned.count)
            for (policy, same) in zip(policies, scanned) {
                #expect(policy["policy"] as? String == same["policy"] as? String)
                #expect(policy["states"] as? [String: Int] == same["states"] as? [String: Int], "\(instant) \(policy)")
                #expect(policy["matched"] as? Int == same["matched"] as? Int)
            }
            let all = try #require(step["all"] as? [String: Any])
            for (name, amounts) in policies.map({ ($0["policy"] as? String ?? "", $0) }) + [("all", all)] {
                let due = expected.due[name] ?? []
                #expect(Self.amount(amounts["due"]) == Self.amount(due), "\(instant) \(name)")
                #expect(
                    Self.amount(amounts["overdue"]) == Self.amount(expected.overdue[name] ?? []), "\(instant) \(name)")
                #expect(Self.amount(amounts["mayGo"]) == Self.amount(expected.mayGo[name] ?? []), "\(instant) \(name)")
                let newly = before.map { due.subtracting($0.due[name] ?? []) } ?? []
                #expect(Self.amount(amounts["newlyDue"]) == Self.amount(newly), "\(instant) \(name)")
            }
            before = expected
        }
        // The estate must be worth it: every state that retention knows occurs, and the counts change.
        let wanted: Set = [
            "overdue", "due", "held", "excepted", "kept", "allowed", "undetermined", "early-expiry", "denied", "error",
        ]
        #expect(!knowsMessages || seen.contains("in-use"))
        #expect(wanted.subtracting(seen).sorted() == [])
        for state in ["overdue", "held", "excepted", "kept", "denied"] {
            #expect(mostStates[state, default: []].count > 1, "\(state)")
        }
    }
}
