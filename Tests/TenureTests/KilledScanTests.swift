import Chronology
import Foundation
import Ledger
import SQLite
import Synchronization
import TestSupport
import Testing

/// A scan that is killed, whenever that is.
@Suite struct KilledScanTests {
    private let scratch: Scratch
    private let twin: RunningTwin

    init() throws {
        scratch = try Scratch()
        try Tool.tenure(
            "estate", "--seed", "5", "--threads", "150", "--overdue", "10", "--as-of", "2026-11-20T00:00:00Z", "--out",
            scratch.path("estate"))
        twin = try RunningTwin("--estate", scratch.path("estate"), "--port", "0")
        let registry = ["thread", "conversation", "response"].map {
            "{file: '\(scratch.path("estate/\($0)s.ndjson"))', kind: \($0), complete: true}"
        }
        try scratch.write(
            "rules/all.yaml",
            """
            apiVersion: tenure/v1
            kind: Source
            metadata: {name: live}
            spec:
              type: openai
              address: '\(twin.address)'
              credentials: {env: TWIN_KEY}
              registry: [\(registry.joined(separator: ", "))]
            ---
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: keep}
            spec: {match: {kinds: [thread, file]}, clock: {from: created}, keep: {atLeast: 5y, atMost: 6y}}
            ---
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: go}
            spec: {match: {kinds: [response, conversation]}, clock: {from: created}, keep: {atMost: 90d}}

            """)
    }

    private func run(_ directory: String) -> KillableRun {
        let words = [
            "scan", "--policies", scratch.path("rules"), "--as-of", "2026-11-20T00:00:00Z", "--report", "json=out.json",
        ]
        return KillableRun(words, in: scratch.url.appending(path: directory), environment: ["TWIN_KEY": "sk-twin"])
    }

    /// What a scan finds that nobody disturbs.
    private func scan(_ directory: String) throws -> NSArray {
        let status = try run(directory).run()
        #expect(status.map { $0 < 2 } ?? false)
        let report = try JSONSerialization.jsonObject(with: scratch.bytes("\(directory)/out.json")) as? [String: Any]
        return try #require(report?["findings"] as? NSArray)
    }

    private enum Stage: String, Hashable { case before, reading, deciding, after }

    /// How far the last run came, in a ledger that must open whatever happened.
    private func stage(_ directory: String, _ wasKilled: Bool) throws -> Stage {
        guard wasKilled else { return .after }
        let path = scratch.path("\(directory)/.tenure/ledger.db")
        guard FileManager.default.fileExists(atPath: path) else { return .before }
        _ = try Ledger(path: path, now: .now(), tool: "test").path
        let database = try Database(path: path, access: .writing)
        #expect(try database.text("PRAGMA quick_check") == "ok")
        guard try database.integer("SELECT finished IS NULL FROM runs ORDER BY run DESC LIMIT 1") == 1 else {
            return .before
        }
        let duties = try database.integer(
            "SELECT count(*) FROM duties WHERE run = (SELECT max(run) FROM runs)")
        return duties == 0 ? .reading : .deciding
    }

    @Test func `a scan that is killed at any moment leaves a ledger that opens, and the next scan finds what is there`()
        async throws
    {
        for name in ["calm", "killed"] { try scratch.makeDirectory(name) }
        let start = ContinuousClock.now
        let fresh = try scan("calm")
        let whole = ContinuousClock.now - start
        let seconds = Double(whole.components.seconds) + Double(whole.components.attoseconds) / 1e18
        #expect(try scan("killed") == fresh)
        // What is lost is known to those alone that have seen it.
        for name in ["files", "threads"] {
            let line = try #require(scratch.text("estate/\(name).ndjson").split(separator: "\n").first)
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            try await delete("\(name)/\(try #require(object?["id"] as? String))")
        }
        let later = try scan("calm")
        let lost = later.filter { ($0 as? [String: Any])?["state"] as? String == "lost" }
        #expect(lost.count > 2 && later.count > lost.count + 10)
        try scratch.makeDirectory("new")
        let unknowing = try scan("new")
        #expect(unknowing.count == later.count - lost.count)

        var random = SplitMix64(seed: 11)
        var stages: [Stage: Int] = [:]
        for round in 0..<(Campaign.isSoak ? 50 : 6) {
            // Every other ledger begins with the run that is killed.
            let directory = round % 2 == 0 ? "killed" : "fresh-\(round)"
            if round % 2 == 1 { try scratch.makeDirectory(directory) }
            let wasKilled = try run(directory).run(forSeconds: .random(in: 0...seconds, using: &random)) == nil
            stages[try stage(directory, wasKilled), default: 0] += 1
            #expect(try scan(directory) == (round % 2 == 0 ? later : unknowing), "round \(round)")
        }
        print("killed scans, by how far they came: \(stages.map { "\($0.key.rawValue) \($0.value)" }.sorted())")
        #expect(stages.filter { $0.key != .after }.values.reduce(0, +) > 0)
    }

    private func delete(_ path: String) async throws {
        try await TwinClient.delete("\(twin.address)/\(path)")
    }
}
