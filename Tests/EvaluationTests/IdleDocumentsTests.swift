import Chronology
import Policies
import Records
import RuleSupport
import Testing

@testable import Evaluation

@Suite struct IdleDocumentsTests {
    private static func document(_ kind: String, _ name: String, _ spec: String) -> String {
        "apiVersion: tenure/v1\nkind: \(kind)\nmetadata: {name: \(name)}\nspec:\n  \(spec)\n---\n"
    }

    private static func policy(_ name: String, _ match: String) -> String {
        document(
            "RetentionPolicy", name, "match: \(match)\n  clock: {from: created}\n  keep: {atMost: 90d}")
    }

    private func idle(_ texts: String...) throws -> [String] {
        let register = Self.document("HoldRegister", "r", "{asOf: 2026-11-20, maxAge: 7d, holds: [h]}")
        let hold = Self.document("LegalHold", "h", "{matter: m, match: {kinds: [thread], ids: [t3]}}")
        let files = ([register + hold] + texts).enumerated().map {
            (path: "\($0.offset).yaml", bytes: Array($0.element.utf8))
        }
        let loaded = PolicyLoader.load(files: files, asOf: try #require(asOf.instant))
        let set = try #require(loaded.policies, "\(loaded.diagnostics)")
        var estate = Estate()
        estate.add(.thread, "t1", created: "2026-01-01", ["product": "support"])
        estate.add(.thread, "t2", created: "2026-11-01", ["product": "sales", "project": "pilot"])
        estate.add(.thread, "t3", created: "2026-11-01")
        return Evaluator(policies: set, asOf: asOf, options: ScanOptions()).evaluate(estate.inventory()).idleDocuments
            .map { "\($0.location.file):\($0.location.line):\($0.location.column) \($0.code)" }
    }

    @Test func `a document that matches something is no news`() throws {
        #expect(try idle(Self.policy("a", "{metadata: {product: [support, sales]}, sources: ['exp*']}")) == [])
    }

    @Test func `each entry of a match that fits nothing is named at its place (case 28)`() throws {
        #expect(
            try idle(Self.policy("a", "{sources: ['exp*', 'opnai-*'], metadata: {product: [support, suport]}}"))
                == ["1.yaml:5:29 selector-unmatched", "1.yaml:5:71 selector-unmatched"])
        #expect(
            try idle(Self.policy("a", "{metadata: {prodct: support}, subjects: [x], ids: [t1, t9]}"))
                == [
                    "1.yaml:5:22 selector-unmatched", "1.yaml:5:51 selector-unmatched",
                    "1.yaml:5:65 selector-unmatched",
                ]
        )
    }

    @Test func `a document whose entries fit, but no record all of them, matches nothing (case 28)`() throws {
        #expect(
            try idle(Self.policy("a", "{metadata: {product: support, project: pilot}}")) == [
                "1.yaml:1:1 matched-nothing"
            ])
    }

    @Test func `an exception that excepts nothing is unused, and one that does is not`() throws {
        let policy = Self.policy("a", "{kinds: [thread]}")
        func exception(_ match: String) -> String {
            Self.document("PolicyException", "e", "{policies: [a], reason: x, match: \(match), expiresAt: 2027-03-31}")
        }
        #expect(try idle(policy, exception("{metadata: {project: pilot}}")) == ["2.yaml:1:1 exception-unused"])
        #expect(try idle(policy, exception("{metadata: {product: support}}")) == [])
        #expect(
            try idle(policy, exception("{metadata: {product: suport}}")) == ["2.yaml:5:58 selector-unmatched"])
    }
}
