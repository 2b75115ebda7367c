import Chronology
import Foundation
import Ledger
import SQLite
import TestSupport
import Testing

/// A scan that leaves out what is not due and is killed, whenever that is.
@Suite struct KilledRereadingTests {
    private let scratch: Scratch
    private let now = Instant.now().seconds

    init() throws { scratch = try Scratch() }

    /// Threads, conversations and responses of which some are due now and were not when they were read first.
    private func serve(as service: ScannedService) throws -> RunningTwin {
        let asOf = now - 20 * ChangingEstate.day
        try ChangingEstate(seed: 4, asOf: asOf, threads: 120).write(to: scratch)
        let twin = try RunningTwin(
            "--estate", scratch.path("estate"), "--port", "0", "--profile", service.profile)
        let registry = """
            {file: '\(scratch.path("ids.txt"))', kind: thread, complete: true},
                {file: '\(scratch.path("conversations.txt"))', kind: conversation, complete: true},
                {file: '\(scratch.path("responses.txt"))', kind: response}
            """
        try scratch.write(
            "rules/all.yaml",
            """
            apiVersion: tenure/v1
            kind: Source
            metadata: {name: live}
            spec: {\(service.spec(twin.address)), fullEvery: 1y,
                registry: [\(service == .foundry ? "" : registry)],
                acceptedGaps: [{kinds: [conversation, item, response], reason: nobody uses them, until: 2035-01-01}]}
            ---
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: threads}
            spec: {match: {kinds: [thread, response]}, clock: {from: lastActivity}, keep: {atMost: 90d}}
            ---
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: conversations}
            spec: {match: {kinds: [conversation]}, clock: {from: created}, keep: {atMost: 120d}}

            """)
        return twin
    }

    private func run(_ directory: String, daysAgo: Int64 = 0) -> KillableRun {
        let asOf = Instant(seconds: now - daysAgo * ChangingEstate.day).rfc3339
        let words = ["scan", "--policies", scratch.path("rules"), "--report", "json=out.json", "--as-of", asOf]
        return KillableRun(
            words, in: scratch.url.appending(path: directory),
            environment: ["TWIN_KEY": "sk-twin", "TWIN_TOKEN": "ey-twin"])
    }

    private struct Scanned {
        let report: NSDictionary

        var findings: NSArray? { report["findings"] as? NSArray }

        var rereading: NSDictionary? { (report["sources"] as? [NSDictionary])?.first?["rereading"] as? NSDictionary }

        var summary: NSDictionary? { report["summary"] as? NSDictionary }

        var leftOut: Int { rereading?["notReadAgain"] as? Int ?? 0 }
    }

    private func scan(_ directory: String, daysAgo: Int64 = 0) throws -> Scanned {
        let status = try run(directory, daysAgo: daysAgo).run()
        #expect(status.map { $0 < 2 } ?? false)
        let report = try JSONSerialization.jsonObject(with: scratch.bytes("\(directory)/out.json")) as? NSDictionary
        return Scanned(report: try #require(report))
    }

    /// Services, and how many records are left out at least of those that the first scan read.
    @Test(arguments: [(ScannedService.openai, 150), (.foundry, 30)])
    func `whenever it is killed, the next scan finds what one finds that nobody disturbed, and still saves reads`(
        service: ScannedService, leftOut: Int
    ) throws {
        let twin = try serve(as: service)
        try scratch.makeDirectory("first")
        let first = try scan("first", daysAgo: 20)
        #expect(first.leftOut == 0)
        func copy(_ name: String) throws {
            try FileManager.default.copyItem(atPath: scratch.path("first"), toPath: scratch.path(name))
        }
        try copy("calm")
        let start = ContinuousClock.now
        let calm = try scan("calm")
        let whole = ContinuousClock.now - start
        let seconds = Double(whole.components.seconds) + Double(whole.components.attoseconds) / 1e18
        #expect(calm.leftOut > leftOut && (calm.findings?.count ?? 0) > (first.findings?.count ?? 0), "\(calm.report)")

        var random = SplitMix64(seed: 3)
        var killed = 0
        for round in 0..<(Campaign.isSoak ? 50 : 5) {
            let directory = "killed-\(round)"
            try copy(directory)
            for _ in 0..<2
            where try run(directory).run(forSeconds: .random(in: 0...seconds, using: &random)) == nil {
                killed += 1
            }
            let path = scratch.path("\(directory)/.tenure/ledger.db")
            _ = try Ledger(path: path, now: .now(), tool: "test").path
            #expect(try Database(path: path, access: .reading).text("PRAGMA quick_check") == "ok")
            let next = try scan(directory)
            #expect(next.findings == calm.findings && next.summary == calm.summary, "round \(round)")
        }
        withExtendedLifetime(twin) {}
        print("scans killed: \(killed)")
        #expect(killed > 0)
    }
}
