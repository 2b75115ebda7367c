import Foundation
import TestSupport
import Testing

@testable import tenure

/// A plan that was made on a service which is not there any more, and the estate that the service held.
struct RehearsedPlan {
    let scratch: Scratch

    /// Threads of 2025 with a message each, whose words and names nothing may print, and a young one.
    static let threads: [String: [String]] = [
        "threads": (1...4).map {
            #"{"id":"thread_\#($0)","object":"thread","created_at":\#(created($0)),"metadata":{"who":"eve@example.com"}}"#
        },
        "messages": (1...4).map {
            #"{"id":"msg_\#($0)","object":"thread.message","created_at":\#(created($0)),"thread_id":"thread_\#($0)","#
                + #""role":"user","content":[{"type":"text","text":{"value":"the secret plan","annotations":[]}}]}"#
        },
        "files": [],
    ]

    /// The last one is a day old.
    private static func created(_ number: Int) -> Int {
        number < 4 ? 1_760_000_000 + number : Int(Date.now.timeIntervalSince1970) - 86_400
    }

    /// - Parameters:
    ///   - estate: the lines of each file.
    ///   - rule: what follows `spec:` of the only policy.
    ///   - more: further documents.
    ///   - status: what making the plan ends with.
    init(
        _ estate: [String: [String]] = threads, rule: String = LiveDocuments.oldThreads(), more: String = "",
        _ status: Int32 = 0
    ) throws {
        scratch = try Scratch()
        try scratch.write("policies/further.yaml", more)
        for (name, lines) in estate {
            try scratch.write("estate/\(name).ndjson", lines.map { $0 + "\n" }.joined())
        }
        let threads = try scratch.text("estate/threads.ndjson").split(separator: "\n")
        let ids = try threads.map { line in
            (try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])?["id"] as? String ?? ""
        }
        try scratch.write("ids.txt", ids.map { $0 + "\n" }.joined())
        let twin = try RunningTwin("--estate", scratch.path("estate"), "--port", "0")
        try write(rule: rule, address: twin.address)
        try register()
        let made = try run("plan", "make", "--as", "ann")
        #expect(made.status == status, "\(made.output)\(made.errors)")
        try withExtendedLifetime(twin) {
            let told = try run("inventory", "--out", "inventory")
            #expect(told.status == 0, "\(told.errors)")
        }
    }

    func write(rule: String, address: String) throws {
        try LiveDocuments.write(rule: rule, address: address, to: scratch)
    }

    /// Writes the holds, of records that have these ids.
    func register(_ holds: [String] = []) throws {
        try LiveDocuments.write(holdsOf: holds, to: scratch)
    }

    /// Writes what goes wrong.
    func faults(_ percents: String, seed: Int = 5) throws {
        try scratch.write("faults.json", #"{"seed": \#(seed), "percent": {\#(percents)}}"#)
    }

    /// The command as a process of its own, which has the key.
    func run(_ words: String...) throws -> Tool.Outcome {
        try Tool.run(Tool.binary.path, words, in: scratch.url, environment: ["TWIN_KEY": "sk-twin"])
    }

    /// The command in this process, which has no key, on a thread of its own: it waits where it runs, as none of the pool
    /// may.
    func rehearse(estate: String = "estate", _ more: String...) async -> Rehearsed {
        await rehearse(["--estate", scratch.path(estate)] + more)
    }

    func rehearse(_ words: [String]) async -> Rehearsed {
        let all =
            ["rehearse", scratch.path("plan.json"), "--policies", scratch.path("policies"), "--requests"]
            + [scratch.path("requests")] + words
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: Rehearsed(Transcript(all))) }
        }
    }
}

/// What a rehearsal printed.
struct Rehearsed {
    let exitCode: Int32
    let output: String
    let errors: String
    private let json: Data

    fileprivate init(_ transcript: Transcript) {
        exitCode = transcript.exitCode.rawValue
        output = transcript.output
        errors = transcript.errors
        json = Data(transcript.output.utf8)
    }

    private var object: [String: Any] {
        (try? JSONSerialization.jsonObject(with: json) as? [String: Any]) ?? [:]
    }

    /// `delete thread_1 deleted-verified`, action by action.
    var actions: [String] {
        list("actions").map { "\($0["verb"] ?? "") \($0["id"] ?? "") \($0["outcome"] as? String ?? "-")" }
    }

    /// `deleted-verified` to how many.
    var outcomes: [String: Int] { (object["outcomes"] as? [String: Int] ?? [:]).filter { $0.value > 0 } }

    func list(_ name: String) -> [[String: Any]] { object[name] as? [[String: Any]] ?? [] }

    func ids(_ name: String) -> [String] { list(name).compactMap { $0["id"] as? String } }

    func numbers(_ name: String) -> [Int] { object[name] as? [Int] ?? [] }

    func number(_ name: String) -> Int? { object[name] as? Int }

    func wait(_ name: String) -> Int { (object["waitSeconds"] as? [String: Int])?[name] ?? -1 }

    var gates: [String] { list("gates").compactMap { $0["code"] as? String } }

    /// Whether nothing happened that the plan does not say.
    var isFaithful: Bool {
        !output.isEmpty && ids("unplanned").isEmpty && ids("changed").isEmpty && numbers("falselyGone").isEmpty
    }
}
