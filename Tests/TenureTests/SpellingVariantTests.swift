import Foundation
import TestSupport
import Testing

@testable import tenure

/// Two spellings of a letter are two keys, and two ids: sources compare bytes, and Swift's strings do not (case 88).
@Suite struct SpellingVariantTests {
    private static let composed = "cl\u{E9}"
    private static let decomposed = "cle\u{301}"

    private static let rules = """
        apiVersion: tenure/v1
        kind: HoldRegister
        metadata: {name: holds}
        spec: {asOf: 2026-11-19, maxAge: 7d, holds: [matter]}
        ---
        apiVersion: tenure/v1
        kind: RetentionPolicy
        metadata: {name: threads}
        spec: {match: {kinds: [thread]}, clock: {from: created}, keep: {atMost: 30d}, whenDue: delete}
        ---

        """

    /// A thread, and every kind that could protect it read to its end.
    private func write(_ threads: String, in scratch: Scratch) throws {
        let kinds = [
            "messages", "runs", "run_steps", "files", "vector_stores", "vector_store_files", "assistants", "batches",
            "uploads", "containers", "container_files", "responses", "conversations", "conversation_items",
        ]
        for kind in kinds { try scratch.write("export/\(kind).ndjson", "") }
        try scratch.write("export/threads.ndjson", threads)
    }

    private func thread(_ id: String, _ metadata: String) -> String {
        "{\"id\":\"\(id)\",\"object\":\"thread\",\"created_at\":1700000000,\"metadata\":{\(metadata)}}\n"
    }

    @Test(arguments: [(composed, decomposed), (decomposed, composed)])
    func `a hold by a metadata key stands, whoever else names the key in another spelling`(
        key: String, other: String
    ) throws {
        let scratch = try Scratch()
        try write(thread("t1", "\"\(key)\":\"x\""), in: scratch)
        try scratch.write(
            "policies/a.yaml",
            Self.rules
                + """
                apiVersion: tenure/v1
                kind: LegalHold
                metadata: {name: matter}
                spec: {match: {kinds: [thread], metadata: {"\(key)": x}}, from: 2026-01-01}
                """)
        try scratch.write(
            "policies/b.yaml",
            """
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: files}
            spec:
              match: {kinds: [file], where: "has(object.metadata['\(other)']) && object.metadata['\(key)'] == 'y'"}
              clock: {from: created}
              keep: {atMost: 30d}
            """.replacing("has(object.metadata['\(other)'])", with: "'\(other)' in object.metadata"))
        let words = [
            "--export", scratch.path("export"), "--policies", scratch.path("policies"), "--as-of", ExitCodeTests.asOf,
        ]
        let scan = Transcript(["scan"] + words)
        #expect(scan.output.contains("may go now  0") && scan.output.contains("held"), "\(scan.output)\(scan.errors)")
        let explanation = Transcript(["explain", "t1"] + words)
        #expect(explanation.output.contains("hold matter matches: its matter is on the record"))
    }

    @Test func `a condition that reads two spellings of a key reads both`() throws {
        let scratch = try Scratch()
        let (one, two) = (Self.composed, Self.decomposed)
        try write(
            thread("neither", "") + thread("one", "\"\(one)\":\"x\"") + thread("two", "\"\(two)\":\"x\"")
                + thread("both", "\"\(one)\":\"x\",\"\(two)\":\"x\""), in: scratch)
        try scratch.write(
            "policies/a.yaml",
            Self.rules.replacing("holds: [matter]", with: "holds: []").replacing(
                "{kinds: [thread]}",
                with: "{kinds: [thread], where: \"'\(one)' in object.metadata && '\(two)' in object.metadata\"}"))
        let run = Transcript(
            "scan", "--export", scratch.path("export"), "--policies", scratch.path("policies"), "--as-of",
            ExitCodeTests.asOf, "--format", "json")
        let report = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        let findings = try #require(report["findings"] as? [[String: Any]])
        #expect(findings.map { $0["id"] as? String } == ["both"], "\(run.errors)")
    }

    @Test func `a baseline of one id is none of another spelling's`() throws {
        let scratch = try Scratch()
        try write(thread(Self.composed, ""), in: scratch)
        try scratch.write("policies/a.yaml", Self.rules.replacing("holds: [matter]", with: "holds: []"))
        let words = [
            "scan", "--export", scratch.path("export"), "--policies", scratch.path("policies"), "--as-of",
            ExitCodeTests.asOf, "--baseline", scratch.path("baseline.json"),
        ]
        #expect(Transcript(words + ["--update-baseline", "--accept-new"]).exitCode == .clean)
        #expect(Transcript(words).exitCode == .clean)
        try write(thread(Self.decomposed, ""), in: scratch)
        let run = Transcript(words)
        #expect(run.exitCode == .violations && run.output.contains("met by no finding"), "\(run.output)")
    }
}
