import Foundation
import TestSupport
import Testing

@testable import tenure

/// `tenure rehearse`, where nothing goes wrong that the estate and the documents do not bring along.
@Suite struct RehearseTests {
    private static let everything =
        (1...3).map { "delete msg_\($0) deleted-verified" } + (1...3).map { "delete thread_\($0) deleted-verified" }

    @Test func `everything would go, and nothing else, though neither the service nor its key is there`() async throws {
        let plan = try RehearsedPlan()
        for estate in ["estate", "inventory"] {
            let rehearsed = await plan.rehearse(estate: estate, "--format", "json")
            #expect(rehearsed.exitCode == 0 && rehearsed.actions == Self.everything, "\(rehearsed)")
            #expect(rehearsed.isFaithful && rehearsed.ids("stillDue").isEmpty && rehearsed.gates.isEmpty)
            #expect(rehearsed.number("calls") == 6 && rehearsed.wait("limits") == 0 && rehearsed.wait("readBack") == 0)
            #expect(rehearsed.list("runs").count == 1 && rehearsed.list("incomplete").isEmpty)
            #expect(try ConsumerTests.objections(to: rehearsed.output, as: "rehearse") == "")
        }
    }

    @Test func `it says that no real service was called, and what is next`() async throws {
        let plan = try RehearsedPlan()
        let rehearsed = await plan.rehearse()
        #expect(rehearsed.exitCode == 0)
        #expect(rehearsed.output.hasPrefix("REHEARSAL: \(plan.scratch.path("plan.json")), as of "))
        #expect(rehearsed.output.contains("everything would go, of 6 planned"))
        #expect(
            rehearsed.output.hasSuffix(
                """
                Gates closed to an execution: none
                Not checked: whose account the real credential opens, and the service's clock.
                No real service was called, and nothing was deleted.
                Next: tenure apply \(plan.scratch.path("plan.json")) --policies \(plan.scratch.path("policies"))

                """))
    }

    @Test func `nothing is left of it: no file, no entry in the audit log, no lock (case 73)`() async throws {
        let plan = try RehearsedPlan()
        try plan.scratch.write(
            "key.pem", Tool.run("/usr/bin/env", ["openssl", "genpkey", "-algorithm", "ed25519"]).output)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: plan.scratch.path("key.pem"))
        let made = try plan.run("audit", "init", "--log", "log", "--origin", "a.example/log", "--key", "key.pem")
        #expect(made.status == 0, "\(made.errors)")
        try plan.scratch.makeDirectory("tmp")
        let before = try FileManager.default.subpathsOfDirectory(atPath: plan.scratch.path).sorted()
        let log = try plan.scratch.names("log").map { try? plan.scratch.bytes("log/\($0)") }
        let rehearsed = try Tool.run(
            Tool.binary.path, ["rehearse", "plan.json", "--estate", "estate", "--format", "json"], in: plan.scratch.url,
            environment: [
                "TMPDIR": plan.scratch.path("tmp"), "TENURE_AUDIT_LOG": plan.scratch.path("log"),
                "TENURE_AUDIT_KEY": plan.scratch.path("key.pem"),
            ])
        #expect(rehearsed.status == 0, "\(rehearsed)")
        #expect(try FileManager.default.subpathsOfDirectory(atPath: plan.scratch.path).sorted() == before)
        #expect(try plan.scratch.names("log").map { try? plan.scratch.bytes("log/\($0)") } == log)
        for text in [rehearsed.output, rehearsed.errors] {
            for word in ["secret", "eve@", "sk-twin", "127.0.0.1"] { #expect(!text.contains(word), "\(word)") }
        }
    }

    @Test func `the same plan, estate and faults give the same bytes`() async throws {
        let plan = try RehearsedPlan()
        try plan.faults(#""throttled": 30, "reset": 30, "torn": 10, "failing": 20, "lateLists": 20, "noLists": 5"#)
        for format in ["json", "text"] {
            let words = ["--faults", plan.scratch.path("faults.json"), "--format", format]
            let first = await plan.rehearse(["--estate", plan.scratch.path("inventory")] + words)
            let second = await plan.rehearse(["--estate", plan.scratch.path("inventory")] + words)
            #expect(!first.output.isEmpty && first.output == second.output)
        }
    }

    @Test func `an estate that is not the plan's is called so: exit code 3`() async throws {
        let plan = try RehearsedPlan()
        let more =
            #"{"id":"msg_9","object":"thread.message","created_at":1795200000,"thread_id":"thread_1","role":"user"}"#
            + "\n"
        try plan.scratch.write("estate/messages.ndjson", plan.scratch.text("estate/messages.ndjson") + more)
        let threads = try plan.scratch.text("estate/threads.ndjson").split(separator: "\n").filter {
            !$0.contains("thread_2")
        }
        try plan.scratch.write("estate/threads.ndjson", threads.joined(separator: "\n") + "\n")
        let rehearsed = await plan.rehearse("--format", "json")
        #expect(rehearsed.exitCode == 3 && rehearsed.isFaithful, "\(rehearsed)")
        #expect(
            rehearsed.actions == [
                "delete msg_1 changed-since-plan", "delete msg_2 already-absent", "delete msg_3 deleted-verified",
                "delete thread_1 changed-since-plan", "delete thread_2 already-absent",
                "delete thread_3 deleted-verified",
            ])
        #expect(rehearsed.numbers("notInEstate") == [2, 5] && rehearsed.numbers("changedInEstate") == [1, 4])
        let text = await plan.rehearse()
        #expect(text.output.contains("the estate is not what the plan was made on, 6 planned"))
        #expect(text.output.contains("Next: tenure inventory --out DIR"))
    }

    @Test func `a hold that was placed since keeps what it reaches, and that is told: exit code 0 (case 22)`()
        async throws
    {
        let plan = try RehearsedPlan()
        try plan.register(["msg_2"])
        let rehearsed = await plan.rehearse("--format", "json")
        #expect(rehearsed.exitCode == 0 && rehearsed.isFaithful, "\(rehearsed)")
        #expect(rehearsed.outcomes == ["deleted-verified": 4, "held-since-plan": 2])
        #expect(rehearsed.ids("stillDue") == ["thread_2"])
        let reasons = rehearsed.list("stillDue").first?["reasons"] as? [String]
        #expect(reasons == ["kept"])
    }

    @Test func `what closes an execution and not the plan is told, and stops nothing: exit code 0 (case 63)`()
        async throws
    {
        let signers = """
            apiVersion: tenure/v1
            kind: Signers
            metadata: {name: office}
            spec:
              keys:
                - {name: bob, publicKey: 11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=}

            """
        let plan = try RehearsedPlan(rule: LiveDocuments.oldThreads(", approvals: {count: 1}"), more: signers)
        let open = await plan.rehearse("--format", "json")
        #expect(open.exitCode == 0 && open.gates == ["approvals"] && open.actions == Self.everything, "\(open)")
        let text = await plan.rehearse()
        #expect(text.output.contains("  old asks for 1 approval, and none was given: tenure approve, by bob\n"))
        #expect(text.output.contains("Next: tenure approve "))
        try ForgedPlan.write("expires", Date.now.addingTimeInterval(-1), in: plan.scratch)
        let expired = await plan.rehearse("--format", "json")
        #expect(expired.exitCode == 0 && expired.gates == ["expired", "approvals"], "\(expired)")
        let next = await plan.rehearse()
        let policies = plan.scratch.path("policies")
        #expect(next.output.hasSuffix("Next: tenure plan make --as NAME --policies \(policies)\n"))
    }

    @Test func `a plan of which a byte was edited, or that can never be executed, is not rehearsed: exit code 4`()
        async throws
    {
        let plan = try RehearsedPlan()
        let text = try plan.scratch.text("plan.json")
        try plan.scratch.write("plan.json", text.replacing("msg_3", with: "msg_4"))
        let edited = await plan.rehearse()
        #expect(edited.exitCode == 4 && edited.output.isEmpty && edited.errors.contains("changed after it was written"))
        try plan.scratch.write("plan.json", text)
        try plan.scratch.write(
            "policies/more.yaml",
            "apiVersion: tenure/v1\nkind: RetentionPolicy\nmetadata: {name: more}\nspec: {match: {kinds: [file]}, "
                + "clock: {from: created}, keep: {atMost: 1d}}\n")
        let other = await plan.rehearse()
        #expect(other.exitCode == 4 && other.output.isEmpty && other.errors.contains("make a new one"), "\(other)")
        try FileManager.default.removeItem(atPath: plan.scratch.path("policies/more.yaml"))
        try FileManager.default.removeItem(atPath: plan.scratch.path("policies/holds.yaml"))
        let unheld = await plan.rehearse()
        #expect(unheld.exitCode == 4 && unheld.errors.contains("there is no hold register"), "\(unheld)")
        let limited = try RehearsedPlan(rule: LiveDocuments.oldThreads(", limits: {records: 5}"), 4)
        let stopped = await limited.rehearse()
        #expect(stopped.exitCode == 4 && stopped.errors.contains("old would exceed its limits"), "\(stopped)")
    }

    @Test func `the plan of an export has nothing to call, and nothing to rehearse: exit code 4`() async throws {
        let estate = try PlannedEstate(approvals: "{count: 1}")
        #expect(estate.make().exitCode == .clean)
        let rehearsed = Transcript(
            "rehearse", estate.plan, "--policies", estate.policies, "--estate", estate.export)
        #expect(rehearsed.exitCode == .safetyStop && rehearsed.errors.contains("a copy has nothing to call"))
    }

    @Test func `what cannot be read is a mistake, and says what to write: exit code 2`() async throws {
        let plan = try RehearsedPlan()
        let hostile = [
            (#"{"seed": 1, "percent": {"tron": 1}}"#, "unknown fault tron"), ("[]", "not an object"),
            ("{", "not an object"),
            (#"{"percent": {"torn": 1e99}}"#, "torn is no percentage"), ("", "not an object"),
            (String(repeating: "[", count: 60_000), "not an object"),
            (String(repeating: " ", count: 1 << 17), "cannot be read"),
        ]
        for (text, words) in hostile {
            try plan.scratch.write("faults.json", text)
            let rehearsed = await plan.rehearse("--faults", plan.scratch.path("faults.json"))
            #expect(rehearsed.exitCode == 2 && rehearsed.output.isEmpty, "\(rehearsed)")
            #expect(rehearsed.errors.contains(words) && rehearsed.errors.contains("faults.json"), "\(rehearsed.errors)")
        }
        try plan.scratch.makeDirectory("empty")
        try plan.scratch.write("broken/threads.ndjson", "{\"id\": \n")
        let estate = plan.scratch.path("estate")
        for (words, expected) in [
            ([], "say what the twin of live holds"), (["--estate", plan.scratch.path("absent")], "absent"),
            (["--estate", plan.scratch.path("empty")], "holds no file of records"),
            (["--estate", plan.scratch.path("broken")], "threads.ndjson:1: not an object"),
            (["--estate", estate, "--estate", estate], "there is one directory for all places already"),
            (["--estate", "live=\(estate)", "--estate", "live=\(estate)"], "names live twice"),
            (["--estate", estate, "--retired", "threads"], "nothing of that name can be retired"),
            (["--estate", estate, "--as-of", "2026-01-01T00:00:00Z"], "is before the plan"),
        ] {
            let rehearsed = await plan.rehearse(words)
            #expect(rehearsed.exitCode == 2 && rehearsed.output.isEmpty, "\(words): \(rehearsed)")
            #expect(rehearsed.errors.contains(expected), "\(words): \(rehearsed.errors)")
        }
        let named = await plan.rehearse(["--estate", "live=\(estate)"])
        #expect(named.exitCode == 0)
    }

    @Test func `a later instant is that of the execution, and expires a plan: exit code 4`() async throws {
        let plan = try RehearsedPlan()
        let late = Date.now.addingTimeInterval(2 * 86_400).formatted(.iso8601)
        let rehearsed = await plan.rehearse("--as-of", late)
        #expect(rehearsed.exitCode == 4 && rehearsed.errors.contains("the plan is expired since"), "\(rehearsed)")
        let soon = Date.now.addingTimeInterval(3600).formatted(.iso8601)
        let other = await plan.rehearse("--as-of", soon)
        #expect(other.exitCode == 0 && other.output.contains("as of \(soon)"), "\(other)")
    }
}
