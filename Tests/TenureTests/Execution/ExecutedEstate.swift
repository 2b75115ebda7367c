import Chronology
import Foundation
import HTTP
import Ledger
import Records
import TestSupport
import Twin

@testable import tenure

/// A small estate that a twin has, documents that speak of it, and everything that it takes to plan and to execute.
final class ExecutedEstate {
    let scratch: Scratch
    let twin: WatchedTwin
    let now: Int64
    /// The estate as it was made, with what was done to it from outside since.
    private(set) var holdings: [Holding]
    var documents: SmallDocuments

    /// - Parameter now: in seconds since 1970.
    init(seed: UInt64, now: Int64 = Instant.now().seconds) throws {
        self.now = now
        scratch = try Scratch()
        holdings = SmallHoldings(seed: seed, now: now).list
        documents = SmallDocuments(seed: seed ^ 0xD0C, now: now, holdings)
        try holdings.write(to: scratch)
        twin = try WatchedTwin(estate: scratch.path("estate"), now: now)
        try writeDocuments()
        try scratch.write("key", "\(Twin.usualKey)\n")
        try scratch.write("audit.pem", Self.pem)
        try scratch.write("pseudonyms.key", String(repeating: "0f", count: 32))
        for name in ["audit.pem", "pseudonyms.key"] {
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: scratch.path(name))
        }
        _ = try Ledger(path: ledger, now: .now(), tool: "test")
        _ = run("audit", "init", "--log", scratch.path("log"), "--origin", "a.example/log", "--key", audit)
    }

    /// - Source: RFC 8032, section 7.1, the seed of test 1, as `openssl pkey` writes it.
    private static let pem = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpgumCvSS7CzESURJxWl7MmkZcDusA6x/5g
        -----END PRIVATE KEY-----

        """

    private var audit: String { scratch.path("audit.pem") }
    private var policies: String { scratch.path("policies") }
    private var ledger: String { scratch.path("ledger.db") }

    func writeDocuments() throws { try documents.write(to: scratch, address: twin.address) }

    // MARK: Runs, in which hours of waiting pass in no time

    func run(_ words: String...) -> Transcript { run(words) }

    private func run(_ words: [String]) -> Transcript {
        HTTPClock.$substitute.withValue(PassingClock(date: Instant.now().seconds).clock) { Transcript(words) }
    }

    func plan(_ name: String = "plan.json") throws -> (exitCode: ExitCode, plan: PlanFile) {
        let made = run(
            "plan", "make", scratch.path(name), "--as", "ann", "--policies", policies, "--ledger", ledger)
        guard made.exitCode != .usage else { throw Unusable(words: made.errors) }
        return (made.exitCode, try PlanFile(scratch.bytes(name)))
    }

    /// The words of an execution.
    func application(_ plan: String = "plan.json") -> [String] {
        [
            "apply", scratch.path(plan), "--policies", policies, "--ledger", ledger, "--execute", "--format", "json",
            "--audit-log", scratch.path("log"), "--audit-key", audit, "--pseudonym-key",
            scratch.path("pseudonyms.key"),
        ]
    }

    func apply(_ plan: String = "plan.json") throws -> Applied { try Applied(run(application(plan))) }

    func scan() throws -> [[String: Any]] {
        let scanned = run(
            "scan", "--policies", policies, "--ledger", ledger, "--report",
            "json=\(scratch.path("scan.json"))")
        guard scanned.exitCode != .usage else { throw Unusable(words: scanned.errors) }
        let report = try JSONSerialization.jsonObject(with: scratch.bytes("scan.json")) as? [String: Any]
        return report?["findings"] as? [[String: Any]] ?? []
    }

    /// How many intents the log has, and the actions, from 1 on, that were begun so and of which it does not say how they
    /// ended.
    func intents() throws -> (count: Int, open: Set<Int>) {
        var count = 0
        var open: Set<Int> = []
        for line in try scratch.text("log/audit-000000000000.jsonl").split(separator: "\n") {
            // Who was killed may have left half of a line.
            guard let entry = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
                let number = (entry["data"] as? [String: Any])?["number"] as? Int
            else { continue }
            switch entry["type"] as? String {
            case "deletion.intent":
                count += 1
                open.insert(number)
            case "deletion.outcome": open.remove(number)
            default: break
            }
        }
        return (count, open)
    }

    struct Unusable: Error {
        let words: String
    }

    // MARK: What somebody else does to the service

    /// Somebody writes in a thread, or deletes a record; false where there is nothing to do that to.
    func disturb(_ index: Int) throws -> Bool {
        let record = holdings[index]
        if record.kind == .thread {
            let before = Set(twin.holdings.keys)
            guard twin.change("POST", "\(holdings.path(index))/messages", #"{"role":"user","content":"wait"}"#),
                let path = Set(twin.holdings.keys).subtracting(before).first
            else { return false }
            let id = path.split(separator: "/").last.map(String.init) ?? ""
            var message = Holding(kind: .message, id: id, wireId: id)
            (message.container, message.created, message.role) = (index, now, "user")
            holdings.append(message)
            return true
        }
        guard ![.run, .runStep, .batch, .vectorStoreFile].contains(record.kind) else { return false }
        return twin.change("DELETE", holdings.path(index))
    }

    /// What is there now, with what became of the work that was stopped; and where each stood in `holdings`.
    func present() -> (estate: [Holding], places: [Int]) {
        let held = twin.holdings
        let places = holdings.indices.filter { held[holdings.path($0)] != nil }
        let moved = Dictionary(uniqueKeysWithValues: places.enumerated().map { ($1, $0) })
        let estate = places.map { place -> Holding in
            var record = holdings[place]
            record.container = record.container.flatMap { moved[$0] }
            record.uses = record.uses.compactMap { moved[$0] }
            record.assistant = record.assistant.flatMap { moved[$0] }
            if let json = held[holdings.path(place)] { record.update(json) }
            return record
        }
        return (estate, places)
    }
}

/// What a problem is told with.
extension ExecutedEstate: CustomStringConvertible {
    var description: String {
        let lines = holdings.indices.map { index in
            let record = holdings[index]
            let days = [record.created, record.activity].map { $0.map { "\((now - $0) / SmallHoldings.day)" } ?? "-" }
            let uses = record.uses.map { holdings[$0].id }
            return "\(holdings.path(index)): days \(days), uses \(uses), \(record.metadata), \(record.status ?? "-")"
        }
        let documents = ["rules", "holds"].map { (try? scratch.text("policies/\($0).yaml")) ?? "" }
        return (lines + documents).joined(separator: "\n")
    }
}

extension Holding {
    /// Takes over what the service says of work, and of what was done last.
    fileprivate mutating func update(_ json: [UInt8]) {
        guard [.run, .vectorStore].contains(kind),
            let object = try? JSONSerialization.jsonObject(with: Data(json)) as? [String: Any]
        else { return }
        status = object["status"] as? String
        activity = (object["cancelled_at"] ?? object["last_active_at"]).flatMap { $0 as? Int64 } ?? activity
    }
}

/// What an execution answered.
struct Applied {
    let exitCode: ExitCode
    let errors: String
    let calls: Int
    let gates: [String]
    /// By action: the kind and id, and the outcome.
    let outcomes: [(name: String, outcome: String?)]

    init(_ run: Transcript) throws {
        let json = try? JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        (exitCode, errors) = (run.exitCode, run.errors)
        calls = json?["calls"] as? Int ?? 0
        gates = (json?["gates"] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String }
        outcomes = (json?["actions"] as? [[String: Any]] ?? []).map {
            ("\($0["kind"] ?? "") \($0["id"] ?? "")", $0["outcome"] as? String)
        }
    }
}

/// What a plan says.
struct PlanFile {
    let actions: [(verb: String, kind: String, id: String)]
    /// By the kind and id of what stays: the reasons.
    let staying: [String: [String]]

    init(_ bytes: Data) throws {
        let file = try JSONSerialization.jsonObject(with: bytes) as? [String: Any]
        let json = file?["plan"] as? [String: Any]
        actions = (json?["actions"] as? [[String: Any]] ?? []).map {
            ("\($0["verb"] ?? "")", "\($0["kind"] ?? "")", "\($0["id"] ?? "")")
        }
        let lines = (json?["staying"] as? [[String: Any]] ?? []).map {
            ("\($0["kind"] ?? "") \($0["id"] ?? "")", $0["reasons"] as? [String] ?? [])
        }
        staying = Dictionary(lines) { first, _ in first }
    }
}
