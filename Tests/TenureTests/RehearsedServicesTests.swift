import Foundation
import Records
import TestSupport
import Testing

@testable import Disposition
@testable import Reports
@testable import tenure

/// `tenure rehearse` on what every provider has, of privacy requests, and of several places.
@Suite struct RehearsedServicesTests {
    private static let rules = """
        apiVersion: tenure/v1
        kind: RetentionPolicy
        metadata: {name: old}
        spec:
          match: {kinds: [thread, conversation, vectorStore, response, container, chatCompletion]}
          clock: {from: lastActivity}
          keep: {atMost: 60d}
          whenDue: delete
        ---
        apiVersion: tenure/v1
        kind: RetentionPolicy
        metadata: {name: files}
        spec: {match: {kinds: [file]}, clock: {from: created}, keep: {atMost: 60d}, whenDue: delete, whileUsed: delete}
        ---
        apiVersion: tenure/v1
        kind: HoldRegister
        metadata: {name: holds}
        spec: {asOf: \(PlannedEstate.today), maxAge: 30d, holds: []}

        """

    private func source(_ name: String, _ spec: String) -> String {
        "---\napiVersion: tenure/v1\nkind: Source\nmetadata: {name: \(name)}\nspec: {\(spec)}\n"
    }

    private func tenure(_ scratch: Scratch, _ words: String...) throws -> Tool.Outcome {
        try Tool.run(
            Tool.binary.path, words, in: scratch.url, environment: ["TWIN_KEY": "sk-twin", "TWIN_TOKEN": "ey-twin"])
    }

    private func rehearse(_ scratch: Scratch, _ more: String...) async -> Transcript {
        await rehearse(scratch, more)
    }

