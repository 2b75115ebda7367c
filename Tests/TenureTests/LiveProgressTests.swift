import Files
import Foundation
import TestSupport
import Testing

@testable import tenure

@Suite struct LiveProgressTests {
    /// What a scan of a service writes to standard error.
    private func errors(isWatched: Bool) async throws -> String {
        let scratch = try Scratch()
        let twin = try RunningTwin("--seed", "1", "--threads", "50", "--port", "0", temporary: scratch.path)
        let key = try scratch.write("key", "sk-twin")
        try scratch.write(
            "policies/source.yaml",
            """
            apiVersion: tenure/v1
            kind: Source
            metadata: {name: estate}
            spec: {type: openai, address: '\(twin.address)', credentials: {file: \(key)}}
            """)
        // The tests of this process share a directory, in which the usual ledger would be.
        let words = [
            "scan", "--policies", scratch.path("policies"), "--as-of", "2026-11-20T00:00:00Z", "--ledger",
            scratch.path("ledger.db"),
        ]
        // The command waits on the thread that it runs on, as none of the pool may.
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var errors = ""
                let console = Console(showsProgress: isWatched, output: { _ in }, error: { errors += $0 })
                errors += "exit \(Tenure.run(words, console).rawValue)"
                continuation.resume(returning: errors)
            }
        }
    }

    @Test func `a scan of a service tells a person how far it is, and takes the line away`() async throws {
        let errors = try await errors(isWatched: true)
        #expect(errors.contains(/\r\x{1B}\[Kreading estate: \d+ pages, \d+ records, \d+ lists left/))
        #expect(errors.contains(/\r\x{1B}\[Kexit \d/))
    }

    @Test func `a scan of a service tells a CI job nothing`() async throws {
        #expect(!(try await errors(isWatched: false)).contains("reading"))
    }
}
