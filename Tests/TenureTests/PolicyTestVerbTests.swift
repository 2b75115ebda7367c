import Foundation
import TestSupport
import Testing

@testable import tenure

@Suite struct PolicyTestVerbTests {
    private static let policies = Checkout.policies

    private static let policy = """
        apiVersion: tenure/v1
        kind: RetentionPolicy
        metadata: {name: files}
        spec: {match: {kinds: [file]}, clock: {from: created}, keep: {atMost: 30d}, whileUsed: delete}
        """

    private func test(_ state: String) -> String {
        """
        apiVersion: tenure/v1
        kind: PolicyTest
        metadata: {name: files}
        spec:
          asOf: 2026-11-20
          records: [{kind: file, id: f, created: 2026-01-01}]
          expect: [{policy: files, id: f, state: \(state)}]
        """
    }

    @Test func `the shipped tests pass and cover everything`() {
        let run = Transcript("test", "--policies", Self.policies, "--fail-under", "100")
        #expect(run.exitCode == .clean && run.errors.isEmpty, "\(run.output)")
        #expect(run.output.contains("all passed") && run.output.hasSuffix("(100 %)\n"))
    }

    @Test func `a failed test ends with exit code 1, and its reports are written`() throws {
        let scratch = try Scratch()
        try scratch.write("policies/files.yaml", Self.policy)
        try scratch.write("policies/tests/files.yaml", test("due"))
        let run = Transcript(
            "test", "--policies", scratch.path("policies"), "--report", "junit=\(scratch.path("out/test.xml"))",
            "--report", "json=\(scratch.path("out/test.json"))")
        #expect(run.exitCode == .violations)
        #expect(run.output.contains("tests/files.yaml:7:12: files atMost on file/f: expected due, found overdue"))
        #expect(
            try String(contentsOf: scratch.url.appending(path: "out/test.xml"), encoding: .utf8).contains("<failure"))
        let json = Transcript("test", "--policies", scratch.path("policies"), "--format", "json")
        #expect(json.exitCode == .violations)
        #expect(
            try String(contentsOf: scratch.url.appending(path: "out/test.json"), encoding: .utf8) == json.output)
    }

    @Test(arguments: [(33, ExitCode.clean), (34, .violations)])
    func `coverage below --fail-under ends with exit code 1`(percent: Int, exitCode: ExitCode) throws {
        let scratch = try Scratch()
        try scratch.write("policies/files.yaml", Self.policy)
        try scratch.write("policies/tests/files.yaml", test("overdue"))
        let run = Transcript("test", "--policies", scratch.path("policies"), "--fail-under", "\(percent)")
        #expect(run.exitCode == exitCode, "\(run.output)")
        #expect(run.output.contains("1 of 3 states covered (33 %)"))
    }

    @Test func `broken documents and no tests end with exit code 2, and JUnit says so`() throws {
        let scratch = try Scratch()
        try scratch.write("policies/files.yaml", Self.policy)
        let none = Transcript("test", "--policies", scratch.path("policies"))
        #expect(none.exitCode == .usage && none.errors.contains("has no PolicyTest"))
        try scratch.write("policies/tests/files.yaml", test("late"))
        let report = scratch.path("test.xml")
        let broken = Transcript("test", "--policies", scratch.path("policies"), "--report", "junit=\(report)")
        #expect(
            broken.exitCode == .usage && broken.errors.contains("tests/files.yaml:7:42: error: unknown state 'late'"))
        let junit = try String(contentsOf: URL(filePath: report), encoding: .utf8)
        #expect(junit.contains("name=\"test\"") && junit.contains("unknown state"))
    }

    @Test(arguments: [["--fail-under", "101"], ["--fail-under", "x"], ["--report", "xml=a"]])
    func `what makes no sense ends with exit code 2`(words: [String]) {
        let run = Transcript(["test", "--policies", Self.policies] + words)
        #expect(run.exitCode == .usage && run.output.isEmpty && run.errors.hasPrefix("tenure: test: "))
    }

    @Test func `a scan and its policy digest do not know the tests`() throws {
        let scratch = try Scratch()
        try scratch.write("export/files.ndjson", "")
        try scratch.write("policies/files.yaml", Self.policy)
        func report() -> String {
            Transcript(
                "scan", "--policies", scratch.path("policies"), "--export", scratch.path("export"), "--as-of",
                "2026-11-20T00:00:00Z", "--format", "json"
            ).output
        }
        let before = report()
        #expect(before.contains("policyDigest"))
        try scratch.write("policies/tests/files.yaml", test("overdue"))
        #expect(report() == before)
    }
}
