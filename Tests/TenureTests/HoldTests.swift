import Foundation
import TestSupport
import Testing

@testable import tenure

/// `tenure hold`: the documents are edited as a person would, and nothing else of them changes.
@Suite struct HoldTests {
    private let estate: PlannedEstate
    private var scratch: Scratch { estate.scratch }

    init() throws {
        estate = try PlannedEstate(approvals: "{count: 1}")
        try scratch.write(
            "policies/holds.yaml",
            """
            # The register, looked at every Monday.
            apiVersion: tenure/v1
            kind: HoldRegister
            metadata: {name: holds}
            spec:
              asOf: \(PlannedEstate.today)   # by counsel
              maxAge: 30d
              holds: []   # none as yet

            """)
    }

    private func hold(_ words: String...) -> Transcript {
        Transcript(["hold"] + words + ["--policies", estate.policies])
    }

    private func add(_ name: String = "m1", _ more: String...) -> Transcript {
        Transcript(
            ["hold", "add", name, "--matter", "Acme: \"x\" # y", "--id", "t1", "--policies", estate.policies] + more)
    }

    @Test func `a hold is appended and registered, comments stay, and what it newly keeps is said`() throws {
        let before = try scratch.text("policies/holds.yaml")
        let added = add("m1", "--export", estate.export, "--approved-by", "counsel")
        #expect(added.exitCode == .clean, "\(added.errors)")
        #expect(added.output.contains("added LegalHold/m1") && added.output.contains("export/thread/t1"))
        let after = try scratch.text("policies/holds.yaml")
        #expect(after.hasPrefix(before.replacing("[]", with: "[m1]") + "---\n"))
        #expect(after.contains("matter: \"Acme: \\\"x\\\" # y\""))
        #expect(hold("check").exitCode == .clean)
        let made = estate.make()
        #expect(made.exitCode == .clean && made.output.hasPrefix("PLAN: 2 calls"), "\(made.errors)")
    }

    @Test func `a released hold keeps its effect for its grace, a week where nobody says otherwise (case 24)`() throws {
        #expect(add().exitCode == .clean)
        let before = try scratch.text("policies/holds.yaml")
        let released = hold("release", "m1", "--until", "2026-01-02")
        #expect(released.exitCode == .usage && released.errors.contains("ends before it begins"), "\(released.errors)")
        #expect(try scratch.text("policies/holds.yaml") == before)
        #expect(hold("release", "m1").exitCode == .clean)
        let after = try scratch.text("policies/holds.yaml")
        #expect(after.contains("until: \(PlannedEstate.today)\n") && after.contains("releaseGrace: P7D"))
        #expect(estate.make().output.hasPrefix("PLAN: 2 calls"), "in grace t1 stays")
        let again = hold("release", "m1")
        #expect(again.exitCode == .usage && again.errors.contains("is released since"))
    }

    @Test func `a hold that lacks a name, a matter or a match, or that is there already, changes nothing`() throws {
        let before = try scratch.text("policies/holds.yaml")
        #expect(hold("add", "--matter", "x", "--everything").errors.contains("name the hold"))
        #expect(hold("add", "m", "--everything").errors.contains("--matter TEXT"))
        #expect(hold("add", "m", "--matter", "x").errors.contains("or else --everything"))
        #expect(hold("release", "m").errors.contains("there is no hold named m"))
        #expect(hold("add", "m/1", "--matter", "x", "--everything").exitCode == .usage)
        #expect(hold("add", "m", "--matter", "x", "--where", "object.nme == 1").errors.contains("invalid-expression"))
        #expect(try scratch.text("policies/holds.yaml") == before)
        #expect(add().exitCode == .clean && add().errors.contains("there is a hold named m1 already"))
    }

    @Test func `a dry run says what would change, and changes nothing`() throws {
        let before = try scratch.text("policies/holds.yaml")
        let run = add("m1", "--dry-run")
        #expect(run.exitCode == .clean && run.output.contains("would change") && run.output.contains("LegalHold/m1"))
        #expect(try scratch.text("policies/holds.yaml") == before)
    }

    @Test func `a register that is stale, missing, unreadable, or that lacks a hold stops with exit code 4 (case 23)`()
        throws
    {
        let fresh = try scratch.text("policies/holds.yaml")
        #expect(hold("check").exitCode == .clean)
        func check(_ text: String, _ words: String) throws {
            try scratch.write("policies/holds.yaml", text)
            let run = hold("check")
            #expect(run.exitCode == .safetyStop && run.output.contains(words), "\(run.output)\(run.errors)")
            let json = hold("check", "--format", "json")
            #expect(json.exitCode == .safetyStop && json.output.contains("\"exitCode\": 4"), "\(json.output)")
        }
        try check(fresh.replacing("asOf: \(PlannedEstate.today)", with: "asOf: 2026-01-01"), "is stale since")
        try check("# nothing\n", "there is no hold register")
        try check(fresh.replacing("holds: []", with: "holds: ["), "yaml-syntax")
        try check(fresh.replacing("[]", with: "[gone]"), "no LegalHold has that name")
        let unlisted = "---\napiVersion: tenure/v1\nkind: LegalHold\nmetadata: {name: m9}\nspec: {matter: x}\n"
        try check(fresh + unlisted, "hold 'm9' is not in the register")
    }

    @Test func `holds are listed with their state, as text and as JSON`() throws {
        #expect(hold("list").output.hasPrefix("There are no holds.\n"))
        #expect(add("m1", "--from", "2026-01-01").exitCode == .clean)
        #expect(add("m2", "--from", "9000-01-01").exitCode == .clean)
        #expect(hold("release", "m1", "--until", "2026-02-01", "--grace", "1d").exitCode == .clean)
        let text = hold("list").output
        #expect(text.contains("no more") && text.contains("not yet") && text.contains("is fresh until"))
        let json = try JSONSerialization.jsonObject(with: Data(hold("list", "--format", "json").output.utf8))
        let holds = try #require((json as? [String: Any])?["holds"] as? [[String: Any]])
        #expect(holds.map { $0["name"] as? String } == ["m1", "m2"])
    }

    @Test func `the log has a hold before the documents do, and a log that fails keeps them as they are`() throws {
        let log = ["--audit-log", scratch.path("log"), "--audit-key", scratch.path("eve.pem")]
        let made = Transcript(
            ["audit", "init", "--log", scratch.path("log"), "--origin", "a.test/a", "--key", scratch.path("eve.pem")])
        #expect(made.exitCode == .clean)
        let added = add("m1", "--as", "counsel", log[0], log[1], log[2], log[3])
        #expect(added.exitCode == .clean && added.errors.contains("a.test/a\n2\n"), "\(added.errors)")
        let text = try scratch.text("log/audit-000000000000.jsonl")
        #expect(text.contains(#""by":"counsel","hold":"m1""#) && text.contains(#""type":"hold.added""#))
        #expect(Transcript(["hold", "check", "--policies", estate.policies] + log).exitCode == .clean)
        #expect(try scratch.text("log/audit-000000000000.jsonl").contains(#""type":"hold.checked""#))
        let before = try scratch.text("policies/holds.yaml")
        try scratch.write("log/audit-000000000000.jsonl", "")
        let refused = Transcript(["hold", "release", "m1", "--policies", estate.policies] + log)
        #expect(refused.exitCode == .safetyStop, "\(refused.errors)")
        #expect(try scratch.text("policies/holds.yaml") == before)
    }
}
