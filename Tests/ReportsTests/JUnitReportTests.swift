import Chronology
import Foundation
import Policies
import Reports
import TestSupport
import Testing
import XML

@Suite struct JUnitReportTests {
    /// Estates that a writer could stumble over.
    static let samples = [
        SampleResult(), SampleResult(isEmpty: true, isTorn: false), SampleResult(mode: .observe),
        SampleResult(onUndetermined: .report, requireCoverage: false, isTorn: false),
        SampleResult(prefix: "\u{1}\u{0}]]><b>&\"' \t\n\u{FFFE}\u{202E}😀 "),
        SampleResult(prefix: String(repeating: "é", count: 40_000)),
        SampleResult(sourceName: "a.b", policyName: "c.d"), SampleResult(hasLost: true),
    ]

    @Test func `the report of the sample is the expected file`() throws {
        #expect(try SampleResult().report().junit() == Expected.junit)
    }

    @Test(arguments: samples)
    func `every suite is complete, counted right, and in the order that the schemas ask for (case 78)`(
        sample: SampleResult
    ) throws {
        let suites = try ReadSuite.all(sample.report().junit())
        #expect(suites.map(\.attributes["id"]) == suites.indices.map(String.init))
        for suite in suites {
            let expected = [
                "name", "timestamp", "hostname", "tests", "failures", "errors", "skipped", "time", "id", "package",
            ]
            #expect(Set(suite.attributes.keys) == Set(expected))
            #expect(suite.attributes["timestamp"] == "2026-11-20T00:00:00")
            #expect(suite.attributes["tests"] == String(suite.cases.count))
            #expect(suite.attributes["failures"] == String(suite.count("failure")))
            #expect(suite.attributes["errors"] == String(suite.count("error")))
            #expect(suite.attributes["skipped"] == String(suite.count("skipped")))
            #expect(!suite.cases.isEmpty)
            let cases = Array(repeating: "testcase", count: suite.cases.count)
            #expect(suite.children == ["properties"] + cases + ["system-out", "system-err"])
        }
        #expect(suites.map(\.name).contains(sample.policyName))
        #expect(suites.last?.name == "reading")
    }

    @Test(arguments: samples)
    func `no two cases have classname and name in common, whatever a viewer makes of white space (case 78)`(
        sample: SampleResult
    ) throws {
        let cases = try ReadSuite.all(sample.report().junit()).flatMap(\.cases)
        let names = cases.map {
            "\($0.classname)\t\($0.name.split(whereSeparator: \.isWhitespace).joined(separator: " "))"
        }
        #expect(Set(names).count == names.count)
        for one in cases {
            #expect(one.name.utf8.count < 400)
            #expect(one.text.utf8.count < 17_000)
        }
    }

    private static let schemas = Checkout.shared("schemas")

    @Test(
        .enabled(if: Checkout.hasShared("schemas"), "needs the schemas in ../shared"),
        arguments: ["jenkins-xunit-junit-10.xsd", "windyroad-JUnit.xsd"])
    func `every report is valid against both schemas (case 78)`(name: String) throws {
        let schema = try XMLSchema(Array(Data(contentsOf: Self.schemas.appending(path: name))))
        for sample in Self.samples {
            for redacts in [false, true] {
                #expect(try schema.problems(in: Array(sample.report(redacts: redacts).junit().utf8)) == [])
            }
        }
        #expect(try schema.problems(in: Array(aborted("a\u{1}\nb").utf8)) == [])
    }

    @Test func `violations fail, what is not known is an error, and what is held or excepted is skipped`() throws {
        let suite = try #require(try ReadSuite.all(SampleResult().report().junit()).first { $0.name == "files" })
        let outcomes = Dictionary(suite.cases.map { ($0.name, $0.outcome) }) { first, _ in first }
        #expect(outcomes["file/file-overdue atMost"] == "failure")
        #expect(outcomes["file/file-undetermined atMost"] == "error")
        #expect(outcomes["file/file-held atMost"] == "skipped")
        #expect(outcomes["file/file-excepted atMost"] == "skipped")
        for passing in ["due", "in-use", "kept"] {
            #expect(outcomes["file/file-\(passing) atMost"] == .some(nil), "\(passing)")
        }
        let held = suite.cases.first { $0.name == "file/file-held atMost" }
        #expect(held?.message?.contains("matter-7") == true)
        let excepted = suite.cases.first { $0.name == "file/file-excepted atMost" }
        #expect(excepted?.message?.contains("pilot") == true)
    }

