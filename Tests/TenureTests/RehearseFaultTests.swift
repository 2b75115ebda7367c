import Foundation
import TestSupport
import Testing

@testable import tenure

/// `tenure rehearse` where much goes wrong: it never waits, and what would remain is told, with the reason.
@Suite struct RehearseFaultTests {
    /// A dozen old threads, with messages, and a run that waits for somebody.
    private static let estate: [String: [String]] = [
        "threads": (1...12).map { #"{"id":"thread_\#($0)","object":"thread","created_at":\#(1_760_000_000 + $0)}"# },
        "messages": (1...24).map {
            #"{"id":"msg_\#($0)","object":"thread.message","created_at":\#(1_760_000_000 + $0),"#
                + #""thread_id":"thread_\#(1 + $0 % 12)","role":"user"}"#
        },
        "runs": [
            #"{"id":"run_1","object":"thread.run","created_at":1760000001,"thread_id":"thread_1","status":"completed"}"#
        ],
        "run_steps": [
            #"{"id":"step_1","object":"thread.run.step","created_at":1760000001,"run_id":"run_1","status":"completed"}"#
        ],
        "files": [],
    ]

    private func rehearse(_ plan: RehearsedPlan, _ percents: String, seed: Int = 5) async throws -> Rehearsed {
        try plan.faults(percents, seed: seed)
        return await plan.rehearse("--faults", plan.scratch.path("faults.json"), "--format", "json")
    }

    @Test func `what passes by itself costs waits and runs, and everything would go (cases 56, 58)`() async throws {
        let plan = try RehearsedPlan(Self.estate)
        for seed in 1...4 {
            let rehearsed = try await rehearse(
                plan, #""throttled": 40, "throttledSilently": 10, "failing": 20, "reset": 40, "torn": 10"#, seed: seed)
            #expect(rehearsed.exitCode == 0 && rehearsed.isFaithful, "\(seed): \(rehearsed)")
            #expect(rehearsed.outcomes.keys.allSatisfy { ["deleted-verified", "already-absent"].contains($0) })
            #expect(rehearsed.number("calls") ?? 0 > 36 && rehearsed.wait("limits") > 60, "\(rehearsed)")
            #expect(rehearsed.list("buried").compactMap { $0["records"] as? Int } == [1, 1])
        }
    }

    @Test func `a limit that is told is waited for as it is told, and in no time`() async throws {
        let plan = try RehearsedPlan()
        let rehearsed = try await rehearse(plan, #""throttled": 100"#)
        // Each request is refused thrice, and each time a wait of 1 to 5 seconds is asked for.
        #expect(rehearsed.exitCode == 0 && rehearsed.outcomes == ["deleted-verified": 6], "\(rehearsed)")
        #expect(rehearsed.number("calls") == 6 && (100...2000).contains(rehearsed.wait("limits")), "\(rehearsed)")
        #expect(rehearsed.wait("readBack") == 0)
    }

    @Test func `what comes late is waited for, and gone in the end`() async throws {
        let plan = try RehearsedPlan()
        let rehearsed = try await rehearse(plan, #""lateLists": 100, "lateRecords": 100"#)
        #expect(rehearsed.isFaithful && rehearsed.exitCode == 0, "\(rehearsed)")
        #expect(rehearsed.wait("readBack") > 0 && rehearsed.wait("limits") == 0)
    }

    @Test func `a list that shows what is gone for good leaves it unverified: exit code 5 (case 57)`() async throws {
        let plan = try RehearsedPlan()
        let rehearsed = try await rehearse(plan, #""staleLists": 100"#)
        #expect(rehearsed.exitCode == 5 && rehearsed.isFaithful, "\(rehearsed)")
        #expect(rehearsed.actions.filter { $0.contains("msg") }.allSatisfy { $0.hasSuffix(" pending-verification") })
        #expect(rehearsed.actions.filter { $0.contains("thread") }.allSatisfy { $0.hasSuffix(" failed") })
    }

    @Test func `what a service shows of a thread that is gone is left over: exit code 5 (case 57)`() async throws {
        let plan = try RehearsedPlan(Self.estate)
        let rehearsed = try await rehearse(plan, #""orphans": 100"#)
        #expect(rehearsed.exitCode == 5 && rehearsed.isFaithful, "\(rehearsed)")
        #expect(rehearsed.outcomes == ["deleted-verified": 35, "pending-verification": 1])
    }

    @Test func `"deleted": false is no deletion: exit code 5 (case 57)`() async throws {
        let plan = try RehearsedPlan()
        let rehearsed = try await rehearse(plan, #""undeleted": 100"#)
        #expect(rehearsed.exitCode == 5 && rehearsed.isFaithful && rehearsed.outcomes == ["failed": 6], "\(rehearsed)")
        // Three calls for each message in each of two runs, and none for a thread whose message is there.
        #expect(rehearsed.number("calls") == 18 && rehearsed.list("runs").count == 2)
        let due = rehearsed.list("stillDue").map { "\($0["id"] ?? "") \(($0["reasons"] as? [String])?.first ?? "")" }
        #expect(Set(due) == Set((1...3).flatMap { ["msg_\($0) not-done", "thread_\($0) not-done"] }))
    }

    @Test func `a retired surface makes nothing absent: exit code 5 (case 35)`() async throws {
        let plan = try RehearsedPlan()
        let rehearsed = await plan.rehearse("--retired", "assistants", "--format", "json")
        #expect(rehearsed.exitCode == 5 && rehearsed.isFaithful && rehearsed.outcomes == ["unknown": 6])
        #expect(rehearsed.number("calls") == 0)
        #expect(rehearsed.list("incomplete").contains { "\($0["message"] ?? "")".hasPrefix("retired: ") })
    }

    @Test func `a credential that is refused asks for nothing more, and says so: exit code 3 or 5 (case 59)`()
        async throws
    {
        let plan = try RehearsedPlan()
        let rehearsed = try await rehearse(plan, #""forbidden": 100"#)
        #expect(rehearsed.exitCode == 3 && rehearsed.isFaithful && rehearsed.number("calls") == 0, "\(rehearsed)")
        let closed = rehearsed.list("runs").compactMap { $0["closed"] as? [String] }
        #expect(closed == [["unreachable"], ["unreachable"]] && rehearsed.outcomes.isEmpty)
    }

    @Test func `under any mix nothing happens that the plan does not say, and the same twice`() async throws {
        let plan = try RehearsedPlan(Self.estate)
        var ends: [Int32: Int] = [:]
        for seed in 1...8 {
            // Every other time only what passes by itself.
            let passing = #""throttled":20,"failing":15,"reset":30,"torn":10,"lateLists":30,"lateRecords":30"#
            let lasting =
                #","staleLists":5,"undeleted":15,"missingAs400":5,"orphans":10,"mildDeletes":20,"emptyErrors":10,"noLists":2"#
            let mix = passing + (seed.isMultiple(of: 2) ? lasting : "")
            let rehearsed = try await rehearse(plan, mix, seed: seed)
            #expect(rehearsed.isFaithful, "\(seed): \(rehearsed)")
            #expect(rehearsed.outcomes.values.reduce(0, +) <= 36 && !rehearsed.output.contains("127.0.0.1"))
            let left = rehearsed.actions.filter {
                !$0.hasSuffix("deleted-verified") && !$0.hasSuffix("already-absent")
            }
            #expect(left.isEmpty == (rehearsed.exitCode == 0), "\(seed): \(rehearsed)")
            ends[rehearsed.exitCode, default: 0] += 1
            if seed == 1 {
                let again = try await rehearse(plan, mix, seed: seed)
                #expect(again.output == rehearsed.output)
            }
        }
        print("rehearsals by exit code: \(ends.sorted { $0.key < $1.key })")
        #expect(ends[5, default: 0] > 2 && ends[0, default: 0] > 2 && ends.count == 2)
    }
}
