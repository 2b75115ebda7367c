import Chronology
import Foundation
import TestSupport
import Testing

/// Scans of a service of threads through the command, one after another with the same ledger.
struct ThreadScans {
    static let day: Int64 = 86_400

    let scratch: Scratch
    let service: ThreadService
    let now = Instant.now().seconds
    private let form: ThreadService.Form

    /// Ninety days after the last activity a thread is due. Of a hundred one comes to that in the last five days.
    init(_ threads: Int, of form: ThreadService.Form, keep: String = "atMost: 90d") throws {
        scratch = try Scratch()
        self.form = form
        let now = now
        service = try ThreadService(
            form, active: (0..<threads).map { now - ($0 % 100 == 7 ? 92 : 20 + Int64($0 % 40)) * Self.day })
        try scratch.write("ids.txt", (0..<threads).map { "thread_\($0)\n" }.joined())
        try source()
        try rules(keep)
    }

    /// The document of the service, with more in it.
    func source(_ more: String = "") throws {
        let registry = "\n  registry: [{file: '\(scratch.path("ids.txt"))', kind: thread, complete: true}]"
        try scratch.write(
            "rules/source.yaml",
            """
            apiVersion: tenure/v1
            kind: Source
            metadata: {name: live}
            spec:
              type: \(form == .openai ? "openai" : "azure-foundry")
              address: '\(service.address)'
              credentials: {env: TWIN_KEY}\(form == .openai ? registry : "")
              acceptedGaps: [{kinds: [conversation, item, response], reason: nobody uses them, until: 2035-01-01}]\(more)

            """)
    }

    /// The only policy, with how long it keeps threads.
    func rules(_ keep: String) throws {
        try scratch.write(
            "rules/threads.yaml",
            LiveDocuments.policy("threads", "{match: {kinds: [thread]}, clock: {from: lastActivity}, keep: {\(keep)}}"))
    }

    struct Scanned {
        let outcome: Tool.Outcome
        let report: [String: Any]

        var rereading: [String: Any] {
            ((report["sources"] as? [[String: Any]])?.first?["rereading"] as? [String: Any]) ?? [:]
        }

        var because: String? { rereading["because"] as? String }

        var findings: NSArray? { report["findings"] as? NSArray }

        /// What the report says, but for how the service was read.
        var rest: NSDictionary {
            var rest = report
            rest["sources"] = (report["sources"] as? [[String: Any]])?.map { source in
                source.filter { $0.key != "rereading" }
            }
            return rest as NSDictionary
        }
    }

    func scan(daysAgo: Int64 = 0, _ arguments: String...) throws -> Scanned {
        try scan(daysAgo: daysAgo, arguments)
    }

    func scan(daysAgo: Int64 = 0, _ arguments: [String]) throws -> Scanned {
        let asOf = Instant(seconds: now - daysAgo * Self.day).rfc3339
        let outcome = try Tool.run(
            Tool.binary.path,
            ["scan", "--policies", "rules", "--as-of", asOf, "--report", "json=out.json"] + arguments,
            in: scratch.url, environment: ["TWIN_KEY": "sk-twin"])
        let report = try JSONSerialization.jsonObject(with: scratch.bytes("out.json")) as? [String: Any]
        return Scanned(outcome: outcome, report: report ?? [:])
    }

    /// Scans twice what the ledger knows now: once as it comes, once everything.
    func scanBothWays() throws -> (due: Scanned, full: Scanned) {
        try FileManager.default.copyItem(atPath: scratch.path(".tenure"), toPath: scratch.path("copy"))
        let full = try scan("--full", "--ledger", "copy/ledger.db")
        try FileManager.default.removeItem(atPath: scratch.path("copy"))
        return (try scan(), full)
    }
}
