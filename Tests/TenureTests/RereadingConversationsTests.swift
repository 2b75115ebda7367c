import Chronology
import Foundation
import HTTPServer
import Synchronization
import TestSupport
import Testing

/// What a second scan reads again of conversations and responses, which the service does not list.
@Suite struct RereadingConversationsTests {
    /// The records by their ids, and what was asked of them.
    private final class Shelf: Sendable {
        private let state = Mutex<(records: [String: String], asked: [String])>(([:], []))

        func put(_ id: String, _ json: String) { state.withLock { $0.records[id] = json } }

        /// The ids of the records that were asked for since this was asked last, sorted.
        func takeAsked() -> [String] {
            state.withLock { state in
                defer { state.asked = [] }
                return state.asked.sorted()
            }
        }

        func answer(_ path: String) -> ServedResponse {
            let words = path.split(separator: "/").map(String.init)
            guard words.count > 2, ["conversations", "responses"].contains(words[1]) else {
                let file = words.last == "files" ? state.withLock { $0.records["file"] } : nil
                return ScriptedService.Answer.list(file.map { [$0] } ?? []).served
            }
            if words.count == 3 {
                return state.withLock { state in
                    state.asked.append(words[2])
                    return state.records[words[2]].map { ScriptedService.Answer.record($0).served }
                        ?? ScriptedService.Answer.refusal(404).served
                }
            }
            let content = state.withLock { $0.records["content of \(words[2])"] } ?? ""
            let item =
                #"{"id":"item_\#(words[2])","type":"message","role":"user","status":"completed","content":[\#(content)]}"#
            return ScriptedService.Answer.list(words[1] == "conversations" ? [item] : []).served
        }
    }

    private let scratch: Scratch
    private let shelf = Shelf()
    private let server: HTTPServer
    private let now = Instant.now().seconds

    init() throws {
        scratch = try Scratch()
        let shelf = shelf
        server = try HTTPServer(port: 0) { shelf.answer($0.path) }
        try scratch.write(
            "rules/all.yaml",
            """
            apiVersion: tenure/v1
            kind: Source
            metadata: {name: live}
            spec:
              type: openai
              address: 'http://127.0.0.1:\(server.port)/v1'
              credentials: {env: TWIN_KEY}
              fullEvery: 1y
              registry:
                - {file: '\(scratch.path("conversations.txt"))', kind: conversation, complete: true}
                - {file: '\(scratch.path("responses.txt"))', kind: response, complete: true}
              acceptedGaps: [{kinds: [thread, message, run, runStep], reason: nobody uses them, until: 2035-01-01}]
            ---
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: conversations}
            spec: {match: {kinds: [conversation, response]}, clock: {from: lastActivity}, keep: {atMost: 90d}}

            """)
    }

