import Foundation
import TestSupport
import Testing

/// The engine against the generator, which knows what it wrote and shares no code with it.
@Suite struct TruthTests {
    /// What is said of one record: the state under each policy that a report names.
    typealias Verdicts = [String: [String: String]]

    private static let asOf = "2026-11-20T00:00:00Z"

    @Test(arguments: [("1", "400", "1"), ("2", "400", "0"), ("3", "150", "20"), ("4", "1", "0"), ("5", "60", "100")])
    func `a scan finds what the generator knows, and nothing else`(
        seed: String, threads: String, overdue: String
    ) throws {
        let scratch = try Scratch()
        try Tool.tenure(
            "estate", "--seed", seed, "--threads", threads, "--overdue", overdue, "--out", scratch.path("estate"))
        let (found, status) = try scan(scratch)
        let (known, _) = try truth(scratch)
        for key in Set(found.keys).union(known.keys) { #expect(found[key] ?? [:] == known[key] ?? [:], "\(key)") }
        #expect(status == (overdue == "0" ? 0 : 1))
    }

    @Test func `every hard case comes to what the generator knows (cases 1-14, 19, 37-39, 50, 51, 79)`() throws {
        let scratch = try Scratch()
        try Tool.tenure("estate", "--threads", "200", "--hard-cases", "--out", scratch.path("estate"))
        let (found, status) = try scan(scratch)
        let (known, dirty) = try truth(scratch)
        for (key, states) in known { #expect(found[key] ?? [:] == states, "\(key)") }
        for (key, states) in dirty {
            for (policy, state) in states {
                // A report does not name what is allowed or kept.
                let silent = state == "allowed" || state == "kept"
                #expect(found[key]?[policy] == (silent ? nil : state), "\(key) under \(policy)")
            }
        }
        #expect(status == 1)
    }

    private func scan(_ scratch: Scratch) throws -> (Verdicts, Int32) {
        let report = scratch.path("report.json")
        let outcome = try Tool.tenure(
            "scan", "--export", scratch.path("estate"), "--policies", Checkout.policies, "--as-of",
            TruthTests.asOf, "--report", "json=\(report)")
        let top = try read(report)
        var verdicts: Verdicts = [:]
        for finding in try #require(top["findings"] as? [[String: Any]]) {
            guard let policy = finding["policy"] as? String, let state = finding["state"] as? String else { continue }
            let isPastMax = finding["pastMax"] as? Bool == true && state == "kept"
            verdicts[key(finding), default: [:]][policy] = isPastMax ? "kept-past-max" : state
        }
        return (verdicts, outcome.status)
    }

    /// What the generator says of clean records, and of dirty ones.
    private func truth(_ scratch: Scratch) throws -> (clean: Verdicts, dirty: Verdicts) {
        var (clean, dirty): (Verdicts, Verdicts) = ([:], [:])
        for record in try #require(try read(scratch.path("estate/truth.json"))["records"] as? [[String: Any]]) {
            guard let states = record["states"] as? [String: String], !states.isEmpty else { continue }
            if record["dirt"] == nil {
                clean[key(record)] = states
            } else {
                dirty[key(record), default: [:]].merge(states) { $1 }
            }
        }
        return (clean, dirty)
    }

    private func key(_ object: [String: Any]) -> String {
        "\(object["kind"] as? String ?? "") \(object["id"] as? String ?? "")"
    }

    private func read(_ path: String) throws -> [String: Any] {
        let data = try Data(contentsOf: URL(filePath: path))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }
}
