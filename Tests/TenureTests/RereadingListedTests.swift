import Chronology
import Foundation
import FoundationNetworking
import TestSupport
import Testing

/// What a second scan makes of a service that lists its threads: the list is read, and what stands below those of which no
/// deadline has come is not.
@Suite struct RereadingListedTests {
    @Test func `of a twin with one thread in a hundred due, a second scan reads one in a hundred, and finds the same`()
        async throws
    {
        let scratch = try Scratch()
        let now = Instant.now().seconds
        let threads = 300
        func lines(_ object: String, _ line: (Int, Int64) -> String) -> String {
            (0..<threads).map { number in
                let at = now - (number % 100 == 7 ? 92 : 20 + Int64(number % 40)) * ThreadScans.day
                return #"{"object":"\#(object)","created_at":\#(at),\#(line(number, at))}"# + "\n"
            }.joined()
        }
        try scratch.write(
            "estate/threads.ndjson", lines("thread") { number, _ in #""id":"t\#(number)","metadata":{}"# })
        try scratch.write(
            "estate/messages.ndjson",
            lines("thread.message") { number, _ in
                #""id":"m\#(number)","thread_id":"t\#(number)","role":"user","content":[]"#
            })
        try scratch.write(
            "estate/runs.ndjson",
            lines("thread.run") { number, at in
                #""id":"r\#(number)","thread_id":"t\#(number)","status":"completed","completed_at":\#(at)"#
            })
        let twin = try RunningTwin("--estate", scratch.path("estate"), "--port", "0", "--profile", "foundry")
        try scratch.write(
            "rules/all.yaml",
            LiveDocuments.policy(
                "threads", "{match: {kinds: [thread]}, clock: {from: lastActivity}, keep: {atMost: 90d}}")
                + "---\napiVersion: tenure/v1\nkind: Source\nmetadata: {name: live}\n"
                + "spec: {\(ScannedService.foundry.spec(twin.address))}\n")
        func scan(at seconds: Int64, _ more: String...) throws -> ThreadScans.Scanned {
            let asOf = Instant(seconds: seconds).rfc3339
            let outcome = try Tool.run(
                Tool.binary.path,
                ["scan", "--policies", "rules", "--as-of", asOf, "--report", "json=out.json"] + more,
                in: scratch.url, environment: ["TWIN_TOKEN": "ey-twin"])
            let report = try JSONSerialization.jsonObject(with: scratch.bytes("out.json")) as? [String: Any]
            return ThreadScans.Scanned(outcome: outcome, report: report ?? [:])
        }
        /// How many requests the twin has had, with this one.
        func requests() async throws -> Int {
            let (_, response) = try await URLSession.shared.data(from: #require(URL(string: twin.address)))
            let number = (response as? HTTPURLResponse)?.value(forHTTPHeaderField: "x-request-id")
            return try #require(number.flatMap { Int($0.dropFirst("twin-".count)) })
        }
        let start = try await requests()
        _ = try scan(at: now - 5 * ThreadScans.day)
        let between = try await requests()
        // As of an instant that is past everything is read, and to wait for the twin may have taken minutes.
        let present = Instant.now().seconds
        let second = try scan(at: present)
        let end = try await requests()
        #expect(between - start > 3 * threads)
        // Messages, runs and the steps of a run; what is listed at the top is read each time, and this test asks as well.
        #expect(end - between <= 3 * 3 + 12, "\(end - between)")
        #expect(second.rereading["notReadAgain"] as? Int == threads - 3)
        #expect(second.rereading["readsSaved"] as? Int == (between - start) - (end - between))
        let full = try scan(at: present, "--full")
        #expect(second.findings?.count == 3 && second.rest == full.rest)
        withExtendedLifetime(twin) {}
    }

    @Test(arguments: ThreadService.Form.allCases)
    func `where what is due is not answered as it should be, all is read as if nothing had been left out`(
        form: ThreadService.Form
    ) throws {
        let scans = try ThreadScans(120, of: form)
        _ = try scans.scan(daysAgo: 5)
        scans.service.refuse([7])
        // What is wrong with one of a list is said once, though the others are taken in later.
        scans.service.misdate([5])
        _ = scans.service.takeCount()
        let (due, full) = try scans.scanBothWays()
        #expect(due.because == "what was asked of threads first was not answered as it should be")
        #expect(due.rest == full.rest && due.report["incomplete"] as? NSArray != [])
        // Each of them takes one request for the thread that is refused, and the rest for the others.
        #expect(scans.service.takeCount() == 2 * (120 * form.perThread - 2))
        scans.service.refuse([])
        scans.service.misdate([])
        _ = try scans.scan()
        let after = try scans.scan()
        #expect(after.because == nil && after.rereading["notReadAgain"] as? Int == 118)
    }

    @Test func `a thread that a list has no more is lost, though it was left out when the list had it last`() throws {
        let scans = try ThreadScans(20, of: .foundry, keep: "atLeast: 80d, atMost: 90d")
        _ = try scans.scan(daysAgo: 5)
        _ = scans.service.takeCount()
        #expect(try scans.scan(daysAgo: 0).findings?.count == 1)
        #expect(scans.service.takeCount() == ThreadService.Form.foundry.perThread)
        scans.service.remove([3, 11])
        let (due, full) = try scans.scanBothWays()
        #expect(due.rest == full.rest && due.rereading["notReadAgain"] as? Int == 17)
        let lost = (due.report["findings"] as? [[String: Any]] ?? []).filter { $0["state"] as? String == "lost" }
        #expect(lost.count == 2 * 8, "with what was in them")
        let seen = "it was there at \(Instant(seconds: scans.now).rfc3339), "
        let threads = lost.filter { ($0["because"] as? String)?.hasPrefix(seen) ?? false }
        #expect(Set(threads.compactMap { $0["id"] as? String }) == ["thread_3", "thread_11"])
        // It comes back, and what is known of it is not believed.
        scans.service.remove([3])
        let (again, whole) = try scans.scanBothWays()
        #expect(again.rest == whole.rest && again.rereading["notReadAgain"] as? Int == 17)
    }

    @Test func `a thread that a list has twice, or of which it tells no time, is read`() throws {
        let scans = try ThreadScans(120, of: .foundry)
        _ = try scans.scan(daysAgo: 5)
        scans.service.double([3, 99])
        scans.service.misdate([5])
        _ = scans.service.takeCount()
        let (due, full) = try scans.scanBothWays()
        #expect(due.rest == full.rest && due.rereading["notReadAgain"] as? Int == 115)
        let problems = (due.report["problems"] as? [[String: Any]] ?? []).filter { $0["kind"] as? String == "thread" }
        #expect(problems.count == 2 * 2 + 1, "\(problems)")
    }

    @Test func `how many there must be counts what is left out, and so does what must be there`() throws {
        let scans = try ThreadScans(20, of: .foundry)
        try scans.source("\n  expect: {threads: {atLeast: 20}, messages: {atLeast: 60}, canaries: [thread_3]}")
        _ = try scans.scan(daysAgo: 5)
        let second = try scans.scan()
        #expect(second.rereading["notReadAgain"] as? Int == 18)
        #expect(second.report["incomplete"] as? NSArray == [], "\(second.outcome)")
        try scans.source("\n  expect: {threads: {atLeast: 21}}")
        _ = try scans.scan()
        #expect((try scans.scan().report["incomplete"] as? NSArray)?.count == 1)
    }
}
