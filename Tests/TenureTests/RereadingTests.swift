import Chronology
import Foundation
import TestSupport
import Testing

/// What a second scan of a service reads again, through the command.
@Suite struct RereadingTests {
    @Test(arguments: ThreadService.Form.allCases)
    func `where one thread in a hundred is due, a second scan makes three requests in a hundred at most`(
        form: ThreadService.Form
    ) throws {
        let scans = try ThreadScans(200, of: form)
        let (service, now) = (scans.service, scans.now)
        let first = try scans.scan(daysAgo: 5)
        #expect(first.because == "it is as of an instant that is past, and what happened since is in the service")
        let all = service.takeCount()
        #expect(all == 200 * form.perThread)
        #expect(first.outcome.status == 0, "\(first.outcome)")

        let second = try scans.scan()
        let requests = service.takeCount()
        #expect(requests * 100 <= all * 3, "\(requests) of \(all)")
        #expect(requests == 2 * form.perThread)
        #expect(second.outcome.status == 1 && second.findings?.count == 2, "\(second.outcome)")
        #expect(second.rereading["everything"] as? Bool == false && second.because == nil)
        #expect(second.rereading["notReadAgain"] as? Int == 198)
        #expect(second.rereading["readsSaved"] as? Int == all - requests)
        #expect(
            second.rereading["lastFull"] as? String == Instant(seconds: now - 5 * ThreadScans.day).rfc3339)
        #expect(
            second.outcome.output.contains(
                "198 threads of which no deadline has come, which saved \(all - requests) reads and counts as it was; all was read last as of "
            ), "\(second.outcome.output)")
        let summary = second.report["summary"] as? [String: Any]
        #expect(summary?["records"] as? Int == 200 * 8, "what was not read counts as it was")

        let third = try scans.scan("--full")
        #expect(service.takeCount() == all && third.because == "--full asks for it")
        #expect(third.rereading["lastFull"] as? String == Instant(seconds: now).rfc3339)
        #expect(third.findings == second.findings)
        let counted = third.report["summary"] as? [String: Any]
        #expect(counted as NSDictionary? == summary as NSDictionary?)
    }

    @Test(arguments: ThreadService.Form.allCases)
    func `everything is read again after whatever may have changed a decision, and the report says why`(
        form: ThreadService.Form
    ) throws {
        let scans = try ThreadScans(20, of: form)
        let service = scans.service
        let all = 20 * form.perThread
        func reads(_ arguments: String...) throws -> (requests: Int, because: String?) {
            let because = try scans.scan(arguments).because
            return (service.takeCount(), because)
        }
        _ = try scans.scan(daysAgo: 5)
        #expect(service.takeCount() == all)
        #expect(try reads() == (form.perThread, nil), "the one that was read longest ago shows that all is well")
        try scans.rules("atMost: 91d")
        let changed = "documents, options or the version of tenure are not what they were"
        #expect(try reads() == (all, changed))
        #expect(try reads() == (form.perThread, nil))
        #expect(try reads("--require-coverage") == (all, changed))
        #expect(try reads("--require-coverage") == (form.perThread, nil))
        #expect(try reads("--strict", "--require-coverage") == (all, "--strict looks at every error"))
        try scans.source("\n  expect: {canaries: [thread_3]}")
        #expect(try reads() == (all, changed))
        #expect(try reads() == (2 * form.perThread, nil), "a canary is looked at each time")
        try scans.source("\n  fullEvery: 0d")
        #expect(try reads() == (all, changed))
        #expect(try reads() == (all, "everything is read again after P0D"))
        try scans.source()
        _ = try reads()
        service.refuse(Set(0..<20))
        let refused = try scans.scan()
        #expect(refused.because == "what was asked of threads first was not answered as it should be")
        #expect((refused.report["incomplete"] as? [Any])?.isEmpty == false, "\(refused.outcome)")
    }

    @Test(arguments: ThreadService.Form.allCases)
    func `where nothing is due, one thread is read to see that all is well: the one that was read longest ago`(
        form: ThreadService.Form
    ) throws {
        let scans = try ThreadScans(3, of: form)
        _ = try scans.scan(daysAgo: 5)
        _ = scans.service.takeAsked()
        for thread in ["thread_0", "thread_1", "thread_2", "thread_0"] {
            #expect(try scans.scan().rereading["notReadAgain"] as? Int == 2)
            #expect(Set(scans.service.takeAsked()) == [thread])
        }
    }

    @Test(arguments: ThreadService.Form.allCases)
    func `what must be seen is read each time, with the thread that it stands in`(form: ThreadService.Form) throws {
        let scans = try ThreadScans(20, of: form)
        try scans.source("\n  expect: {canaries: [msg_thread_3_1]}")
        _ = try scans.scan(daysAgo: 5)
        for _ in 1...2 {
            _ = scans.service.takeAsked()
            let again = try scans.scan()
            #expect(again.report["incomplete"] as? NSArray == [], "\(again.outcome)")
            #expect(again.rereading["notReadAgain"] as? Int == 18)
            #expect(Set(scans.service.takeAsked()) == ["thread_3", "thread_7"])
        }
    }

    @Test func `whose a thread is by the registry is part of what must not have changed`() throws {
        let form = ThreadService.Form.openai
        let scans = try ThreadScans(20, of: form)
        let (service, scratch) = (scans.service, scans.scratch)
        let all = 20 * form.perThread
        func registry(_ owner: String, threads: Int) throws {
            let rows = (0..<threads).map { "thread_\($0),\($0 == 5 ? owner : "somebody")\n" }
            try scratch.write("ids.csv", "id,owner\n" + rows.joined())
        }
        try registry("ann", threads: 19)
        try scratch.write(
            "rules/source.yaml",
            try scratch.text("rules/source.yaml").replacingOccurrences(of: "ids.txt", with: "ids.csv"))
        _ = try scans.scan(daysAgo: 5)
        #expect(service.takeCount() == all - form.perThread)
        try registry("ann", threads: 20)
        #expect(try scans.scan().because == nil)
        #expect(service.takeCount() == 2 * form.perThread, "what is due and what is new")
        try registry("bob", threads: 20)
        #expect(try scans.scan().because == "the registry says something else of records than before")
        #expect(service.takeCount() == all)
    }
}
