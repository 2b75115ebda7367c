import Chronology
import Evaluation
import Foundation
import Policies
import Reports
import TestSupport
import Testing
import XML

@Suite struct TestReportTests {
    private static let documents = """
        apiVersion: tenure/v1
        kind: RetentionPolicy
        metadata: {name: threads}
        spec: {match: {kinds: [thread]}, clock: {from: created}, keep: {atMost: 30d}}
        ---
        apiVersion: tenure/v1
        kind: PolicyTest
        metadata: {name: "b"}
        spec:
          asOf: 2026-11-20
          records:
          - {kind: thread, id: "t ]]> <é>", created: 2026-01-01}
          - {kind: thread, id: old, source: prod, created: 2026-01-01}
          - {kind: thread, id: new, created: 2026-11-19}
          expect:
          - {policy: threads, id: "t ]]> <é>", state: due}
          - {policy: threads, id: new, state: allowed}
          - {policy: threads, id: new, state: allowed, mayGo: false}
        ---
        apiVersion: tenure/v1
        kind: PolicyTest
        metadata: {name: a.b}
        spec:
          asOf: 2026-11-20T00:00:00.5Z
          records: [{kind: thread, id: t, created: 2026-11-19}]
          expect: [{policy: threads, id: t, state: allowed}]
        ---

        """

