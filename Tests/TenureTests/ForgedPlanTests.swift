import Foundation
import TestSupport
import Testing

/// Whoever can write to a plan can lie in it, digest and all: what an execution must know it asks others for.
@Suite struct ForgedPlanTests {
    private let live: LiveThreads
    private var scratch: Scratch { live.scratch }

    init() throws { live = try LiveThreads() }

    @Test func `a plan that denies that its policies ask for approvals and limits meets them all the same (case 67)`()
        throws
    {
        let twin = try live.twin()
        try live.rules(twin, limits: ", limits: {records: 5}, approvals: {count: 1}")
        try live.signers("ann", "bob")
        #expect(try live.tenure("plan", "make", "--as", "ann").status == 4)
        try ForgedPlan.replace(#""approvals":.*?,"asOf""#, with: #""approvals":[],"asOf""#, in: scratch)
        try ForgedPlan.replace(#""limits":\[[^\]]*\]"#, with: #""limits":[]"#, in: scratch)
        for run in [try live.apply(), try live.apply()] {
            #expect(run.status == 4 && run.gates == ["limit", "approvals"] && run.calls == 0, "\(run)")
        }
        try live.rules(twin, limits: ", approvals: {count: 1}")
        try live.plan()
        for (list, next) in [("approvals", "asOf"), ("limits", "places")] {
            try ForgedPlan.replace(
                #""\#(list)":.*?,"\#(next)""#, with: #""\#(list)":[],"\#(next)""#, in: scratch)
            let applied = try live.apply()
            #expect(applied.status == 4 && applied.gates == ["approvals"] && applied.calls == 0, "\(applied)")
        }
        let dry = try live.tenure("apply")
        #expect(dry.status == 0 && dry.output.contains("old asks for 1 approval, and none was given"), "\(dry)")
    }

    @Test func `a plan that leaves out a place calls nothing there, and is told so: exit code 4 (case 66)`() throws {
        let twin = try live.twin()
        try live.rules(twin)
        try live.plan()
        try ForgedPlan.replace(#""places":\[[^\]]*\]"#, with: #""places":[]"#, in: scratch)
        let applied = try live.apply()
        #expect(applied.status == 4 && applied.gates == ["place-changed"] && applied.calls == 0, "\(applied)")
    }

    @Test(arguments: ["requester", "expires"])
    func `where plans are entries of the log, one that was edited has none: exit code 4`(member: String) throws {
        let twin = try live.twin()
        try live.rules(twin, limits: ", approvals: {count: 1}")
        try live.signers("ann", "bob")
        try live.plan("--audit-log", "log", "--audit-key", "key.pem")
        let honest = try scratch.text("plan.json")
        let year = Date.now.addingTimeInterval(365 * 86_400).formatted(.iso8601)
        try ForgedPlan.replace(
            #""\#(member)":"[^"]*""#, with: "\"\(member)\":\"\(member == "expires" ? year : "zoe")\"", in: scratch)
        let signed = try live.tenure("approve", "plan.json", "--as", "bob", "--key", "bob.pem")
        #expect(signed.status == 0, "\(signed)")
        let forged = try live.apply()
        #expect(forged.status == 4 && forged.gates == ["plan-not-logged"] && forged.calls == 0, "\(forged)")
        let dry = try live.tenure("apply", "--audit-log", "log")
        #expect(dry.status == 0 && dry.output.contains("the audit log has no entry of this plan"), "\(dry)")
        #expect(dry.output.hasSuffix("Next: tenure plan make --as NAME --audit-log log --audit-key FILE\n"), "\(dry)")
        try scratch.write("plan.json", honest)
        #expect(try live.tenure("approve", "plan.json", "--as", "bob", "--key", "bob.pem").status == 0)
        #expect(try live.apply().lines == LiveThreads.everything)
    }
}