    /// In this process, on a thread of its own.
    private func rehearse(_ scratch: Scratch, _ more: [String]) async -> Transcript {
        let words =
            [
                "rehearse", scratch.path("plan.json"), "--policies", scratch.path("policies"), "--requests",
                scratch.path("requests"),
            ] + more
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: Transcript(words)) }
        }
    }

    private func object(_ transcript: Transcript) throws -> [String: Any] {
        try #require(
            try JSONSerialization.jsonObject(with: Data(transcript.output.utf8)) as? [String: Any],
            "\(transcript.errors)")
    }

    @Test(arguments: ScannedService.allCases)
    func `a plan for every service is rehearsed on what its inventory wrote`(service: ScannedService) async throws {
        let scratch = try Scratch()
        try Tool.tenure("estate", "--seed", "3", "--threads", "30", "--overdue", "20", "--out", scratch.path("all"))
        for name in service.files { try scratch.write("estate/\(name).ndjson", scratch.bytes("all/\(name).ndjson")) }
        let twin = try RunningTwin("--estate", scratch.path("estate"), "--port", "0", "--profile", service.profile)
        let live = "\(service.spec(twin.address)), registry: [\(service.registry(scratch.path("all")))]"
        try scratch.write("policies/all.yaml", Self.rules + source("live", live))
        _ = try tenure(scratch, "plan", "make", "--as", "ann")
        let told = try tenure(scratch, "inventory", "--out", "inventory")
        #expect([0, 3].contains(told.status), "\(told.errors)")
        withExtendedLifetime(twin) {}
        try scratch.write("faults.json", #"{"seed": 3, "percent": {"throttled": 10, "reset": 15, "failing": 10}}"#)
        let plan = try Plan(path: scratch.path("plan.json"))
        #expect(plan.actions.count > (service == .azureV1 ? 5 : 10), "\(plan.actions.count)")
        for faults in [[], ["--faults", scratch.path("faults.json")]] {
            let words = ["--estate", scratch.path("inventory"), "--format", "json"] + faults
            let rehearsed = await rehearse(scratch, words)
            let report = try object(rehearsed)
            #expect(rehearsed.exitCode == .clean, "\(faults): \(rehearsed.output.prefix(3000))")
            for member in ["unplanned", "changed", "falselyGone", "notInEstate", "changedInEstate", "leftovers"] {
                #expect((report[member] as? [Any])?.isEmpty == true, "\(member)")
            }
            let due = try #require(report["stillDue"] as? [[String: Any]])
            let reasons = due.flatMap { $0["reasons"] as? [String] ?? [] }
            #expect(!reasons.contains("not-done") && !reasons.contains("not-planned"), "\(due)")
        }
    }

    @Test func `each place has an estate of its own, and what stands in one is not looked for in another`() async throws
    {
        let scratch = try Scratch()
        let line = #"{"id":"file-1","object":"file","created_at":1700000000,"bytes":1,"purpose":"user_data"}"# + "\n"
        for name in ["one", "two"] { try scratch.write("\(name)/files.ndjson", line) }
        let twins = try ["one", "two"].map { try RunningTwin("--estate", scratch.path($0), "--port", "0") }
        let gap =
            "acceptedGaps: [{kinds: [thread, message, run, runStep, conversation, item, response], reason: x, until: 2035-01-01}]"
        let sources = zip(["one", "two"], twins).map { name, twin in
            source(name, "type: openai, address: '\(twin.address)', credentials: {env: TWIN_KEY}, \(gap)")
        }
        try scratch.write("policies/all.yaml", Self.rules + sources.joined())
        _ = try tenure(scratch, "plan", "make", "--as", "ann")
        let plan = try Plan(path: scratch.path("plan.json"))
        #expect(plan.actions.map(\.source) == ["one", "two"])
        _ = try tenure(scratch, "inventory", "--out", "inventory")
        withExtendedLifetime(twins) {}
        let both = await rehearse(scratch, "--estate", scratch.path("inventory"))
        #expect(both.exitCode == .clean && both.output.contains("2 calls in 1 run"), "\(both)")
        let one = await rehearse(scratch, "--estate", "one=\(scratch.path("one"))")
        #expect(one.exitCode == .usage && one.errors.contains("say what the twin of two holds"), "\(one)")
        let bare = await rehearse(scratch, "--estate", scratch.path("one"))
        #expect(bare.exitCode == .usage && bare.errors.contains("has no directory one: name it"), "\(bare)")
        try scratch.write("two/files.ndjson", line.replacing("file-1", with: "file-2"))
        let mixed = await rehearse(
            scratch, "--estate", "one=\(scratch.path("one"))", "--estate", "two=\(scratch.path("two"))")
        #expect(mixed.exitCode == .incomplete && mixed.output.contains("two/file/file-1"), "\(mixed)")
        // The other file of the second place is as old, and no plan has it.
        #expect(mixed.output.contains("two/file  1  not-planned"), "\(mixed.output)")
    }

    @Test func `the plan of a privacy request is rehearsed for the person of that request (case 25)`() async throws {
        let plan = try RehearsedPlan(rule: LiveDocuments.oldThreads().replacing("90d", with: "9000d"))
        let scratch = plan.scratch
        let twin = try RunningTwin("--estate", scratch.path("estate"), "--port", "0")
        try plan.write(rule: LiveDocuments.oldThreads().replacing("90d", with: "9000d"), address: twin.address)
        try scratch.write("pseudonyms.key", String(repeating: "0f", count: 32))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: scratch.path("pseudonyms.key"))
        try scratch.write(
            "request.yaml",
            """
            apiVersion: tenure/v1
            kind: PrivacyRequest
            metadata: {name: eve}
            spec: {regulation: gdpr, received: \(PlannedEstate.today), subject: {metadata: {who: eve@example.com}}}

            """)
        let taken = try plan.run("erase", "new", "--subject", "request.yaml", "--pseudonym-key", "pseudonyms.key")
        #expect(taken.status == 0, "\(taken.errors)")
        let made = try plan.run("erase", "plan", "--as", "ann", "--pseudonym-key", "pseudonyms.key")
        withExtendedLifetime(twin) {}
        let rehearsed = await rehearse(scratch, "--estate", scratch.path("estate"))
        #expect(rehearsed.exitCode == .clean, "\(made)\(rehearsed)")
        // Hers are all four, the young one too.
        #expect(rehearsed.output.contains("everything would go, of 8 planned"), "\(rehearsed.output)")
        #expect(rehearsed.output.contains("Next: tenure erase apply eve --plan \(scratch.path("plan.json"))"))
        #expect(!rehearsed.output.contains("eve@"))
        try FileManager.default.removeItem(atPath: scratch.path("requests/eve.json"))
        let unknown = await rehearse(scratch, "--estate", scratch.path("estate"))
        #expect(unknown.exitCode == .usage && unknown.output.isEmpty, "\(unknown)")
        _ = try plan.run("erase", "new", "--subject", "request.yaml", "--pseudonym-key", "pseudonyms.key")
        let unnoted = await rehearse(scratch, "--estate", scratch.path("estate"))
        #expect(unnoted.exitCode == .usage && unnoted.errors.contains("was not noted as a plan of eve"), "\(unnoted)")
    }

    @Test func `work that goes on is stopped, and its thread goes (case 54)`() async throws {
        let run =
            #"{"id":"run_1","object":"thread.run","created_at":1760000002,"thread_id":"thread_1","status":"queued","tools":[]}"#
        let plan = try RehearsedPlan(RehearsedPlan.threads.merging(["runs": [run]]) { $1 })
        let rehearsed = await plan.rehearse("--format", "json")
        #expect(rehearsed.exitCode == 0 && rehearsed.isFaithful, "\(rehearsed)")
        #expect(rehearsed.outcomes == ["cancelled-verified": 1, "deleted-verified": 6])
        #expect(rehearsed.list("buried").compactMap { $0["kind"] as? String } == ["run"])
    }

    @Test func `what happens that the plan does not say is the worst: exit code 1`() throws {
        let made = try RehearsedPlan()
        let plan = try Plan(path: made.scratch.path("plan.json"))
        func report(_ comparison: EstateComparison, _ change: (inout ExecutionReport) -> Void = { _ in })
            -> RehearsalReport
        {
            var run = ExecutionReport(plan, isExecuting: true)
            for index in run.fates.indices { run.fates[index] = .ended(ActionEnding(.deletedVerified, "")) }
            change(&run)
            let rehearsal = Rehearsal(
                plan, asOf: plan.binding.asOf, gates: [], misfits: [], runs: [run], comparison: comparison,
                remaining: [], incomplete: [], waitedForLimits: .milliseconds(1001), waitedForReadBack: .zero)
            return RehearsalReport(
                rehearsal, of: "plan.json", command: "tenure apply plan.json", faults: nil, retired: [],
                policyDigest: "", toolVersion: "1")
        }
        func compare(_ before: [String], _ after: [String]) -> EstateComparison {
            func state(_ ids: [String]) -> EstateState {
                var state = EstateState()
                for action in plan.actions where ids.contains(action.name.id) {
                    state.add(action.name.kind, action.name.id, of: action.source, content: [], isReachable: true)
                }
                if ids.contains("file") { state.add(.file, "file", of: "live", content: [], isReachable: true) }
                return state
            }
            let gone = plan.actions.map { _ in ExecutionReport.Fate.ended(ActionEnding(.deletedVerified, "")) }
            return EstateComparison(plan, before: state(before), after: state(after), fates: gone)
        }
        let all = plan.actions.map(\.name.id)
        #expect(report(compare(all + ["file"], ["file"])).exitCode == 0)
        for (comparison, words) in [
            (compare(all + ["file"], []), "Went, and the plan does not say so\n  live/file/file\n"),
            (compare(all, ["msg_1"]), "Called gone, and there\n  1  delete live/message/msg_1\n"),
        ] {
            // Worse than that something failed.
            let worst = report(comparison) { $0.fates[5] = .ended(ActionEnding(.failed, "")) }
            #expect(worst.exitCode == 1 && worst.text().contains(words), "\(worst.text())")
            #expect(worst.text().contains("Next: do not execute this plan"))
        }
        let stopped = report(compare(all, [])) {
            $0.fates[5] = .notReached; $0.end = .stopped
        }
        #expect(stopped.exitCode == 3 && stopped.text().contains("it did not come to its end"))
        #expect(stopped.text().contains("  2 s of waiting for limits and failures, 0 s for"))
        #expect(report(compare(all, [])) { $0.fates[5] = .ended(ActionEnding(.failed, "")) }.exitCode == 5)
    }
}
