import Foundation
import Records
import TestSupport
import Testing

@testable import SampleEstate

@Suite struct EstateTruthTests {
    /// A seed, a number of threads, a share, an instant.
    static let estates: [(UInt64, Int, Double, String)] = [
        (1, 1, 1, "2026-11-20T00:00:00Z"), (2, 1, 0, "2026-11-20T00:00:00Z"), (3, 40, 100, "2026-11-20T00:00:00Z"),
        (4, 700, 1, "2026-11-20T00:00:00Z"), (5, 700, 0, "2026-11-20T00:00:00Z"),
        (6, 500, 20, "2026-11-20T13:14:15Z"), (7, 500, 5, "2028-02-29T23:59:59Z"),
    ]

    @Test(arguments: estates)
    func `truth is what a slow reading of the files finds`(
        seed: UInt64, threads: Int, overdue: Double, asOf: String
    ) throws {
        let scratch = try Scratch()
        let plan = try plan(seed: seed, threads: threads, overdue: overdue, asOf: asOf)
        let summary = try plan.write(to: scratch.path)
        let model = try SlowModel(scratch, now: Double(plan.now))
        let truth = try Truth(scratch).clean
        var counts: [String: Int] = [:]
        for key in model.records.keys {
            let states = model.states(key).merging(model.denials(key)) { first, _ in first }
            let notable = states.filter { $0.value != "allowed" && $0.value != "kept" }
            #expect(truth[key]?.states ?? [:] == notable, "\(key)")
            if notable.values.contains("overdue") { counts[model.records[key]?.kind ?? "", default: 0] += 1 }
        }
        #expect(truth.keys.allSatisfy { model.records[$0] != nil })
        #expect(counts == Dictionary(uniqueKeysWithValues: summary.overdue.map { ($0.key.name, $0.value) }))
        #expect(model.records.count == summary.total)
        for kind in ["thread", "conversation", "response", "file", "vectorStore"] {
            let count = model.records.values.count { $0.kind == kind }
            let share = Int((Double(count) * overdue / 100).rounded())
            #expect(counts[kind, default: 0] == (overdue > 0 ? max(share, 1) : 0), "\(kind)")
        }
    }

    @Test func `what two threads use is called shared, and only that`() throws {
        let scratch = try Scratch()
        let plan = try plan(threads: 600)
        _ = try plan.write(to: scratch.path)
        let model = try SlowModel(scratch, now: Double(plan.now))
        var users: [String: Set<String>] = [:]
        for (key, record) in model.records {
            for used in record.uses where record.kind == "thread" || record.kind == "message" {
                users[used, default: []].insert(record.kind == "thread" ? key : record.container ?? "")
            }
        }
        let shared = Set(try Truth(scratch).clean.filter { $0.value.isShared }.keys)
        #expect(shared == Set(users.filter { $0.value.count > 1 }.keys))
        #expect(shared.contains { $0.hasPrefix("file/") } && shared.contains { $0.hasPrefix("vectorStore/") })
    }

    @Test func `every state that needs no dirt occurs`() throws {
        let scratch = try Scratch()
        _ = try plan(threads: 2000).write(to: scratch.path)
        let states = Set(try Truth(scratch).clean.values.flatMap { $0.states.values })
        #expect(states == ["overdue", "denied", "due", "excepted", "in-use", "kept-past-max"])
    }

    @Test func `every access policy has something to deny, and in a clean estate none but stores without expiry`()
        throws
    {
        let scratch = try Scratch()
        _ = try plan(threads: 600).write(to: scratch.path)
        let policies: Set = [
            "tenant-isolation", "owner-tag", "stuck-runs", "unanswered-runs", "failed-files", "vector-store-expiry",
            "addresses-in-metadata",
        ]
        #expect(Set(try Truth(scratch).clean.values.flatMap { $0.denials }) == policies)
        let clean = try Scratch()
        _ = try plan(threads: 600, overdue: 0).write(to: clean.path)
        #expect(Set(try Truth(clean).clean.values.flatMap { $0.denials }) == ["vector-store-expiry"])
    }

    @Test func `the summary counts what the list lists`() throws {
        let scratch = try Scratch()
        let summary = try plan(threads: 300).write(to: scratch.path)
        let truth = try Truth(scratch)
        var listed: [String: [String: Int]] = [:]
        for entry in truth.clean.values {
            for (policy, state) in entry.states { listed[policy, default: [:]][state, default: 0] += 1 }
        }
        let top = try #require(truth.top["summary"] as? [String: Any])
        let counted = try #require(top["states"] as? [String: [String: Int]])
        for (policy, counts) in counted {
            #expect(counts.filter { $0.key != "kept" && $0.key != "allowed" } == listed[policy] ?? [:], "\(policy)")
        }
        #expect(top["bytes"] as? Int == summary.bytes)
        let sizes = try scratch.names().filter { $0 != "truth.json" }.map { try scratch.bytes($0).count }
        #expect(sizes.reduce(0, +) == summary.bytes)
    }

    @Test func `keys are in canonical order`() throws {
        let scratch = try Scratch()
        _ = try plan(threads: 5, hardCases: true).write(to: scratch.path)
        let bytes = try scratch.bytes("truth.json")
        let object = try JSONSerialization.jsonObject(with: bytes)
        let sorted = try JSONSerialization.data(
            withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
        #expect(Data(bytes.filter { $0 != UInt8(ascii: "\n") }) == sorted)
    }
}
