import Foundation
import TestSupport
import Testing

/// `tenure erase apply` against a service: what a privacy request asks for goes as anything else does.
@Suite struct ErasureExecutionTests {
    private let live: LiveThreads
    private var scratch: Scratch { live.scratch }

    init() throws { live = try LiveThreads() }

    /// Takes in the request of the person whom all threads name, under rules by which nothing would go.
    private func request(_ twin: RunningTwin, holds: [String] = []) throws {
        try live.rules(twin, holds: holds)
        let rules = try scratch.text("policies/rules.yaml").replacing("atMost: 90d", with: "atMost: 9000d")
        try scratch.write("policies/rules.yaml", rules)
        try scratch.write(
            "request.yaml",
            """
            apiVersion: tenure/v1
            kind: PrivacyRequest
            metadata: {name: eve}
            spec: {regulation: gdpr, received: 2026-11-20, subject: {metadata: {who: eve@example.com}}}

            """)
        let taken = try live.tenure("erase", "new", "--subject", "request.yaml", "--pseudonym-key", "pseudonyms.key")
        #expect(taken.status == 0, "\(taken.errors)")
        try live.tenure("erase", "plan", "--as", "ann", "--pseudonym-key", "pseudonyms.key")
    }

    @Test func `what a privacy request asks for goes the same way, and what a hold keeps stays (case 25)`() throws {
        let twin = try live.twin()
        try request(twin, holds: ["thread_2"])
        let dry = try live.tenure("erase", "apply", "eve")
        #expect(dry.status == 0 && dry.output.contains("Nothing was deleted."), "\(dry)")
        #expect(dry.output.contains("Next: tenure erase apply eve --plan plan.json --execute"), "\(dry.output)")
        let applied = try live.execute(["erase", "apply", "eve"])
        let gone = ["msg_1", "msg_3", "thread_1", "thread_3"].map { "delete \($0) deleted-verified" }
        #expect(applied.status == 0 && applied.lines == gone, "\(applied)")
        let again = try live.execute(["erase", "apply", "eve"])
        #expect(again.calls == 0)
        let status = try live.tenure(
            "erase", "receipt", "eve", "--audit-log", "log", "--audit-key", "key.pem", "--pseudonym-key",
            "pseudonyms.key")
        #expect(
            status.status == 0 && status.output.contains("4 records are gone, 0 are not, 2 are kept by law"),
            "\(status)")
        #expect(try ConsumerTests.objections(to: scratch.text("receipt.json"), as: "receipt") == "")
        for run in [applied, again] { #expect(try ConsumerTests.objections(to: run.output, as: "apply") == "") }
    }

    /// Says that the service has nothing that nobody can list, so that a scan of it is whole.
    private func listEverything() throws {
        let none = try scratch.write("none.txt", "")
        let registry = ["conversation", "response"].map { ", {file: '\(none)', kind: \($0), complete: true}" }
        let rules = try scratch.text("policies/rules.yaml").replacing(
            "complete: true}]", with: "complete: true}\(registry.joined())]")
        try scratch.write("policies/rules.yaml", rules.replacing(/\s+acceptedGaps:.*/, with: ""))
    }

    private func erase(_ words: String...) throws -> Tool.Outcome {
        try live.tenure(["erase"] + words + ["--pseudonym-key", "pseudonyms.key"])
    }

    private func receipt(_ more: String...) throws -> Tool.Outcome {
        try live.tenure(["erase", "receipt", "eve"] + more + LiveThreads.keys)
    }

    /// The receipt that was made last.
    private func written() throws -> [String: Any] {
        let text = try scratch.text("receipt.json")
        #expect(try ConsumerTests.objections(to: text, as: "receipt") == "")
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test func `a request is done once a service that was read to its end has nothing left of it`() throws {
        let twin = try live.twin()
        try request(twin)
        try listEverything()
        #expect(try erase("plan", "eve", "--as", "ann").status == 0)
        let applied = try live.execute(["erase", "apply", "eve"])
        #expect(applied.lines == LiveThreads.everything, "\(applied)")
        let made = try receipt("--suppression", "forgotten.json")
        #expect(made.status == 0, "\(made)")
        #expect(try written()["everythingCouldBeLookedAt"] as? Bool == true)
        let status = try erase("status", "eve", "--on", "2027-06-01")
        #expect(status.status == 0 && status.output.contains("REQUEST eve: done"), "\(status)")
    }

    @Test func `what is no longer the person's stays, whatever the plan of the request says`() async throws {
        let twin = try live.twin()
        try request(twin)
        try await TwinClient.post("\(twin.address)/threads/thread_2", #"{"metadata":{"who":"somebody else"}}"#)
        let applied = try live.execute(["erase", "apply", "eve"])
        let stays = ["msg_2", "thread_2"].map { "delete \($0) changed-since-plan" }
        #expect(applied.status == 0 && applied.lines.filter { $0.contains("_2") } == stays, "\(applied)")
        #expect(applied.lines.count { $0.hasSuffix("deleted-verified") } == 4)
    }

    @Test func `the plan of a privacy request goes by that request alone, and a request by its own plan: exit code 2`()
        throws
    {
        let twin = try live.twin()
        try request(twin)
        let alone = try live.apply()
        #expect(alone.status == 2 && alone.errors.contains("tenure erase apply eve --plan plan.json"), "\(alone)")
        try live.rules(twin)
        try live.plan()
        let other = try live.execute(["erase", "apply", "eve"])
        #expect(other.status == 2 && other.errors.contains("plan.json is no plan of eve"), "\(other)")
        try live.rules(twin)
        try live.tenure("erase", "plan", "--as", "ann", "--pseudonym-key", "pseudonyms.key", "--plan", "noted.json")
        // The same request, taken in again, knows nothing of that plan.
        try FileManager.default.removeItem(atPath: scratch.path("requests/eve.json"))
        try live.tenure("erase", "new", "--subject", "request.yaml", "--pseudonym-key", "pseudonyms.key")
        let unnoted = try live.execute(["erase", "apply", "eve", "--plan", "noted.json"])
        #expect(unnoted.status == 2 && unnoted.errors.contains("was not noted"), "\(unnoted)")
    }
}
