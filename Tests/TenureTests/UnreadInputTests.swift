import Foundation
import TestSupport
import Testing

/// Nobody reads exit code 0 off a run that did not see everything, whatever stands in the place of files.
@Suite struct UnreadInputTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write("export/threads.ndjson", #"{"id":"t","object":"thread","created_at":1795000000}"# + "\n")
        try scratch.write(
            "policies/a.yaml",
            """
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: a}
            spec: {match: {kinds: [thread]}, clock: {from: created}, keep: {atMost: 90d}}
            """)
    }

    private func scan() throws -> Tool.Outcome {
        try Tool.tenure(
            "scan", "--export", scratch.path("export"), "--policies", scratch.path("policies"), "--as-of",
            ExitCodeTests.asOf)
    }

    private func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: scratch.path(name), withDestinationPath: target)
    }

    @Test func `with nothing but files it ends with 0`() throws {
        let outcome = try scan()
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }

    @Test(arguments: [
        ("threads-2.ndjson", "/nowhere"), ("archive", "/nowhere"), ("archive", "archive"),
        ("threads-2.ndjson", "/dev/zero"), ("messages.json", "/dev/null"),
    ])
    func `a link in an export that leads to no file ends with 3 and is named (case 65)`(
        name: String, target: String
    ) throws {
        try link("export/\(name)", to: target)
        let outcome = try scan()
        #expect(outcome.status == 3 && outcome.output.contains("(\(name):1)"), "\(outcome.output)")
    }

    @Test func `a pipe in an export ends with 3, and nobody waits for it (case 65)`() throws {
        try #require(mkfifo(scratch.path("export/messages.ndjson"), 0o600) == 0)
        let outcome = try scan()
        #expect(outcome.status == 3 && outcome.output.contains("(messages.ndjson:1)"), "\(outcome.output)")
    }

    @Test func `links of an export and of policies that lead in circles end`() throws {
        for number in 1...30 {
            try link("export/l\(number)", to: ".")
            try link("policies/l\(number)", to: "../policies")
        }
        let outcome = try scan()
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }

    @Test(arguments: [("hold.yaml", "/dev/zero"), ("hold.yaml", "/nowhere"), ("teams", "/nowhere"), ("x", "x")])
    func `a link among the policies that leads to no file ends with 2 and is named`(
        name: String, target: String
    ) throws {
        try link("policies/\(name)", to: target)
        let outcome = try scan()
        #expect(outcome.status == 2 && outcome.output.isEmpty)
        #expect(outcome.errors.contains("policies/\(name): error: cannot "), "\(outcome.errors)")
    }

    @Test func `a pipe among the policies ends with 2, and nobody waits for it`() throws {
        try #require(mkfifo(scratch.path("policies/hold.yaml"), 0o600) == 0)
        let outcome = try scan()
        #expect(outcome.status == 2 && outcome.errors.contains("hold.yaml: error: cannot read"), "\(outcome.errors)")
    }
}
