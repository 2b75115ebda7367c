import Chronology
import Foundation
import HTTPServer
import Synchronization
import TestSupport
import Testing

/// What a second scan of a service reads again, through the command.
@Suite struct RereadingTests {
    /// What is asked of a service.
    private final class Asked: Sendable {
        private let requests = Mutex(0)
        private let broken = Mutex<Set<Int>>([])

        /// How many requests there were of threads and what is in them, since this was asked last.
        func count() -> Int {
            requests.withLock { count in
                defer { count = 0 }
                return count
            }
        }

        func note() { requests.withLock { $0 += 1 } }

        /// Refuses what is in these threads from now on.
        func refuse(_ threads: Set<Int>) { broken.withLock { $0 = threads } }

        func refuses(_ thread: Int) -> Bool { broken.withLock { $0.contains(thread) } }
    }

    /// Threads with three messages and two runs of one step each.
    private final class Service: Sendable {
        private let server: HTTPServer
        let asked = Asked()
        let address: String

        /// - Parameter active: when each thread was active last.
        init(active: [Int64]) throws {
            let asked = asked
            server = try HTTPServer(port: 0) { request in
                let words = request.path.split(separator: "/").map(String.init)
                guard words.count > 2, words[1] == "threads", let thread = Int(words[2].dropFirst("thread_".count)),
                    active.indices.contains(thread)
                else { return Self.list([]) }
                asked.note()
                if words.count > 3, asked.refuses(thread) { return ServedResponse(status: 403, body: Array("{}".utf8)) }
                return Self.answer(Array(words[2...]), active[thread])
            }
            address = "http://127.0.0.1:\(server.port)/v1"
        }