    @Test func `a policy that is only observed never fails, and says why not`() throws {
        let suites = try ReadSuite.all(SampleResult(mode: .observe).report().junit())
        let suite = try #require(suites.first { $0.name == "files" })
        #expect(suite.count("failure") == 0)
        let overdue = suite.cases.first { $0.name == "file/file-overdue atMost" }
        #expect(overdue?.outcome == "skipped")
        #expect(overdue?.message?.hasPrefix("overdue (not enforced): ") == true)
    }

    @Test func `a validation that is false fails under its name, and one that fails is an error`() throws {
        let suite = try #require(try ReadSuite.all(SampleResult().report().junit()).first { $0.name == "sharing" })
        #expect(
            suite.cases.map(\.name) == ["access policy", "file/file-in-use unused", "file/file-in-use dated-owner"])
        #expect(suite.cases.map(\.outcome) == [nil, "failure", "error"])
        #expect(suite.cases[1].message == "denied: assistant/file-user uses it")
        let observed = try ReadSuite.all(SampleResult(mode: .observe).report().junit())
        #expect(observed.first { $0.name == "sharing" }?.cases.map(\.outcome) == [nil, "skipped", "error"])
    }

    @Test func `what is undetermined and only to be reported is skipped`() throws {
        let suites = try ReadSuite.all(SampleResult(onUndetermined: .report).report().junit())
        let suite = try #require(suites.first { $0.name == "files" })
        #expect(suite.count("error") == 0)
        #expect(suite.cases.first { $0.name == "file/file-undetermined atMost" }?.outcome == "skipped")
    }

    @Test func `what could not be read is an error, with its place in the text and not in the name`() throws {
        let suite = try #require(try ReadSuite.all(SampleResult().report().junit()).last)
        let torn = suite.cases.first { $0.name == "malformed-line files.ndjson" }
        #expect(torn?.outcome == "error")
        #expect(torn?.classname == "tenure.export.reading")
        #expect(torn?.text.hasSuffix("files.ndjson:40") == true)
    }

    @Test func `an empty scan has a case for each policy and is not a green nothing`() throws {
        let suites = try ReadSuite.all(SampleResult(isEmpty: true, isTorn: false).report().junit())
        #expect(suites.map(\.name) == ["files", "forever", "minimum", "sharing", "reading"])
        #expect(
            suites.dropLast().map { $0.cases.map(\.name) } == [["policy"], ["policy"], ["policy"], ["access policy"]])
        #expect(suites.last?.count("error") == 1)
    }

    private func aborted(_ reason: String) throws -> String {
        let scratch = try Scratch()
        try SampleResult.aborted(reason).write(to: [ReportTarget(format: .junit, path: scratch.path("a.xml"))])
        return try scratch.text("a.xml")
    }

    @Test(arguments: [
        "policies/a.yaml:3:1: unknown key\npolicies/a.yaml:9:2: <b>", "", "\u{1}]]>",
        String(repeating: "x\n", count: 20_000),
    ])
    func `an aborted run leaves one case, which is an error with the reason`(reason: String) throws {
        let text = try aborted(reason)
        let suite = try #require(try ReadSuite.all(text).first)
        #expect(suite.attributes["tests"] == "1")
        #expect(suite.attributes["errors"] == "1")
        #expect(suite.cases.map(\.outcome) == ["error"])
        #expect(text.utf8.count < 32_000)
    }

    @Test func `the reason of an aborted run begins both message and text`() throws {
        let suites = try ReadSuite.all(aborted("a.yaml:3:1: unknown key\na.yaml:9:2: <b>"))
        #expect(suites.first?.cases.first?.message == "a.yaml:3:1: unknown key")
        #expect(suites.first?.cases.first?.text == "a.yaml:3:1: unknown key\na.yaml:9:2: <b>")
    }
}
