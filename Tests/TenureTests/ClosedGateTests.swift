import Foundation
import TestSupport
import Testing

/// `tenure apply` before a closed gate: nothing is called, and a script learns why.
@Suite struct ClosedGateTests {
    private let live: LiveThreads
    private var scratch: Scratch { live.scratch }

    init() throws { live = try LiveThreads() }

    /// What has happened since a plan was made, and what comes of it.
    struct Change: Sendable, CustomTestStringConvertible {
        let gates: [String]
        let status: Int32
        /// How the twin runs that takes the first one's place.
        var restarted: [String]?
        var happen: @Sendable (Scratch) throws -> Void = { _ in }
        var testDescription: String { gates.joined(separator: ", ") }
    }

    static let changes = [
        Change(gates: ["no-register"], status: 4) {
            try FileManager.default.removeItem(atPath: $0.path("policies/holds.yaml"))
        },
        Change(gates: ["stale-register"], status: 4) {
            let text = try $0.text("policies/holds.yaml")
            try $0.write("policies/holds.yaml", text.replacing(PlannedEstate.today, with: "2026-01-01"))
        },
        Change(gates: ["policies-changed", "place-changed", "other-account"], status: 4) {
            let text = try $0.text("policies/rules.yaml")
            try $0.write("policies/rules.yaml", text.replacing("//127.0.0.1:", with: "//localhost:"))
        },
        Change(gates: ["doubtful-approval"], status: 4) {
            let text = try $0.text("plan.json.approvals")
            try $0.write("plan.json.approvals", text.replacing("\"bob\"", with: "\"zoe\""))
        },
        Change(gates: ["other-account"], status: 4, restarted: ["--organization", "org-other"]),
        Change(gates: ["clock-skew"], status: 4, restarted: ["--clock-ahead", "600"]),
        Change(gates: ["unreachable"], status: 3, restarted: ["--faults", "forbidden.json"]),
    ]

