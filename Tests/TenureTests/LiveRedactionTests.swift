import Foundation
import TestSupport
import Testing

/// The paths of requests say where something is wrong, and hold ids.
@Suite struct LiveRedactionTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func `a redacted report of a service shows no id in the place of a problem`() throws {
        let message = #"{"id":"msg_raw1","object":"thread.message","created_at":1763596800000}"#
        let service = try ScriptedService([
            "/threads/thread_raw1": .record(#"{"id":"thread_raw1","object":"thread","created_at":1763596800}"#),
            "/threads/thread_raw1/messages": .list([message]),
            "/threads/thread_raw1/runs": .list([]),
            "/vector_stores": .list([#"{"id":"vs_raw1","object":"vector_store","created_at":1763596800}"#]),
            "/vector_stores/vs_raw1/files": .list([#"{"object":"vector_store.file"}"#]),
        ])
        try scratch.write("ids.csv", "id,kind,tenant\nthread_raw1,thread,a\nthread_raw1,thread,b\n")
        try scratch.write(
            "p/source.yaml",
            """
            apiVersion: tenure/v1
            kind: Source
            metadata: {name: service}
            spec: {type: openai, address: '\(service.address)', credentials: {env: TWIN_KEY}, registry: [{file: ids.csv}]}
            """)
        let open = try scan()
        #expect(open.contains("/threads/thread_raw1/messages:1") && open.contains("/vector_stores/vs_raw1/files:1"))
        let redacted = try scan("--redact")
        #expect(!redacted.contains("_raw1"), "\(redacted)")
        #expect(redacted.contains(/\/threads\/r-[0-9a-f]{16}\/messages:1/))
        #expect(redacted.contains(/"file":"\/vector_stores\/r-[0-9a-f]{16}\/files"/))
        // A registry's own name holds no id.
        #expect(redacted.contains("ids.csv:3"))
    }

    /// What is printed and written, in all forms.
    private func scan(_ more: String...) throws -> String {
        let outcome = try Tool.run(
            Tool.binary.path,
            [
                "scan", "--policies", "p", "--as-of", "2026-11-20T00:00:00Z", "--report", "json=report.json",
                "--report", "junit=report.xml", "--report", "sarif=report.sarif",
            ] + more, in: scratch.url, environment: ["TWIN_KEY": "sk-twin"])
        return try outcome.output + outcome.errors
            + ["report.json", "report.xml", "report.sarif"].map(scratch.text).joined()
    }
}
