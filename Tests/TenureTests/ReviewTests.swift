import Foundation
import TestSupport
import Testing

@testable import tenure

/// `tenure plan review`: what people decide one by one, signed, and what becomes of it.
@Suite struct ReviewTests {
    private func review(_ estate: PlannedEstate, as name: String = "ann") -> Transcript {
        Transcript(
            "plan", "review", estate.scratch.path("review.json"), "--as", name, "--policies", estate.policies,
            "--export", estate.export)
    }

    /// Writes decisions into the list, by record.
    private func decide(_ estate: PlannedEstate, _ decisions: [String: String]) throws {
        var lines = try estate.scratch.text("review.json").split(separator: "\n").map(String.init)
        for (id, decision) in decisions {
            let place = try #require(lines.firstIndex { $0.contains("\"id\":\"\(id)\"") })
            let until = decision == "release" ? "null" : "\"\(decision)\""
            lines[place] = lines[place]
                .replacing("\"decision\":null", with: "\"decision\": \"\(decision == "release" ? decision : "keep")\"")
                .replacing("\"until\":null", with: "\"until\": \(until)")
        }
        try estate.scratch.write("review.json", lines.joined(separator: "\n"))
    }

    private func approve(_ estate: PlannedEstate, as name: String) -> Transcript {
        Transcript(
            "approve", estate.scratch.path("review.json"), "--as", name, "--key", estate.scratch.path("\(name).pem"),
            "--policies", estate.policies)
    }

    private func make(_ estate: PlannedEstate) -> Transcript {
        estate.make(as: "ann", "--reviewed", estate.scratch.path("review.json"))
    }

    @Test func `what was released goes with the next plan, what was kept stays with who kept it until when (case 24)`()
        throws
    {
        let estate = try PlannedEstate(whenDue: "review", approvals: "{count: 1}")
        let unreviewed = estate.make()
        #expect(unreviewed.output.hasPrefix("PLAN: 0 calls"), "\(unreviewed.errors)")
        let asked = review(estate)
        #expect(asked.exitCode == .clean && asked.output.contains("REVIEW: 3 decisions asked for by ann"), "\(asked)")
        try decide(estate, ["t1": "release", "t2": "2027-01-31"])
        let approved = approve(estate, as: "bob")
        #expect(approved.output.hasPrefix("REVIEW: 1 released, 1 kept, 1 undecided"), "\(approved.errors)")
        let made = make(estate)
        #expect(made.exitCode == .clean && made.output.hasPrefix("PLAN: 1 call would take 1 record"), "\(made.errors)")
        #expect(made.output.contains("by bob: 1 released, 1 kept"))
        let shown = Transcript("plan", "show", estate.plan)
        #expect(shown.output.contains("delete export/thread/t1: threads is overdue"))
        #expect(shown.output.contains("export/thread/t2: kept in review by bob until 2027-01-31"))
        #expect(shown.output.contains("export/thread/t3: asked for a review or a report"))
        #expect(shown.output.contains("threads asks for 1, of the signers, without ann"))
        if let validator = ConsumerTests.jsonSchema {
            try estate.scratch.write("schema.json", Transcript("schema", "plan").output)
            let check = try Tool.run(validator, ["--schemafile", estate.scratch.path("schema.json"), estate.plan])
            #expect(check.status == 0, "\(check.output)\(check.errors)")
        }
    }

    @Test func `what is kept is kept from every policy until its day is over, and no longer`() throws {
        let estate = try PlannedEstate(whenDue: "review", approvals: "{count: 1}")
        let text = try estate.scratch.text("policies/threads.yaml").split(separator: "\n").joined(separator: "\n")
        #expect(review(estate).exitCode == .clean)
        try decide(estate, ["t1": "2026-01-31", "t2": "9999-01-31"])
        #expect(approve(estate, as: "bob").exitCode == .clean)
        try estate.scratch.write(
            "policies/other.yaml",
            text.replacing("name: threads", with: "name: other").replacing("whenDue: review", with: "whenDue: delete"))
        #expect(make(estate).output.hasPrefix("PLAN: 2 calls"))
        let shown = Transcript("plan", "show", estate.plan)
        #expect(shown.output.contains("delete export/thread/t1: other is overdue"))
        #expect(shown.output.contains("export/thread/t2: kept in review by bob until 9999-01-31"))
    }

    @Test func `a list that nobody approved, or that was changed since, decides nothing`() throws {
        let estate = try PlannedEstate(whenDue: "review", approvals: "{count: 2}")
        #expect(review(estate).exitCode == .clean)
        let early = approve(estate, as: "bob")
        #expect(early.exitCode == .usage && early.errors.contains("nothing is decided yet"))
        try decide(estate, ["t1": "release"])
        #expect(make(estate).exitCode == .safetyStop)
        let requester = approve(estate, as: "ann")
        #expect(requester.exitCode == .safetyStop && requester.errors.contains("who asks does not approve"))
        #expect(approve(estate, as: "bob").exitCode == .clean)
        let one = make(estate)
        #expect(one.exitCode == .safetyStop && one.errors.contains("threads asks for 2 approvals, and given by bob"))
        #expect(approve(estate, as: "zoe").exitCode == .clean)
        #expect(make(estate).exitCode == .clean)
        try decide(estate, ["t2": "release"])
        let changed = make(estate)
        #expect(changed.exitCode == .safetyStop && changed.errors.contains("none was given"), "\(changed.errors)")
    }

    @Test func `white space changes no decision, and what is no decision is refused with its record`() throws {
        let estate = try PlannedEstate(whenDue: "review", approvals: "{count: 1}")
        #expect(review(estate).exitCode == .clean)
        let bare = try estate.scratch.text("review.json")
        try decide(estate, ["t1": "release"])
        #expect(approve(estate, as: "bob").exitCode == .clean)
        let text = try estate.scratch.text("review.json")
        try estate.scratch.write("review.json", text.replacing(",", with: " ,\n\t"))
        #expect(make(estate).exitCode == .clean)
        let mistakes = [
            ("\"decision\":null", "\"decision\":\"kill\"", "record 1: a decision is"),
            ("\"decision\":null", "\"decision\":\"keep\"", "record 1 is kept, and nobody says until which day"),
            ("\"until\":null", "\"until\":\"2027-01-31\"", "record 1 says until when, and not what"),
            ("\"state\"", "\"stat\"", "record 1 has a member that is unknown"),
            ("\"id\":\"t2\"", "\"id\":\"t1\"", "record 2 is there already"),
            ("\"records\"", "\"record\"", "the list has"),
        ]
        for (old, new, message) in mistakes {
            try estate.scratch.write("review.json", bare.replacing(old, with: new, maxReplacements: 1))
            let run = make(estate)
            #expect(run.exitCode == .usage && run.errors.contains(message), "\(new): \(run.errors)")
        }
    }

    @Test func `what was active after the review is asked about again`() throws {
        let estate = try PlannedEstate(whenDue: "review", approvals: "{count: 1}")
        #expect(review(estate).exitCode == .clean)
        try decide(estate, ["t1": "release", "t3": "release"])
        #expect(approve(estate, as: "bob").exitCode == .clean)
        try estate.scratch.write(
            "export/messages.ndjson",
            #"{"id":"m","object":"thread.message","thread_id":"t1","role":"user","created_at":1790000000}"# + "\n")
        let made = make(estate)
        #expect(made.output.hasPrefix("PLAN: 1 call"), "\(made.output)\(made.errors)")
        #expect(made.errors.contains("1 released records have changed since, and stay"))
    }
}
