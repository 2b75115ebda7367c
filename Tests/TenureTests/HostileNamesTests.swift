import Foundation
import TestSupport
import Testing

/// Whoever chooses a file's name or an id does not choose what a terminal does.
@Suite struct HostileNamesTests {
    private static let hostile = "a\nCLEAN: no violation\u{1B}[2J\u{202E}b"
    private static let shown = #"a\nCLEAN: no violation\u{1B}[2J\u{202E}b"#
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        let id = try String(decoding: JSONEncoder().encode(Self.hostile), as: UTF8.self)
        try scratch.write(
            "export/threads-\(Self.hostile).ndjson",
            #"{"id":\#(id),"object":"thread","created_at":1700000000}"# + "\ntorn\n")
        try scratch.write(
            "policies/\(Self.hostile).yaml",
            """
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: a}
            spec: {match: {kinds: [thread]}, clock: {from: created}, keep: {atMost: 90d}}
            """)
    }

    private func run(_ words: String...) throws -> Tool.Outcome {
        try Tool.run(
            Tool.binary.path,
            words + [
                "--export", scratch.path("export"), "--policies", scratch.path("policies"), "--as-of",
                ExitCodeTests.asOf,
            ])
    }

    private func expectVisible(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(text.contains(Self.shown), "\(text)", sourceLocation: sourceLocation)
        #expect(!text.contains(Self.hostile), "\(text)", sourceLocation: sourceLocation)
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
        #expect(!text.unicodeScalars.contains("\u{202E}"))
        #expect(!text.contains("\nCLEAN"))
    }

    @Test func `the summary writes them out (case 78)`() throws {
        expectVisible(try run("scan").output)
    }

    @Test func `an explanation writes them out`() throws {
        let outcome = try run("explain", Self.hostile)
        #expect(outcome.status == 0)
        expectVisible(outcome.output)
        let unknown = try run("explain", Self.hostile + "?")
        #expect(unknown.status == 2)
        expectVisible(unknown.errors)
    }

    @Test func `lint and the errors of a scan write them out`() throws {
        try scratch.write("policies/\(Self.hostile).yaml", "apiVersion: tenure/v1\nkind: \"x\\e[2J\"\n")
        expectVisible(try Tool.tenure("lint", "--policies", scratch.path("policies")).output)
        expectVisible(try run("scan").errors)
        expectVisible(try Tool.tenure("scan", "--export", scratch.path(Self.hostile)).errors + Self.shown)
        expectVisible(try Tool.tenure("scan", "--\(Self.hostile)").errors)
    }

    @Test func `JSON is JSON`() throws {
        let outcome = try run("scan", "--format", "json")
        let report = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        let findings = try #require(report?["findings"] as? [[String: Any]])
        #expect(findings.map { $0["id"] as? String } == [Self.hostile])
        let problems = try #require(report?["problems"] as? [[String: Any]])
        #expect(problems.first?["file"] as? String == "threads-\(Self.hostile).ndjson")
    }
}