    private func conversation(_ id: String, daysAgo: Int64) {
        shelf.put(id, #"{"id":"\#(id)","object":"conversation","created_at":\#(now - daysAgo * 86_400),"metadata":{}}"#)
    }

    private func response(
        _ id: String, daysAgo: Int64, in conversation: String? = nil, after previous: String? = nil,
        status: String = "completed"
    ) {
        let above = conversation.map { #"{"id":"\#($0)"}"# } ?? "null"
        shelf.put(
            id,
            #"{"id":"\#(id)","object":"response","created_at":\#(now - daysAgo * 86_400),"status":"\#(status)","#
                + #""conversation":\#(above),"previous_response_id":\#(previous.map { "\"\($0)\"" } ?? "null"),"#
                + #""output":[],"tools":[]}"#)
    }

    private func register(conversations: [String], responses: [String]) throws {
        try scratch.write("conversations.txt", conversations.map { $0 + "\n" }.joined())
        try scratch.write("responses.txt", responses.map { $0 + "\n" }.joined())
    }

    private struct Scanned {
        let output: String
        let findings: [String]
        let asked: [String]
        let rereading: [String: Any]
        let summary: NSDictionary?
        let problems: Int
    }

    private func scan(daysAgo: Int64 = 0, _ more: String...) throws -> Scanned {
        let asOf = Instant(seconds: now - daysAgo * 86_400).rfc3339
        let outcome = try Tool.run(
            Tool.binary.path,
            ["scan", "--policies", "rules", "--as-of", asOf, "--report", "json=out.json"] + more,
            in: scratch.url, environment: ["TWIN_KEY": "sk-twin"])
        let report = try JSONSerialization.jsonObject(with: scratch.bytes("out.json")) as? [String: Any] ?? [:]
        let findings = report["findings"] as? [[String: Any]] ?? []
        let source = (report["sources"] as? [[String: Any]])?.first
        return Scanned(
            output: outcome.output, findings: findings.map { "\($0["id"] ?? "") \($0["state"] ?? "")" }.sorted(),
            asked: shelf.takeAsked(), rereading: source?["rereading"] as? [String: Any] ?? [:],
            summary: report["summary"] as? NSDictionary, problems: (report["problems"] as? [Any])?.count ?? 0)
    }

    @Test func `fifty conversations and fifty responses that are not due are not read again, but one of each`() throws {
        let conversations = (0..<50).map { "conv_\($0)" }
        let responses = (0..<50).map { "resp_\($0)" }
        for id in conversations { conversation(id, daysAgo: 30) }
        for id in responses { response(id, daysAgo: 30) }
        try register(conversations: conversations, responses: responses)
        #expect(try scan(daysAgo: 5).asked.count == 100)
        let second = try scan()
        #expect(second.asked == ["conv_0", "resp_0"])
        #expect(second.rereading["notReadAgain"] as? Int == 98 && second.rereading["readsSaved"] as? Int == 196)
        #expect(
            second.output.contains(
                "49 conversations, 49 responses of which no deadline has come, which saved 196 reads"),
            "\(second.output)")
        let full = try scan(daysAgo: 0, "--full")
        #expect(full.asked.count == 100 && full.summary == second.summary)
    }

    @Test func `a response whose deadline has come is read with the conversation that it is in, and with its others`()
        throws
    {
        conversation("conv", daysAgo: 93)
        response("resp_old", daysAgo: 92, in: "conv")
        response("resp_new", daysAgo: 10, in: "conv")
        for id in ["conv_far", "conv_farther"] { conversation(id, daysAgo: 5) }
        for id in ["resp_far", "resp_farther"] { response(id, daysAgo: 5) }
        try register(
            conversations: ["conv", "conv_far", "conv_farther"],
            responses: ["resp_old", "resp_new", "resp_far", "resp_farther"])
        _ = try scan(daysAgo: 5)
        let second = try scan()
        #expect(second.asked == ["conv", "resp_new", "resp_old"])
        #expect(second.findings == ["resp_old overdue"])
    }

    @Test func `a new response is read with the conversation that it is in, and with what it goes on from`() throws {
        conversation("conv", daysAgo: 20)
        response("resp_in", daysAgo: 19, in: "conv")
        response("resp_first", daysAgo: 20)
        response("resp_next", daysAgo: 19, after: "resp_first")
        for id in ["resp_far", "resp_farther"] { response(id, daysAgo: 20) }
        let old = ["resp_in", "resp_first", "resp_next", "resp_far", "resp_farther"]
        try register(conversations: ["conv"], responses: old)
        _ = try scan(daysAgo: 5)
        response("resp_there", daysAgo: 2, in: "conv")
        response("resp_last", daysAgo: 2, after: "resp_next")
        try register(conversations: ["conv"], responses: old + ["resp_there", "resp_last"])
        let second = try scan()
        #expect(second.asked == ["conv", "resp_first", "resp_in", "resp_last", "resp_next", "resp_there"])
        let full = try scan(daysAgo: 0, "--full")
        #expect(full.summary == second.summary && full.findings == second.findings)
        #expect(full.problems == 0 && second.problems == 0)
    }

    @Test func `what keeps a conversation young is not forgotten while it is left out with it`() throws {
        conversation("conv", daysAgo: 89)
        response("resp_in", daysAgo: 3, in: "conv")
        response("resp_probe", daysAgo: 40)
        try register(conversations: ["conv"], responses: ["resp_probe", "resp_in"])
        #expect(try scan(daysAgo: 2).findings.isEmpty)
        let second = try scan()
        #expect(second.findings.isEmpty, "\(second.findings)")
        #expect(second.asked.contains("conv") == second.asked.contains("resp_in"))
    }

    @Test(arguments: ["conv", "resp_in"])
    func `what must be seen is read each time, with the conversation and all responses in it`(canary: String) throws {
        conversation("conv", daysAgo: 20)
        for id in ["resp_in", "resp_too"] { response(id, daysAgo: 19, in: "conv") }
        response("resp_far", daysAgo: 20)
        try register(conversations: ["conv"], responses: ["resp_in", "resp_too", "resp_far"])
        let rules = try scratch.text("rules/all.yaml")
        try scratch.write(
            "rules/all.yaml",
            rules.replacingOccurrences(
                of: "fullEvery: 1y", with: "fullEvery: 1y\n  expect: {canaries: [\(canary)]}"))
        _ = try scan(daysAgo: 5)
        let second = try scan()
        #expect(second.asked == ["conv", "resp_in", "resp_too"])
        #expect(second.problems == 0)
    }

    @Test func `a file past its limit has all be read that may use it by now, and is in use where something does`()
        throws
    {
        shelf.put(
            "file",
            #"{"id":"file","object":"file","created_at":\#(now - 102 * 86_400),"bytes":1,"purpose":"user_data"}"#)
        for id in ["conv", "conv_far"] { conversation(id, daysAgo: 20) }
        try register(conversations: ["conv", "conv_far"], responses: [])
        try scratch.write(
            "rules/files.yaml",
            LiveDocuments.policy(
                "files", "{match: {kinds: [file]}, clock: {from: created}, keep: {atMost: 100d}, whileUsed: keep}"))
        #expect(try scan(daysAgo: 5).findings.isEmpty)
        for id in ["conv", "conv_far"] {
            shelf.put("content of \(id)", #"{"type":"input_file","file_id":"file"}"#)
        }
        let second = try scan()
        #expect(second.findings == ["file in-use"] && Set(second.asked) == ["conv", "conv_far"])
    }

    @Test func `a response that is at work is read each time`() throws {
        response("resp_done", daysAgo: 20)
        response("resp_done_too", daysAgo: 20)
        response("resp_working", daysAgo: 20, status: "in_progress")
        try register(conversations: [], responses: ["resp_done", "resp_done_too", "resp_working"])
        _ = try scan(daysAgo: 5)
        #expect(try scan().asked == ["resp_working"])
    }

    @Test func `a policy that speaks of items has all be read again, and the report says so`() throws {
        conversation("conv", daysAgo: 20)
        try register(conversations: ["conv"], responses: [])
        let rules = try scratch.text("rules/all.yaml")
        try scratch.write(
            "rules/all.yaml", rules.replacingOccurrences(of: "[conversation, response]", with: "[conversation, item]"))
        _ = try scan(daysAgo: 5)
        let second = try scan()
        #expect(second.asked == ["conv"])
        #expect(
            second.rereading["because"] as? String
                == "policy conversations speaks of items, and a new one may tell no time")
        #expect(second.rereading["lastFull"] as? String == Instant(seconds: now).rfc3339)
    }
}