        private static func answer(_ path: [String], _ active: Int64) -> ServedResponse {
            let thread = path[0]
            let start = active - 10 * 86_400
            func object(_ id: String, _ kind: String, _ at: Int64, _ more: String) -> String {
                #"{"id":"\#(id)","object":"\#(kind)","created_at":\#(at),"thread_id":"\#(thread)",\#(more)}"#
            }
            switch path.dropFirst().first {
            case nil: return answer(object(thread, "thread", start, #""metadata":{}"#))
            case "messages":
                return list(
                    (0..<3).map {
                        object(
                            "msg_\(thread)_\($0)", "thread.message", active - $0, #""role":"user","content":[]"#)
                    })
            case _ where path.count == 2:
                return list(
                    (0..<2).map { object("run_\(thread)_\($0)", "thread.run", start, #""status":"completed""#) })
            default:
                let run = #""status":"completed","run_id":"\#(path[2])""#
                return list([object("step_\(path[2])", "thread.run.step", start, run)])
            }
        }

        private static func list(_ elements: [String]) -> ServedResponse {
            answer(#"{"object":"list","data":[\#(elements.joined(separator: ","))],"has_more":false}"#)
        }

        private static func answer(_ body: String) -> ServedResponse {
            ServedResponse(status: 200, body: Array(body.utf8))
        }
    }

    private let scratch: Scratch
    private let now = Instant.now().seconds
    private static let day: Int64 = 86_400
    private static let perThread = 5

    init() throws { scratch = try Scratch() }

    /// Ninety days after the last activity a thread is due. Of a hundred one comes to that in the last five days.
    private func service(threads: Int) throws -> Service {
        let service = try Service(
            active: (0..<threads).map { now - ($0 % 100 == 7 ? 92 : 20 + Int64($0 % 40)) * Self.day })
        try scratch.write("ids.txt", (0..<threads).map { "thread_\($0)\n" }.joined())
        try source(service)
        try rules("90d")
        return service
    }

    private func source(_ service: Service, _ more: String = "") throws {
        try scratch.write(
            "rules/source.yaml",
            """
            apiVersion: tenure/v1
            kind: Source
            metadata: {name: live}
            spec:
              type: openai
              address: '\(service.address)'
              credentials: {env: TWIN_KEY}
              registry: [{file: '\(scratch.path("ids.txt"))', kind: thread, complete: true}]
              acceptedGaps: [{kinds: [conversation, item, response], reason: nobody uses them, until: 2035-01-01}]\(more)

            """)
    }

    private func rules(_ atMost: String) throws {
        try scratch.write(
            "rules/threads.yaml",
            """
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: threads}
            spec: {match: {kinds: [thread]}, clock: {from: lastActivity}, keep: {atMost: \(atMost)}}

            """)
    }

    private struct Scanned {
        let outcome: Tool.Outcome
        let report: [String: Any]

        var rereading: [String: Any] {
            ((report["sources"] as? [[String: Any]])?.first?["rereading"] as? [String: Any]) ?? [:]
        }

        var because: String? { rereading["because"] as? String }

        var findings: NSArray? { report["findings"] as? NSArray }
    }

    private func scan(daysAgo: Int64 = 0, _ arguments: String...) throws -> Scanned {
        try scan(daysAgo: daysAgo, arguments)
    }

    private func scan(daysAgo: Int64 = 0, _ arguments: [String]) throws -> Scanned {
        let asOf = Instant(seconds: now - daysAgo * Self.day).rfc3339
        let outcome = try Tool.run(
            Tool.binary.path,
            ["scan", "--policies", "rules", "--as-of", asOf, "--report", "json=out.json"] + arguments,
            in: scratch.url, environment: ["TWIN_KEY": "sk-twin"])
        let report = try JSONSerialization.jsonObject(with: scratch.bytes("out.json")) as? [String: Any]
        return Scanned(outcome: outcome, report: report ?? [:])
    }

    @Test func `where one thread in a hundred is due, a second scan makes three requests in a hundred at most`() throws
    {
        let service = try service(threads: 200)
        let first = try scan(daysAgo: 5)
        #expect(first.because == "it is as of an instant that is past, and what happened since is in the service")
        let all = service.asked.count()
        #expect(all == 200 * Self.perThread)
        #expect(first.outcome.status == 0, "\(first.outcome)")

        let second = try scan()
        let requests = service.asked.count()
        #expect(requests * 100 <= all * 3, "\(requests) of \(all)")
        #expect(requests == 2 * Self.perThread)
        #expect(second.outcome.status == 1 && second.findings?.count == 2, "\(second.outcome)")
        #expect(second.rereading["everything"] as? Bool == false && second.because == nil)
        #expect(second.rereading["notReadAgain"] as? Int == 198)
        #expect(second.rereading["readsSaved"] as? Int == all - requests)
        #expect(
            second.rereading["lastFull"] as? String == Instant(seconds: now - 5 * Self.day).rfc3339)
        #expect(
            second.outcome.output.contains(
                "198 threads of which no deadline has come, which saved 990 reads and counts as it was; all was read last as of "
            ), "\(second.outcome.output)")
        let summary = second.report["summary"] as? [String: Any]
        #expect(summary?["records"] as? Int == 200 * 8, "what was not read counts as it was")

        let third = try scan(daysAgo: 0, "--full")
        #expect(service.asked.count() == all && third.because == "--full asks for it")
        #expect(third.rereading["lastFull"] as? String == Instant(seconds: now).rfc3339)
        #expect(third.findings == second.findings)
        let counted = third.report["summary"] as? [String: Any]
        #expect(counted as NSDictionary? == summary as NSDictionary?)
    }

    @Test func `everything is read again after whatever may have changed a decision, and the report says why`() throws {
        let service = try service(threads: 20)
        let all = 20 * Self.perThread
        func reads(_ arguments: String...) throws -> (requests: Int, because: String?) {
            let because = try scan(arguments).because
            return (service.asked.count(), because)
        }
        _ = try scan(daysAgo: 5)
        #expect(service.asked.count() == all)
        #expect(try reads() == (Self.perThread, nil), "the one that was read longest ago shows that all is well")
        try rules("91d")
        let changed = "documents, options or the version of tenure are not what they were"
        #expect(try reads() == (all, changed))
        #expect(try reads() == (Self.perThread, nil))
        #expect(try reads("--require-coverage") == (all, changed))
        #expect(try reads("--require-coverage") == (Self.perThread, nil))
        #expect(try reads("--strict", "--require-coverage") == (all, "--strict looks at every error"))
        try source(service, "\n  expect: {canaries: [thread_3]}")
        #expect(try reads() == (all, changed))
        #expect(try reads() == (2 * Self.perThread, nil), "a canary is looked at each time")
        try source(service, "\n  fullEvery: 0d")
        #expect(try reads() == (all, changed))
        #expect(try reads() == (all, "everything is read again after P0D"))
        try source(service)
        _ = try reads()
        service.asked.refuse(Set(0..<20))
        let refused = try scan()
        #expect(refused.because == "what was asked of threads first was not answered as it should be")
        #expect((refused.report["incomplete"] as? [Any])?.isEmpty == false, "\(refused.outcome)")
    }

    @Test func `whose a thread is by the registry is part of what must not have changed`() throws {
        let service = try service(threads: 20)
        let all = 20 * Self.perThread
        func registry(_ owner: String, threads: Int) throws {
            let rows = (0..<threads).map { "thread_\($0),\($0 == 5 ? owner : "somebody")\n" }
            try scratch.write("ids.csv", "id,owner\n" + rows.joined())
        }
        try registry("ann", threads: 19)
        try scratch.write(
            "rules/source.yaml",
            try scratch.text("rules/source.yaml").replacingOccurrences(of: "ids.txt", with: "ids.csv"))
        _ = try scan(daysAgo: 5)
        #expect(service.asked.count() == all - Self.perThread)
        try registry("ann", threads: 20)
        #expect(try scan().because == nil)
        #expect(service.asked.count() == 2 * Self.perThread, "what is due and what is new")
        try registry("bob", threads: 20)
        #expect(try scan().because == "the registry says something else of records than before")
        #expect(service.asked.count() == all)
    }
}
