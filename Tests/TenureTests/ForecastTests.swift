import Foundation
import TestSupport
import Testing

/// `forecast` at an instant says what `scan` says there, of the same export.
@Suite struct ForecastTests {
    private static let policies = Checkout.policies

    private func estate(in scratch: Scratch) throws -> String {
        let path = scratch.path("estate")
        try Tool.tenure("estate", "--seed", "11", "--threads", "200", "--overdue", "3", "--hard-cases", "--out", path)
        return path
    }

    private func object(_ outcome: Tool.Outcome) throws -> [String: Any] {
        try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any], "\(outcome.errors)")
    }

    @Test func `each instant's counts are those of a scan at that instant`() throws {
        let scratch = try Scratch()
        let export = try estate(in: scratch)
        let common = ["--export", export, "--policies", Self.policies, "--format", "json"]
        let outcome = try Tool.run(
            Tool.binary.path,
            ["forecast", "--as-of", "2026-10-31T00:00:00Z", "--until", "2027-02-15", "--step", "P1M"] + common)
        let steps = try #require(try object(outcome)["steps"] as? [[String: Any]])
        #expect(
            steps.map { $0["asOf"] as? String } == [
                "2026-10-31T00:00:00Z", "2026-11-30T00:00:00Z", "2026-12-31T00:00:00Z", "2027-01-31T00:00:00Z",
                "2027-02-15T00:00:00Z",
            ])
        for step in steps {
            let instant = try #require(step["asOf"] as? String)
            let scan = try object(try Tool.run(Tool.binary.path, ["scan", "--as-of", instant] + common))
            let summary = try #require(scan["summary"] as? [String: Any])
            #expect(step["states"] as? [String: Int] == summary["states"] as? [String: Int], "\(instant)")
            #expect(step["mayGo"] as? Int == summary["mayGo"] as? Int, "\(instant)")
            let reasons = { (value: Any?) in (value as? [[String: Any]])?.compactMap { $0["message"] as? String } }
            #expect(reasons(step["incomplete"]) == reasons(scan["incomplete"]), "\(instant)")
            let policies = try #require(step["policies"] as? [[String: Any]])
            let scanned = try #require(summary["policies"] as? [[String: Any]])
            for policy in policies {
                let same = scanned.first {
                    $0["policy"] as? String == policy["policy"] as? String && $0["kind"] as? String == "RetentionPolicy"
                }
                #expect(policy["states"] as? [String: Int] == same?["states"] as? [String: Int])
                #expect(policy["matched"] as? Int == same?["matched"] as? Int)
                let states = try #require(policy["states"] as? [String: Int])
                let due = try #require(policy["due"] as? [String: Any])
                #expect(due["records"] as? Int == (states["due"] ?? 0) + (states["overdue"] ?? 0))
            }
        }
        #expect(
            steps.contains {
                (($0["all"] as? [String: Any])?["newlyDue"] as? [String: Any])?["records"] as? Int ?? 0 > 0
            })
    }

    @Test func `the table names instants and policies, and a scan that would be incomplete makes it so`() throws {
        let scratch = try Scratch()
        let path = scratch.path("clean")
        try Tool.tenure("estate", "--seed", "7", "--threads", "100", "--overdue", "0", "--out", path)
        let words = [
            "forecast", "--as-of", "2026-11-20T00:00:00Z", "--until", "2026-12-20", "--policies", Self.policies,
        ]
        let outcome = try Tool.run(Tool.binary.path, words + ["--export", path])
        let row = /2026-12-20T00:00:00Z +all in force +[0-9,]+/
        #expect(outcome.output.contains(row), "\(outcome.output)\(outcome.errors)")
        let torn = try Tool.run(Tool.binary.path, words + ["--export", try torn(path, in: scratch)])
        #expect(torn.status == 3 && torn.output.contains("Not complete as of 2026-11-20T00:00:00Z"))
    }

    private func torn(_ path: String, in scratch: Scratch) throws -> String {
        try Data("{torn".utf8).write(to: URL(filePath: path).appending(path: "files.ndjson"))
        return path
    }

    @Test(arguments: [
        ["--until", "2026-01-01"], [], ["--until", "soon"], ["--until", "2027-01-01", "--step", "P0D"],
        ["--until", "9999-01-01", "--step", "PT1S"], ["--until", "2027-01-01", "--step", "1x"],
    ])
    func `what makes no sense ends with exit code 2 before anything is read`(words: [String]) throws {
        let outcome = try Tool.run(
            Tool.binary.path, ["forecast", "--as-of", "2026-11-20T00:00:00Z", "--export", "absent"] + words)
        #expect(outcome.status == 2 && outcome.output.isEmpty && outcome.errors.hasPrefix("tenure: forecast: "))
        #expect(!outcome.errors.contains("absent"), "\(outcome.errors)")
    }
}