    @Test func `what a test names does not steer the terminal`() throws {
        let text = """
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: threads}
            spec: {match: {kinds: [thread]}, clock: {from: created}, keep: {atMost: 30d}}
            ---
            apiVersion: tenure/v1
            kind: PolicyTest
            metadata: {name: t}
            spec:
              asOf: 2026-11-20
              records: [{kind: thread, id: "a\\e[2J\\nall passed", created: 2026-01-01}]
              expect: [{policy: threads, id: "a\\e[2J\\nall passed", state: allowed}]
            """
        let loaded = PolicyLoader.load(files: [("t.yaml", Array(text.utf8))], asOf: Instant(seconds: 0))
        let report = TestReport(try #require(TestRun(loaded)), failUnder: 0, toolVersion: "1")
        #expect(
            report.text.contains(#"threads atMost on thread/a\u{1B}[2J\nall passed: expected allowed, found overdue"#))
        #expect(
            !report.text.contains("\u{1B}")
                && !report.text.split(separator: "\n").contains { $0.hasPrefix("all passed") })
    }

    private func report(failUnder: Int = 0, reversed: Bool = false) throws -> TestReport {
        var parts = Self.documents.split(separator: "---\n").map(String.init)
        if reversed { parts.reverse() }
        // Each document keeps its file, so that places do not depend on the order in which files are read.
        let files = parts.enumerated().map { index, text in
            (path: "\(reversed ? parts.count - 1 - index : index).yaml", bytes: Array(text.utf8))
        }
        let loaded = PolicyLoader.load(files: files, asOf: Instant(seconds: 0))
        try #require(!loaded.hasErrors, "\(DiagnosticReport.text(loaded.diagnostics))")
        return TestReport(try #require(TestRun(loaded)), failUnder: failUnder, toolVersion: "1.2.3")
    }

    private func junit(_ report: TestReport) throws -> String {
        var bytes: [UInt8] = []
        try report.writeJUnit { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `the text names place, expectation, finding, reason and next step of each failure, and what is missing`()
        throws
    {
        let text = try report(failUnder: 40).text
        #expect(
            text == """
                FAILED b
                  1.yaml:11:5: threads atMost on thread/t ]]> <é>: expected due, found overdue
                    because: at most P30D after its creation 2026-01-01T00:00:00Z; due since 2026-01-31T00:00:00Z, overdue since 2026-01-31T00:00:00Z
                    next: if the policy is right, expect state: overdue; else change the policy at 0.yaml:1:1
                  1.yaml:8:5: threads atMost on thread/old: expected nothing, found overdue
                    because: at most P30D after its creation 2026-01-01T00:00:00Z; due since 2026-01-31T00:00:00Z, overdue since 2026-01-31T00:00:00Z
                    next: if it is right, expect it: {policy: threads, id: old, rule: atMost, state: overdue}; or name the policies that take part

                NOT COVERED
                  threads atMost overdue
                    such as, as of 2026-11-20T00:00:00.5Z:
                      - {kind: thread, id: thread-3, created: 2026-10-21T00:00:00.5Z}
                  threads atMost undetermined
                    such as, as of 2026-11-20T00:00:00.5Z:
                      - {kind: thread, id: thread-9, created: missing}

                2 tests, 1 failed; 1 of 3 states covered (33 %)
                FAILED: --fail-under 40 asks for more coverage

                """)
    }

    @Test func `a run is passed where all tests are and enough is covered`() throws {
        #expect(try !report().isPassed)
        let passing = Self.documents.split(separator: "---\n").map(String.init).filter { !$0.contains("\"b\"") }
        let files = [(path: "p.yaml", bytes: Array(passing.joined(separator: "---\n").utf8))]
        let run = try #require(TestRun(PolicyLoader.load(files: files, asOf: Instant(seconds: 0))))
        #expect(TestReport(run, failUnder: 33, toolVersion: "1").isPassed)
        #expect(!TestReport(run, failUnder: 34, toolVersion: "1").isPassed)
    }

    @Test func `the same documents give the same bytes, whatever the order of their files`() throws {
        let first = try report()
        let second = try report(reversed: true)
        #expect(first.text == second.text && first.json == second.json)
        #expect(try junit(first) == junit(second))
    }

    @Test func `JSON holds every expectation, failure and state`() throws {
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(report(failUnder: 40).json)) as? [String: Any])
        #expect(object["passed"] as? Bool == false && object["tests"] as? Int == 2 && object["failed"] as? Int == 1)
        let outcomes = try #require(object["outcomes"] as? [[String: Any]])
        #expect(outcomes.map { $0["name"] as? String } == ["a.b", "b"])
        let expectations = try #require(outcomes[1]["expectations"] as? [[String: Any]])
        #expect(expectations.map { $0["met"] as? Bool } == [false, true, true])
        let failures = try #require(outcomes[1]["failures"] as? [[String: Any]])
        #expect(failures.map { $0["found"] as? String } == ["overdue", "overdue"])
        #expect(failures.map { $0["source"] as? String } == ["test", "prod"])
        let coverage = try #require(object["coverage"] as? [String: Any])
        #expect(coverage["percent"] as? Int == 33 && coverage["failUnder"] as? Int == 40)
        #expect((coverage["items"] as? [[String: Any]])?.map { $0["covered"] as? Bool } == [false, false, true])
    }

    @Test func `JSON is what its schema says, and so is that of a run without a result`() throws {
        let schema = Schema(try JSONValue(parsing: TestReport.schema.utf8))
        for failUnder in [0, 40] {
            #expect(try schema.problems(in: JSONValue(parsing: report(failUnder: failUnder).json)) == [])
        }
        let scratch = try Scratch()
        let aborted = AbortedReport(
            verb: .test, reason: "no tests", asOf: .beginning, toolVersion: "1.2.3", exitCode: 2)
        try aborted.write(to: [ReportTarget(format: .json, path: scratch.path("a.json"))])
        let report = try JSONValue(parsing: scratch.text("a.json").utf8)
        #expect(schema.problems(in: report) == [])
        for member in ["passed", "tests", "failed", "outcomes", "coverage"] { #expect(report.members[member] == .null) }
        #expect(report["incomplete"].elements.map { $0["message"].text } == ["no tests"])
        #expect(report["exitCode"] == .integer(2))
    }

    @Test func `an exception is named with ticket and last day in JSON, text and JUnit`() throws {
        let documents = Self.documents.replacing(
            "---\napiVersion: tenure/v1\nkind: PolicyTest\nmetadata: {name: \"b\"}",
            with: """
                ---
                apiVersion: tenure/v1
                kind: PolicyException
                metadata: {name: pilot}
                spec: {policies: [threads], match: {}, reason: r, ticket: PRIV-1, owner: o, expiresAt: 2026-12-31}
                ---
                apiVersion: tenure/v1
                kind: PolicyTest
                metadata: {name: "b"}
                """)
        let loaded = PolicyLoader.load(
            files: [(path: "p.yaml", bytes: Array(documents.utf8))], asOf: Instant(seconds: 0))
        let report = TestReport(try #require(TestRun(loaded)), failUnder: 0, toolVersion: "1")
        let json = try JSONValue(parsing: report.json)
        let cited = JSONValue.object([
            "name": .string("pilot"), "ticket": .string("PRIV-1"), "expiresAt": .string("2026-12-31"),
        ])
        let outcome = json["outcomes"].elements[1]
        #expect(outcome["expectations"].elements.map { $0["exception"] } == [cited, .null, .null])
        #expect(outcome["failures"].elements.map { $0["exception"] } == [cited, cited])
        #expect(Schema(try JSONValue(parsing: TestReport.schema.utf8)).problems(in: json) == [])
        #expect(report.text.contains("excepted by pilot until 2026-12-31 (PRIV-1)"))
        #expect(try junit(report).contains("excepted by pilot until 2026-12-31 (PRIV-1)"))
    }

    @Test
    func `JUnit has a suite for each test with a case for each expectation and finding, and one for the coverage`()
        throws
    {
        let suites = try ReadSuite.all(junit(report(failUnder: 40)))
        #expect(suites.map(\.name) == ["a.b", "b", "test-coverage"])
        #expect(suites.map { $0.cases.count } == [1, 4, 4])
        #expect(suites.map { $0.count("failure") } == [0, 2, 1])
        #expect(suites.map { $0.count("skipped") } == [0, 0, 2])
        let names = suites.flatMap(\.cases).map { "\($0.classname) \($0.name)" }
        #expect(Set(names).count == names.count)
        #expect(names.contains("tenure.test.b threads atMost prod/thread/old unexpected"))
        #expect(names.contains("tenure.test.b threads atMost thread/new #2"))
        #expect(names.contains("tenure.test.a%2Eb threads atMost thread/t"))
        #expect(suites[1].cases.first?.message?.hasPrefix("1.yaml:11:5: threads atMost on thread/t ]]>") == true)
        for suite in suites {
            #expect(suite.attributes["tests"] == String(suite.cases.count))
            #expect(suite.attributes["timestamp"] == "2026-11-20T00:00:00")
        }
    }

    private static let schemas = Checkout.shared("schemas")

    @Test(
        .enabled(if: Checkout.hasShared("schemas"), "needs the schemas in ../shared"),
        arguments: ["jenkins-xunit-junit-10.xsd", "windyroad-JUnit.xsd"])
    func `JUnit of tests is valid against both schemas (case 78)`(name: String) throws {
        let schema = try XMLSchema(Array(Data(contentsOf: Self.schemas.appending(path: name))))
        for failUnder in [0, 40] {
            #expect(try schema.problems(in: Array(junit(report(failUnder: failUnder)).utf8)) == [])
        }
    }
}
