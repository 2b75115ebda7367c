import Files
import Foundation
import FoundationNetworking
import TestSupport
import Testing

/// `tenure apply` against a service, which is the command as well: what is deleted, what stays, and what a script learns.
@Suite struct ApplyTests {
    private let live: LiveThreads
    private var scratch: Scratch { live.scratch }

    init() throws { live = try LiveThreads() }

    @Test func `a dry run calls nothing and says what is next; an execution does it once (cases 61, 68)`() throws {
        let twin = try live.twin()
        try live.rules(twin)
        try live.plan()
        let dry = try live.tenure("apply")
        #expect(dry.status == 0 && dry.output.contains("would be called  6"), "\(dry.output)\(dry.errors)")
        #expect(
            dry.output.hasSuffix(
                """
                Nothing was deleted.
                Gates still closed: none
                Next: tenure apply plan.json --execute --audit-log DIR --audit-key FILE --pseudonym-key FILE

                """))
        let first = try live.apply()
        #expect(first.status == 0 && first.lines == LiveThreads.everything && first.calls == 6, "\(first)")
        let second = try live.apply()
        #expect(second.status == 0 && second.lines == LiveThreads.everything && second.calls == 0, "\(second)")
        let told = try live.tenure("apply", "--audit-log", "log")
        #expect(told.status == 0 && told.output.contains("deleted-verified, by an earlier run  6"))
        #expect(told.output.hasSuffix("Gates still closed: none\nNext: nothing remains of this plan\n"))
        let verified = try live.tenure("audit", "verify", "--log", "log")
        #expect(verified.status == 0, "\(verified.output)")
    }

    @Test func `a hold that was placed since keeps what it reaches, and the rest goes: exit code 0 (case 22)`() throws {
        let twin = try live.twin()
        try live.rules(twin)
        try live.plan()
        try live.rules(twin, holds: ["msg_2"])
        let applied = try live.apply()
        #expect(applied.status == 0, "\(applied)")
        #expect(
            applied.lines == [
                "delete msg_1 deleted-verified", "delete msg_2 held-since-plan", "delete msg_3 deleted-verified",
                "delete thread_1 deleted-verified", "delete thread_2 held-since-plan",
                "delete thread_3 deleted-verified",
            ])
    }

    @Test
    func
        `a file that a held thread shares stays, whether the hold came before the plan or after: exit code 0 (case 19)`()
        throws
    {
        let threads = try scratch.text("estate/messages.ndjson").split(separator: "\n").enumerated().map {
            index, line in
            index < 2
                ? line.replacing("\"content\"", with: "\"attachments\":[{\"file_id\":\"file_1\"}],\"content\"") : line
        }
        try scratch.write("estate/messages.ndjson", threads.joined(separator: "\n") + "\n")
        try scratch.write(
            "estate/files.ndjson",
            #"{"id":"file_1","object":"file","created_at":1760000000,"bytes":1,"filename":"a","purpose":"assistants"}"#
                + "\n")
        let twin = try live.twin()
        try scratch.write("none.txt", "")
        /// What may use a file is known whole.
        func rules(holds: [String] = []) throws {
            try live.rules(twin, holds: holds)
            let others = ["conversation", "response"].map { ", {file: none.txt, kind: \($0), complete: true}" }.joined()
            let text = try scratch.text("policies/rules.yaml").replacing(
                "kind: thread, complete: true}", with: "kind: thread, complete: true}\(others)")
            try scratch.write("policies/rules.yaml", text)
        }
        try rules()
        try scratch.write(
            "policies/files.yaml",
            LiveDocuments.policy(
                "files", "{match: {kinds: [file]}, clock: {from: lastActivity}, keep: {atMost: 90d}, whenDue: delete}"))
        try live.plan()
        #expect(try scratch.text("plan.json").contains("file_1"))
        try rules(holds: ["thread_2"])
        let applied = try live.apply()
        #expect(applied.status == 0, "\(applied)")
        #expect(
            applied.lines == [
                "delete msg_1 deleted-verified", "delete msg_2 held-since-plan", "delete msg_3 deleted-verified",
                "delete thread_1 deleted-verified", "delete thread_2 held-since-plan",
                "delete thread_3 deleted-verified", "delete file_1 held-since-plan",
            ])
        try live.plan()
        let again = try live.apply()
        #expect(again.status == 0 && again.lines == [] && again.calls == 0, "\(again)")
    }

    @Test func `who asked for a plan does not let it through, and somebody else does: exit code 4, then 0 (case 67)`()
        throws
    {
        let twin = try live.twin()
        try live.rules(twin, limits: ", approvals: {count: 1}")
        try live.signers("ann", "bob")
        try live.plan()
        let own = try live.tenure("approve", "plan.json", "--as", "ann", "--key", "ann.pem")
        #expect(own.status == 4 && own.errors.contains("who asks does not approve"), "\(own)")
        let refused = try live.apply()
        #expect(refused.status == 4 && refused.gates == ["approvals"] && refused.calls == 0, "\(refused)")
        let approved = try live.tenure("approve", "plan.json", "--as", "bob", "--key", "bob.pem")
        #expect(approved.status == 0, "\(approved)")
        let applied = try live.apply()
        #expect(applied.status == 0 && applied.lines == LiveThreads.everything, "\(applied)")
    }

    @Test func `a message that was added since keeps its thread: exit code 0 (case 53)`() async throws {
        let twin = try live.twin("--now", Date.now.formatted(.iso8601))
        try live.rules(twin)
        try live.plan()
        try await TwinClient.post("\(twin.address)/threads/thread_2/messages", #"{"role":"user","content":"wait"}"#)
        let applied = try live.apply()
        #expect(applied.status == 0, "\(applied)")
        #expect(
            applied.lines == [
                "delete msg_1 deleted-verified", "delete msg_2 changed-since-plan", "delete msg_3 deleted-verified",
                "delete thread_1 deleted-verified", "delete thread_2 changed-since-plan",
                "delete thread_3 deleted-verified",
            ])
    }

    @Test func `a surface that was retired since makes nothing absent: exit code 5 (case 35)`() throws {
        var first: RunningTwin? = try live.twin()
        let address = try #require(first?.address)
        try live.rules(#require(first))
        try live.plan()
        first = nil
        let port = try #require(URL(string: address)?.port)
        let retired = try RunningTwin(
            "--estate", scratch.path("estate"), "--port", "\(port)", "--retired", "assistants")
        #expect(retired.address == address)
        let applied = try live.apply()
        #expect(applied.status == 5 && applied.calls == 0, "\(applied)")
        #expect(applied.lines.allSatisfy { $0.hasSuffix(" unknown") })
    }

    @Test func `answers that are lost are settled by reading, and each record goes once (case 56)`() throws {
        try scratch.write("faults.json", #"{"seed": 5, "percent": {"reset": 40}}"#)
        let twin = try live.twin("--faults", scratch.path("faults.json"))
        try live.rules(twin)
        try live.plan()
        // What was lost thrice without being done is not called a fourth time in one run.
        var runs: [LiveThreads.Applied] = []
        repeat { runs.append(try live.apply()) } while runs.count < 3 && runs.last?.status == 5
        #expect(runs.last?.status == 0 && runs.last?.lines == LiveThreads.everything, "\(runs)")
        #expect(runs.compactMap(\.calls).reduce(0, +) > 6, "no answer was lost: \(runs)")
        #expect(try live.apply().calls == 0)
    }

    @Test func `"deleted": false is no deletion: exit code 5 (case 57)`() throws {
        try live.estate(threads: 1)
        try scratch.write("estate/messages.ndjson", "")
        try scratch.write("faults.json", #"{"seed": 5, "percent": {"undeleted": 100}}"#)
        let twin = try live.twin("--faults", scratch.path("faults.json"))
        try live.rules(twin)
        try live.plan()
        let applied = try live.apply()
        #expect(applied.status == 5 && applied.lines == ["delete thread_1 failed"], "\(applied)")
        #expect(applied.calls == 3)
    }

    @Test func `what a list shows for good is to be looked at again, while the plan lives: exit code 5 (case 57)`()
        throws
    {
        try live.estate(threads: 1)
        try scratch.write("faults.json", #"{"seed": 5, "percent": {"staleLists": 100}}"#)
        let twin = try live.twin("--faults", scratch.path("faults.json"))
        try live.rules(twin)
        try live.plan()
        let applied = try live.apply()
        #expect(applied.status == 5 && applied.lines.first == "delete msg_1 pending-verification", "\(applied)")
        let again = try #require(applied.json["lookAgain"] as? [String: Any])
        let until = try #require(again["until"] as? String)
        let plan = try scratch.text("plan.json")
        #expect(again["from"] is String && plan.contains(#""expires":"\#(until)""#))
        let told = try live.tenure("apply", "--audit-log", "log").output
        #expect(told.contains("nobody saw the end of 1 call: run again from ") && told.contains(until), "\(told)")
    }

    @Test func `a limit by subject takes what names none for one's: exit code 4 (case 64)`() throws {
        let twin = try live.twin()
        try live.rules(twin, limits: ", limits: {perSubject: 5}")
        let planned = try live.tenure("plan", "make", "--as", "ann")
        #expect(planned.status == 4 && planned.output.contains("6 of one subject"), "\(planned)")
        let applied = try live.apply()
        #expect(applied.status == 4 && applied.gates == ["limit"] && applied.calls == 0, "\(applied)")
    }

    @Test func `a policy that asks for whatever there is waits for its name: exit code 4, then 0 (case 64)`() throws {
        let twin = try live.twin()
        try live.rules(twin)
        let rule = "{clock: {from: created}, keep: {atMost: 90d}, whenDue: delete}"
        try LiveDocuments.write(rule: rule, address: twin.address, to: scratch)
        try live.plan()
        let refused = try live.apply()
        #expect(refused.status == 4 && refused.gates == ["unconfirmed"] && refused.calls == 0, "\(refused)")
        let misspelt = try live.apply("--confirm", "odl")
        #expect(misspelt.status == 2 && misspelt.errors.contains("did you mean old?"), "\(misspelt)")
        let dry = try live.tenure("apply", "--confirm", "old")
        #expect(dry.output.hasSuffix("--pseudonym-key FILE --confirm old\n"), "\(dry.output)")
        let applied = try live.apply("--confirm", "old")
        #expect(applied.status == 0 && applied.lines == LiveThreads.everything, "\(applied)")
        let logged = try live.tenure("audit", "show", "--log", "log", "--format", "json")
        #expect(logged.output.contains(#""confirmed":["old"]"#), "\(logged.output)")
    }

    @Test func `a limit that is exceeded by one lets nothing go: exit code 4 (case 64)`() throws {
        let twin = try live.twin()
        try live.rules(twin, limits: ", limits: {records: 5}")
        #expect(try live.tenure("plan", "make", "--as", "ann").status == 4)
        let applied = try live.apply()
        #expect(applied.status == 4 && applied.gates == ["limit"] && applied.calls == 0, "\(applied)")
        try live.rules(twin, limits: ", limits: {records: 6}")
        try live.plan()
        #expect(try live.apply().lines == LiveThreads.everything)
    }

    @Test func `a plan of which a byte was edited is not executed: exit code 4`() throws {
        let twin = try live.twin()
        try live.rules(twin)
        try live.plan()
        try scratch.write("plan.json", scratch.text("plan.json").replacing("msg_3", with: "msg_4"))
        let applied = try live.apply()
        #expect(
            applied.status == 4 && applied.output.isEmpty && applied.errors.contains("changed after it was written"))
    }

    @Test func `a plan made as of another day, or expired, is not executed: exit code 4 (cases 15, 63)`() throws {
        let twin = try live.twin()
        try live.rules(twin)
        try live.plan()
        let text = try scratch.text("plan.json")
        for (key, value, gate) in [
            ("asOf", Date.now.addingTimeInterval(86_400), "ahead"), ("expires", .now.addingTimeInterval(-1), "expired"),
        ] {
            try scratch.write("plan.json", text)
            try ForgedPlan.write(key, value, in: scratch)
            let applied = try live.apply()
            #expect(applied.status == 4 && applied.gates == [gate] && applied.calls == 0, "\(applied)")
            let dry = try live.tenure("apply")
            #expect(dry.status == 4 && dry.output.hasSuffix("Next: tenure plan make --as NAME\n"))
        }
    }

    @Test func `other policies void a plan, and a second run keeps away: exit code 4 (cases 62, 63)`() throws {
        let twin = try live.twin()
        try live.rules(twin)
        try live.plan()
        try live.rules(twin, limits: ", severity: high")
        let applied = try live.apply()
        #expect(applied.status == 4 && applied.gates == ["policies-changed"] && applied.calls == 0, "\(applied)")
        try live.rules(twin)
        for (path, words) in [("plan.json.lock", "one run at a time executes a plan"), ("log/lock", "writes to a log")]
        {
            let holder = try FileLock(path: scratch.path(path), holder: "another run")
            let second = try withExtendedLifetime(holder) { try live.apply() }
            #expect(second.status == 4 && second.errors.contains(words), "\(second)")
        }
        #expect(try live.apply().lines == LiveThreads.everything)
    }

    @Test func `without a log nothing is called: exit code 2`() throws {
        let twin = try live.twin()
        try live.rules(twin)
        try live.plan()
        let applied = try live.tenure("apply", "--execute")
        #expect(applied.status == 2 && applied.errors.contains("what cannot be logged is not done"))
        #expect(try live.tenure("apply", "absent.json").status == 2)
    }

    @Test func `a run that is out of time says what remains, and the next one goes on: exit code 3`() throws {
        let twin = try live.twin()
        try live.rules(twin)
        try live.plan()
        let applied = try live.apply("--max-duration", "PT0S")
        #expect(applied.status == 3 && applied.calls == 0 && applied.json["remaining"] as? Int == 6, "\(applied)")
        #expect(try live.apply().lines == LiveThreads.everything)
    }

    @Test func `^C ends a run between two actions, and the next one goes on: exit code 3`() throws {
        let twin = try WatchedTwin(
            estate: scratch.path("estate"), now: Int64(Date().timeIntervalSince1970))
        try LiveDocuments.write(rule: LiveDocuments.oldThreads(), address: twin.address, to: scratch)
        try LiveDocuments.write(holdsOf: [], to: scratch)
        try live.plan()
        let process = Process()
        process.executableURL = Tool.binary
        process.arguments = ["apply", "--execute"] + LiveThreads.keys
        process.currentDirectoryURL = scratch.url
        process.environment = ["TWIN_KEY": "sk-twin"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        // In the middle of its first call, whose answer does not arrive.
        twin.intercept(
            WatchedTwin.Interception(after: 0, countsChanges: true, moment: .done) { process.interrupt() })
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit && process.terminationStatus == 3)
        #expect(twin.calls.count == 1)
        let left = try live.apply()
        #expect(left.status == 0 && left.lines == LiveThreads.everything, "\(left)")
    }

    @Test func `a copy has nothing to call: exit code 4`() throws {
        let twin = try live.twin()
        try live.rules(twin)
        let words = ["plan", "make", "--as", "ann", "--policies", "policies", "--export", "estate"]
        try scratch.write(
            "policies/rules.yaml", scratch.text("policies/rules.yaml").split(separator: "---\n")[0].description)
        #expect(try live.tenure(words).status != 4)
        let applied = try live.apply("--export", "estate")
        #expect(applied.status == 4 && applied.gates == ["copy"], "\(applied)")
    }
}
