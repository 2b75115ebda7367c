import Foundation
import TestSupport
import Testing

/// `tenure erase`: a person asks to be forgotten.
@Suite struct EraseTests {
    private let desk: ErasureDesk

    init() throws { desk = try ErasureDesk() }

    @Test func `a request is taken in with its date and the rule, and names nobody`() throws {
        let taken = try desk.erase("new", "--subject", "request.yaml", "--on", "2026-11-10")
        #expect(taken.status == 0, "\(taken.errors)")
        #expect(taken.output.contains("REQUEST request-17: taken in, and nothing was planned"))
        #expect(taken.output.contains("1 month after 2026-11-03 is 2026-12-03; GDPR Article 12(3)"))
        #expect(taken.output.contains("hmac-sha256:") && !taken.output.lowercased().contains("anna"))
        #expect(try desk.erase("status", "request-17", "--on", "2026-12-03").status == 0)
        let late = try desk.erase("list", "--on", "2026-12-04")
        #expect(late.status == 1 && late.output.contains("1 d late"))
        let json = try desk.erase("list", "--format", "json", "--on", "2026-11-10")
        #expect(try ConsumerTests.objections(to: json.output, as: "requests") == "")
    }

    @Test func `who was told in time that it takes longer is answered by the later day, and in time only`() throws {
        try desk.takeIn()
        let late = try desk.erase("extend", "request-17", "--told", "2026-12-04")
        #expect(late.status == 2 && late.errors.contains("it was to be answered by 2026-12-03"), "\(late.errors)")
        let extended = try desk.erase("extend", "request-17", "--told", "2026-12-03", "--on", "2026-12-04")
        #expect(extended.status == 0 && extended.output.contains("3 months after 2026-11-03"), "\(extended.errors)")
        #expect(try desk.erase("status", "--on", "2027-02-03").status == 0)
        #expect(try desk.erase("status", "--on", "2027-02-04").status == 1)
        #expect(try desk.erase("extend").status == 2)
    }

    @Test func `taking in, extending and planning are entries of the log, by the person's token`() throws {
        try desk.makeLog()
        let log = ["--audit-log", "audit", "--audit-key", "audit.pem"]
        for words in [
            ["new", "--subject", "request.yaml", "--on", "2026-11-10"], ["extend", "--told", "2026-11-20"],
            ["extend", "--told", "2026-11-20"], ["plan", "--export", "export", "--as", "ann"],
        ] {
            let done = try desk.erase(words + log)
            #expect(done.status == 0, "\(words) \(done.errors)")
        }
        let text = try desk.scratch.text("audit/audit-000000000000.jsonl")
        let entries = try text.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        #expect(
            entries.compactMap { $0["type"] as? String } == [
                "log.opened", "request.received", "request.extended", "plan.made",
            ])
        let data = entries.compactMap { $0["data"] as? [String: Any] }
        #expect(data.compactMap { $0["deadline"] as? String } == ["2026-12-03", "2027-02-03"])
        #expect(data.compactMap { $0["request"] as? String } == ["request-17", "request-17", "request-17"])
        #expect((data[1]["subject"] as? String)?.hasPrefix("hmac-sha256:") == true)
        #expect(!text.lowercased().contains("anna") && !text.contains("c-77"))
        try desk.scratch.write("audit/audit-000000000000.jsonl", "")
        try desk.scratch.write("other.yaml", ErasureDesk.document("request-18").replacing("anna", with: "berta"))
        #expect(try desk.erase(["new", "--subject", "other.yaml"] + log).status == 4)
        #expect(try !desk.scratch.names("requests").contains("request-18.json"))
    }

    @Test func `a second request of the same person is refused while the first waits`() throws {
        try desk.takeIn()
        try desk.scratch.write("again.yaml", ErasureDesk.document("request-18"))
        let again = try desk.erase("new", "--subject", "again.yaml")
        #expect(again.status == 2 && again.errors.contains("request-17 is of the same person"))
        let same = try desk.erase("new", "--subject", "request.yaml", "--on", "2026-11-10")
        #expect(same.status == 0 && same.errors.contains("was taken in before"))
        try desk.scratch.write(
            "alike.json",
            """
            {"regulation":"ccpa","subject_request_id":"a7551968-d5d6-44b2-9831-815ac9017798","api_version":"2.0",
            "subject_request_type":"erasure","submitted_time":"2026-11-02T15:00:00Z","subject_identities":
            [{"identity_type":"email","identity_value":"Anna@example.org","identity_format":"raw"}]}
            """)
        let alike = try desk.erase("new", "--opendsr", "alike.json", "--on", "2026-11-10")
        #expect(alike.status == 0, "\(alike.errors)")
        #expect(alike.errors.contains("request-17 shares an identity with a7551968"))
        #expect(alike.output.contains("45 calendar days after 2026-11-02 is 2026-12-17"))
        let which = try desk.erase("status")
        #expect(which.status == 2 && which.errors.contains("name one: a7551968"))
    }

    @Test(arguments: [
        (["new"], "new needs either --subject FILE or --opendsr FILE"), (["plan"], "say who asks for the plan"),
        (["status", "nobody"], "nobody.json"), (["plan", "--as", "ann"], "no request waits in requests"),
        (["new", "--subject", "broken.yaml"], "broken.yaml:5:15: the regulation is none that tenure knows"),
        (["list", "--holidays", "request.yaml"], "request.yaml:1:1: this is no day of the calendar"),
    ])
    func `what cannot be done is told with its place, and nothing is done`(words: [String], message: String) throws {
        let text = ErasureDesk.document("broken").replacingOccurrences(of: "gdpr", with: "gdrp")
        try desk.scratch.write("broken.yaml", text)
        let outcome = try Tool.run(
            Tool.binary.path, ["erase"] + words + ["--pseudonym-key", "pseudonyms.key"], in: desk.scratch.url)
        #expect(outcome.status == 2 && outcome.errors.contains(message), "\(outcome.errors)")
        #expect(!FileManager.default.fileExists(atPath: desk.scratch.path("requests")))
    }

    @Test func `a key that others can read is refused, and so is none`() throws {
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o644], ofItemAtPath: desk.scratch.path("pseudonyms.key"))
        let open = try desk.erase("list")
        #expect(open.status == 2 && open.errors.contains("chmod 600"))
        let none = try Tool.run(Tool.binary.path, ["erase", "list"], in: desk.scratch.url)
        #expect(none.status == 2 && none.errors.contains("--pseudonym-key FILE"))
    }

    @Test func `a stale register is a safety stop`() throws {
        try desk.takeIn()
        let rules = String(decoding: try desk.scratch.bytes("policies/rules.yaml"), as: UTF8.self)
        try desk.scratch.write(
            "policies/rules.yaml",
            rules.replacing(/asOf: [-0-9]+/) { _ in "asOf: 2025-01-01" })
        let planned = try desk.erase("plan", "--export", "export", "--as", "ann")
        #expect(planned.status == 4 && planned.output.contains("is stale since"))
    }

    @Test(arguments: ["ann@example.org", "Ann Smith"])
    func `who acts says so by a name that a log can have`(name: String) throws {
        try desk.takeIn()
        let planned = try desk.erase("plan", "--export", "export", "--as", name)
        #expect(planned.status == 2 && planned.errors.contains("up to 128 letters"), "\(planned)")
        #expect(!FileManager.default.fileExists(atPath: desk.scratch.path("plan.json")))
    }
}
