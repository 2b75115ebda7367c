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
        #expect(try status(on: "2026-12-01").output.contains("nobody's approval is asked"))
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

    @Test func `a plan that no run can get past is followed by a new one of its request: exit code 4`() throws {
        let twin = try live.twin()
        try request(twin)
        let rules = try scratch.text("policies/rules.yaml").replacing("atMost: 9000d", with: "atMost: 8000d")
        try scratch.write("policies/rules.yaml", rules)
        let dry = try live.tenure("erase", "apply", "eve")
        #expect(dry.status == 4 && dry.output.contains("the policies are others"), "\(dry)")
        #expect(dry.output.contains("Next: tenure erase plan eve --as NAME --pseudonym-key FILE"), "\(dry.output)")
    }

    /// The ids of a list of the receipt, sorted.
    private func ids(_ list: String, in receipt: [String: Any]) -> [String] {
        (receipt[list] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }.sorted()
    }

    private func status(on day: String = "2027-06-01") throws -> Tool.Outcome {
        try erase("status", "eve", "--on", day)
    }

    @Test func `a request that was answered is not late for what a hold keeps, and its person may ask again`() throws {
        let twin = try live.twin()
        try request(twin, holds: ["thread_2"])
        try scratch.write("again.yaml", scratch.text("request.yaml").replacing("{name: eve}", with: "{name: eve-2}"))
        _ = try live.execute(["erase", "apply", "eve"])
        let unanswered = try status()
        #expect(unanswered.status == 1 && unanswered.output.contains("162 d late"), "\(unanswered)")
        let early = try erase("new", "--subject", "again.yaml")
        #expect(early.status == 2 && early.errors.contains("waits for its answer"), "\(early)")
        #expect(try receipt().status == 0)
        let held = try status()
        #expect(held.status == 0 && held.output.contains("the law keeps something"), "\(held)")
        #expect(held.output.contains("left         answered \(PlannedEstate.today)"), "\(held)")
        #expect(try erase("new", "--subject", "again.yaml").status == 0)
        let list = try erase("list", "--format", "json", "--on", "2026-12-01")
        #expect(try ConsumerTests.objections(to: list.output, as: "requests") == "")
    }

    @Test func `a receipt has the ground of a hold that was placed after the plan (cases 22 and 25)`() throws {
        let twin = try live.twin()
        try request(twin)
        try LiveDocuments.write(holdsOf: ["thread_2"], to: scratch)
        let applied = try live.execute(["erase", "apply", "eve"])
        #expect(applied.lines.filter { $0.hasSuffix("held-since-plan") }.count == 2, "\(applied)")
        let made = try receipt()
        #expect(made.status == 0 && made.output.contains("4 records are gone, 0 are not, 2 are kept"), "\(made)")
        let kept = try #require(try written()["kept"] as? [[String: Any]])
        #expect(kept.compactMap { $0["id"] as? String } == ["msg_2", "thread_2"])
        let articles = kept.flatMap { $0["grounds"] as? [[String: Any]] ?? [] }.map { $0["article"] as? String }
        #expect(articles == ["GDPR Article 17(3)(e)", "GDPR Article 17(3)(e)"])
        #expect(try status().output.contains("REQUEST eve: the law keeps something"))
    }

    @Test func `a receipt has what every plan of its request deleted, each proved, and is due again after a hold`()
        throws
    {
        let twin = try live.twin()
        try request(twin, holds: ["thread_2"])
        _ = try live.execute(["erase", "apply", "eve"])
        #expect(try erase("plan", "eve", "--as", "ann").status == 0)
        #expect(try receipt().status == 0)
        let second = try written()
        #expect(ids("dispositions", in: second) == ["msg_1", "msg_3", "thread_1", "thread_3"])
        #expect(ids("kept", in: second) == ["msg_2", "thread_2"] && second["found"] as? Int == 6)
        #expect(try !status().output.contains("has ended"))
        try LiveDocuments.write(holdsOf: [], to: scratch)
        let due = try status()
        #expect(due.output.contains("matter-thread-2 has ended"), "\(due)")
        #expect(try erase("plan", "eve", "--as", "ann").status == 0)
        _ = try live.execute(["erase", "apply", "eve"])
        #expect(try receipt().status == 0)
        let last = try written()
        let dispositions = try #require(last["dispositions"] as? [[String: Any]])
        #expect(ids("dispositions", in: last) == (1...3).flatMap { ["msg_\($0)", "thread_\($0)"] }.sorted())
        #expect(dispositions.allSatisfy { $0["evidence"] is [String: Any] } && ids("kept", in: last).isEmpty)
        #expect(Set(dispositions.compactMap { $0["plan"] as? String }).count == 2)
    }

    @Test
    func
        `a receipt says what nobody could look at, prints its checkpoint, warns where nobody is listed (cases 40, 43, 71)`()
        throws
    {
        let twin = try live.twin()
        try request(twin)
        _ = try live.execute(["erase", "apply", "eve"])
        let made = try receipt("--page", "receipt.html")
        let receipt = try written()
        let unread = (receipt["notReadToTheEnd"] as? [[String: Any]] ?? []).map {
            "\($0["source"] ?? "") \($0["kind"] ?? "") \($0["extent"] ?? "")"
        }
        #expect(unread == ["live conversation known", "live item known", "live response known"], "\(unread)")
        let unseen = (receipt["notLookedInto"] as? [[String: Any]] ?? []).compactMap { $0["what"] as? String }
        #expect(unseen == ["content", "same-bytes", "copies", "derived", "models", "backups"])
        #expect(receipt["found"] as? Int == 6)
        let page = try scratch.text("receipt.html")
        #expect(page.contains("6 records were found to be yours") && page.contains("live: conversation"), "\(page)")
        #expect(made.errors.contains("a.example/log\n"), "\(made.errors)")
        #expect(made.errors.contains("nobody was put on a list"), "\(made.errors)")
    }

    @Test func `a receipt says what a search showed of a file that was taken out of a store (case 34)`() throws {
        let old = #""created_at":1760000000"#
        for (name, line) in [
            ("files", #"{"id":"file_1","object":"file",\#(old),"bytes":1,"purpose":"assistants"}"#),
            ("vector_stores", #"{"id":"vs_1","object":"vector_store",\#(old),"last_active_at":1760000000}"#),
            (
                "vector_store_files",
                #"{"id":"file_1","object":"vector_store.file",\#(old),"vector_store_id":"vs_1","#
                    + #""attributes":{"who":"eve@example.com"}}"#
            ),
        ] { try scratch.write("estate/\(name).ndjson", line + "\n") }
        let twin = try live.twin()
        try request(twin)
        let applied = try live.execute(["erase", "apply", "eve", "--probe-search"])
        #expect(applied.lines.last == "detach vs_1/file_1 deleted-verified", "\(applied)")
        _ = try receipt("--page", "receipt.html")
        let dispositions = try #require(try written()["dispositions"] as? [[String: Any]])
        let entry = try #require(dispositions.first { $0["kind"] as? String == "vectorStoreFile" })
        #expect(entry["search"] as? String == "not-found")
        #expect(dispositions.filter { $0["kind"] as? String == "thread" }.allSatisfy { $0["search"] is NSNull })
        let page = try scratch.text("receipt.html")
        #expect(page.contains("vs_1/file_1</code>; a search of its store does not find its contents any more"))
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