    @Test(arguments: changes)
    func `what has changed since the plan closes a gate, dry or not (cases 9, 23, 59, 66, 67)`(change: Change) throws {
        var twin: RunningTwin? = try live.twin()
        let address = try #require(twin?.address)
        let port = try #require(URL(string: address)?.port)
        try live.rules(#require(twin))
        try live.signers("ann", "bob")
        try live.plan()
        #expect(try live.tenure("approve", "plan.json", "--as", "bob", "--key", "bob.pem").status == 0)
        try change.happen(scratch)
        try scratch.write("forbidden.json", #"{"seed": 1, "percent": {"forbidden": 100}}"#)
        if let words = change.restarted {
            twin = nil
            let words = words.map { $0.hasSuffix(".json") ? scratch.path($0) : $0 }
            twin = try RunningTwin(["--estate", scratch.path("estate"), "--port", "\(port)"] + words)
        }
        let applied = try live.apply()
        #expect(applied.status == change.status && applied.gates == change.gates, "\(applied)")
        #expect(applied.calls == 0 && applied.lines.allSatisfy { $0.hasSuffix(" -") })
        let dry = try live.tenure("apply")
        #expect(dry.status == change.status && dry.output.contains("Gates still closed:\n"), "\(dry)")
        withExtendedLifetime(twin) {}
    }

    @Test(arguments: [("documents-unreadable", "kind: ["), ("new-scan-needed", "")])
    func `what happens to the documents on the way ends the run between two calls: exit code 4 (cases 22, 23)`(
        gate: String, torn: String
    ) throws {
        let twin = try watched()
        let (scratch, text) = (scratch, try scratch.text("policies/holds.yaml"))
        try LiveDocuments.write(holdsOf: ["elsewhere"], to: scratch)
        let asking = try scratch.text("policies/holds.yaml").replacing(
            "ids: [elsewhere]", with: "metadata: {matter: [elsewhere]}")
        try scratch.write("policies/holds.yaml", text)
        twin.intercept(
            .init(after: 0, countsChanges: true, moment: .answered) {
                _ = try? scratch.write("policies/holds.yaml", torn.isEmpty ? asking : torn)
            })
        let applied = try live.apply()
        #expect(applied.status == 4 && applied.gates == [gate] && applied.calls == 1, "\(applied)")
        #expect(twin.calls.count == 1 && applied.json["end"] as? String == "closed")
        try scratch.write("policies/holds.yaml", text)
        #expect(try live.apply().lines == LiveThreads.everything)
    }

    @Test(arguments: [401, 403])
    func `a credential that is refused on the way ends the run, and the next one goes on: exit code 5 (case 59)`(
        status: Int
    ) throws {
        let twin = try watched()
        twin.intercept(
            .init(after: 1, countsChanges: true, moment: .answered) { twin.refusal = status })
        let applied = try live.apply()
        #expect(applied.status == 5 && applied.json["end"] as? String == "refused", "\(applied)")
        #expect(applied.calls ?? 0 <= 3 && twin.calls.count <= 3 && applied.json["remaining"] as? Int ?? 0 >= 4)
        twin.open()
        let next = try live.apply()
        #expect(next.status == 0 && next.lines == LiveThreads.everything, "\(next)")
    }

    private func watched() throws -> WatchedTwin {
        let twin = try WatchedTwin(estate: scratch.path("estate"), now: Int64(Date.now.timeIntervalSince1970))
        try LiveDocuments.write(rule: LiveDocuments.oldThreads(), address: twin.address, to: scratch)
        try LiveDocuments.write(holdsOf: [], to: scratch)
        try live.plan()
        return twin
    }

    @Test(arguments: [
        "kind: [", "apiVersion: tenure/v1\nkind: HoldRegister\nmetadata: {name: holds}\nspec: {asOf: soon}\n",
    ])
    func `a hold register that cannot be read stops every plan and every execution: exit code 4 (case 23)`(text: String)
        throws
    {
        let twin = try live.twin()
        try live.rules(twin)
        try live.plan()
        let rules = try scratch.text("policies/rules.yaml")
        try scratch.write("policies/rules.yaml", rules.replacing("atMost: 90d", with: "atMost: 90x"))
        for words in [["plan", "make", "--as", "ann"], ["apply"]] {
            let typo = try live.tenure(words)
            #expect(typo.status == 2 && typo.output.isEmpty, "\(words): \(typo)")
        }
        try scratch.write("policies/rules.yaml", rules)
        try scratch.write("policies/holds.yaml", text)
        for words in [["plan", "make", "--as", "ann"], ["plan", "review", "--as", "ann"], ["apply"]] {
            let stopped = try live.tenure(words)
            #expect(stopped.status == 4 && stopped.output.isEmpty, "\(words): \(stopped)")
            #expect(stopped.errors.contains("nobody knows what is held") && stopped.errors.contains("holds.yaml:"))
        }
        let applied = try live.apply()
        #expect(applied.status == 4 && applied.output.isEmpty, "\(applied)")
        #expect(try live.tenure("lint").status == 2)
    }

    @Test func `what is told to be next has the options that were given`() throws {
        let twin = try live.twin()
        try live.rules(twin)
        try FileManager.default.moveItem(atPath: scratch.path("policies"), toPath: scratch.path("rules"))
        let given = ["--policies", "rules", "--ledger", "l.db"]
        #expect(try live.tenure(["scan"] + given).status == 1)
        let made = try live.tenure(["plan", "make", "p.json", "--as", "ann"] + given)
        #expect(made.output.hasSuffix("Next: tenure plan show p.json\n"), "\(made)")
        let dry = try live.tenure(["apply", "p.json", "--max-duration", "PT30M"] + given)
        #expect(
            dry.output.hasSuffix(
                "Next: tenure apply p.json --policies rules --ledger l.db --execute --audit-log DIR --audit-key FILE"
                    + " --pseudonym-key FILE --max-duration PT30M\n"), "\(dry)")
        let rehearsed = try live.tenure(["rehearse", "p.json", "--estate", "estate"] + given)
        #expect(
            rehearsed.output.hasSuffix("Next: tenure apply p.json --policies rules --ledger l.db\n"), "\(rehearsed)")
    }
}
