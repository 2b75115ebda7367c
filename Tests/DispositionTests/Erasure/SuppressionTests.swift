import AuditLog
import Chronology
import Crypto
import Evaluation
import Files
import Policies
import Records
import RuleSupport
import TestSupport
import Testing

@testable import Disposition

@Suite struct SuppressionTests {
    private let now = Instant(seconds: 1_800_000_000)
    private let day = "2026-01-01"

    private func key(_ byte: UInt8 = 7) throws -> PseudonymKey { try PseudonymKey([UInt8](repeating: byte, count: 32)) }

    private func request(_ name: String, _ identities: [Identity]) throws -> PrivacyRequest {
        PrivacyRequest(name: name, regulation: .gdpr, received: try CivilDate("2026-11-01"), identities: identities)
    }

    private func list(_ identities: Identity...) throws -> SuppressionList {
        var list = SuppressionList()
        try list.add(try request("r", identities), key: try key(), at: now)
        return list
    }

    /// The ids of what came back.
    private func found(_ list: SuppressionList, _ estate: Estate, _ other: PseudonymKey? = nil) throws -> [String] {
        let inventory = estate.inventory()
        return try list.rows(in: inventory, key: try other ?? key()).map(inventory.id)
    }

    private func estate() throws -> Estate {
        var estate = Estate()
        estate.add(.file, "f1", created: day, ["subject": "ANNA@example.org"])
        estate.add(.file, "f2", created: day, ["subject": try SHA256.digest("anna@example.org").hex])
        estate.add(.file, "f3", created: day, ["owner": "4711"])
        estate.add(.file, "f4", created: day, ["project": "c-77"])
        estate.add(.file, "f5", created: day, ["product": "c-77", "subject": "bert"])
        return estate
    }

    @Test func `data that came back is recognised by keyed hashes alone, in any spelling (case 72)`() throws {
        let address = try #require(EmailAddress("Anna@Example.org"))
        #expect(try found(try list(.email(address)), try estate()) == ["f1", "f2"])
        #expect(try found(try list(.user("4711")), try estate()) == ["f3"])
        let digest = try #require(Identity(digest: try SHA256.digest("4711").hex))
        #expect(try found(try list(digest), try estate()) == ["f3"])
        let metadata = try list(.metadata(key: "project", value: "c-77"))
        #expect(metadata.metadataKeys == ["project"])
        #expect(try found(metadata, try estate()) == ["f4"])
        #expect(try found(SuppressionList(), try estate()).isEmpty)
        #expect(try found(try list(.email(address)), try estate(), try key(8)).isEmpty)
    }

    @Test func `what discovery takes for theirs is seen again, in any spelling, by id and by digest (case 72)`() throws
    {
        var estate = Estate()
        estate.add(.thread, "spelt", created: day, ["project": " Eve@EXAMPLE.com"])
        estate.add(.thread, "thread_7", created: day, ["subject": "bert"])
        estate.add(.file, "other", created: day, ["project": "eve@example.org"])
        let address = try list(.metadata(key: "project", value: "eve@Example.com"))
        #expect(try found(address, estate) == ["spelt"])
        #expect(try found(try list(.identifier("thread_7")), estate) == ["thread_7"])
        #expect(try found(try list(.user("thread_7")), estate).isEmpty)
    }

    @Test func `the list is read back as it was written, names nobody, and nobody else reads it (cases 73 and 76)`()
        throws
    {
        let scratch = try Scratch()
        let address = try #require(EmailAddress("anna@example.org"))
        var list = try list(.email(address), .metadata(key: "project", value: "c-77"), .user("bert"))
        try list.add(try request("other", [.user("x")]), key: try key(), at: now)
        #expect(list.requests == 2)
        let before = list
        try list.add(try request("other", [.user("x")]), key: try key(), at: Instant(seconds: 1_900_000_000))
        #expect(list == before)
        try list.write(to: scratch.path("list.json"))
        #expect(try SuppressionList(path: scratch.path("list.json"), mustExist: true) == list)
        #expect(Files.isPrivate(scratch.path("list.json")))
        let text = String(decoding: try scratch.bytes("list.json"), as: UTF8.self)
        for name in ["anna", "c-77", "bert"] { #expect(!text.contains(name)) }
    }

    @Test func `a list that is absent is an error where it must be there, and so is one of another's making`() throws {
        let scratch = try Scratch()
        #expect(try SuppressionList(path: scratch.path("none"), mustExist: false) == SuppressionList())
        #expect(throws: SuppressionError.self) { try SuppressionList(path: scratch.path("none"), mustExist: true) }
        try scratch.write("bad.json", "{\"entries\":[{}],\"schemaVersion\":\"1\"}\n")
        #expect(throws: SuppressionError.self) { try SuppressionList(path: scratch.path("bad.json"), mustExist: false) }
    }

    @Test func `what came back is a critical violation that no baseline holds (case 72)`() throws {
        var result = scan(try estate())
        let clean = result.exitCode
        result.report(resurrected: [result.row("f1"), result.row("f3"), 99])
        #expect(clean == 0 && result.exitCode == 1)
        #expect(result.lines == ["suppression f1 resurrected", "suppression f3 resurrected"])
        #expect(result.summary[.resurrected] == 2 && result.summary.violations == 2)
        #expect(result.findings.allSatisfy { $0.isViolation && !$0.canBeBaselined && $0.severity == .critical })
        #expect(result.because(result.findings[0]).contains("it came back"))
    }
}
