import Foundation
import TestSupport
import Testing

/// What people released in a review goes, and nothing that they did not sign for.
@Suite struct ReviewedExecutionTests {
    private let live: LiveThreads
    private let twin: RunningTwin
    private var scratch: Scratch { live.scratch }

    /// A plan of a review in which bob released the first thread and keeps the second.
    init() throws {
        live = try LiveThreads()
        twin = try live.twin()
        try LiveDocuments.write(
            rule: LiveDocuments.oldThreads().replacing("whenDue: delete", with: "whenDue: review"),
            address: twin.address, to: scratch)
        try LiveDocuments.write(holdsOf: [], to: scratch)
        try live.signers("ann", "bob", "zoe")
        #expect(try live.tenure("plan", "review", "review.json", "--as", "ann").status == 0)
        let lines = try scratch.text("review.json").split(separator: "\n").map { (line: Substring) -> String in
            let line = String(line)
            if line.contains("thread_1") {
                return line.replacing("\"decision\":null", with: "\"decision\":\"release\"")
            }
            guard line.contains("thread_2") else { return line }
            return line.replacing("\"decision\":null", with: "\"decision\":\"keep\"").replacing(
                "\"until\":null", with: "\"until\":\"9999-01-31\"")
        }
        try scratch.write("review.json", lines.joined(separator: "\n") + "\n")
        #expect(try live.tenure("approve", "review.json", "--as", "bob", "--key", "bob.pem").status == 0)
        try live.plan("--reviewed", "review.json")
    }

    @Test func `what was released and signed for goes, without the list's file: exit code 0`() throws {
        for name in ["review.json", "review.json.approvals"] {
            try FileManager.default.removeItem(atPath: scratch.path(name))
        }
        let applied = try live.apply()
        #expect(applied.status == 0, "\(applied)")
        #expect(applied.lines == ["delete msg_1 deleted-verified", "delete thread_1 deleted-verified"])
    }

    @Test func `a review that somebody else is said to have signed releases nothing: exit code 4`() throws {
        try ForgedPlan.replace(#""bob""#, with: #""zoe""#, in: scratch)
        let applied = try live.apply()
        #expect(applied.status == 4 && applied.gates == ["review"] && applied.calls == 0, "\(applied)")
        let dry = try live.tenure("apply")
        #expect(dry.status == 4 && dry.output.hasSuffix("Next: tenure plan make --as NAME\n"), "\(dry)")
    }

    @Test(arguments: [
        (#""decision":null,"id":"thread_3""#, #""decision":"release","id":"thread_3""#),
        (
            #""decision":"keep"(,[^}]*"until":)"9999-01-31""#,
            #""decision":null,"id":"thread_2","kind":"thread","until":null"#
        ),
        (#""signatures":\[[^\]]*\]"#, #""signatures":[]"#),
        (#""requester":"ann","schemaVersion":"1""#, #""requester":"eve","schemaVersion":"1""#),
    ])
    func `a decision, a signature or a name that was edited voids them all: exit code 4`(pattern: String, other: String)
        throws
    {
        try ForgedPlan.replace(pattern, with: other, in: scratch)
        let applied = try live.apply()
        #expect(applied.status == 4 && applied.calls ?? 0 == 0, "\(applied)")
    }
}
