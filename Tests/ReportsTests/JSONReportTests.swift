import Chronology
import Evaluation
import Foundation
import Policies
import Records
import Reports
import TestSupport
import Testing

@Suite struct JSONReportTests {
    @Test func `the report of the sample is the expected file`() throws {
        #expect(try SampleResult().report().json() == Expected.json)
    }

    @Test func `every finding of the result is there, in order, with its fields`() throws {
        let result = try SampleResult().make()
        let report = try JSONValue(parsing: ScanReport(result, toolVersion: "1.2.3").json().utf8)
        let written = report["findings"].elements
        try #require(written.count == result.findings.count)
        for (finding, json) in zip(result.findings, written) {
            let policy = finding.policy.map { result.policies.retention[$0] }
            let access = finding.accessPolicy.map { result.policies.access[$0] }
            let rule = finding.validation.flatMap { access?.validations[$0].name } ?? finding.rule.rawValue
            let expected: [String: JSONValue] = [
                "policy": (policy?.name ?? access?.name).map { .string($0) } ?? .null,
                "rule": .string(rule),
                "severity": .string(finding.severity.name),
                "controls": .array((policy?.controls ?? access?.controls ?? []).map(JSONValue.string)),
                "source": .string("export"),
                "kind": .string(result.inventory.kinds[finding.row].name),
                "id": .string(result.inventory.id(finding.row)),
                "state": .string(finding.state.name),
                "clock": policy.map { .string($0.clock.name) } ?? .null,
                "clockEarliest": end(finding.clock?.earliest),
                "clockLatest": end(finding.clock?.latest),
                "keepUntil": end(finding.keepUntil),
                "matters": .array(result.matters(finding.matters).map(JSONValue.string)),
                "deleteAt": end(finding.deleteAt),
                "dueAt": end(finding.dueAt),
                "overdueAt": end(finding.overdueAt),
                "pastMax": .boolean(finding.pastMax),
                "mayGo": .boolean(finding.mayGo),
                "baselined": .boolean(false),
                "exception": result.exception(of: finding).map { exception in
                    .object([
                        "name": .string(exception.name), "ticket": exception.ticket.map(JSONValue.string) ?? .null,
                        "expiresAt": .string(exception.expiresText),
                    ])
                } ?? .null,
                "because": .string(result.because(finding)),
            ]
            #expect(json == .object(expected))
        }
    }

    private func end(_ moment: Moment?) -> JSONValue {
        guard let moment else { return .null }
        return .string(moment.isPoint ? moment.description : "unbounded")
    }

    @Test func `the sample has a finding of every state but allowed`() throws {
        let states = Set(try SampleResult(hasLost: true, hasReturned: true).make().findings.map(\.state))
        #expect(states == Set(State.allCases).subtracting([.allowed]))
    }

    @Test func `the same result makes the same bytes`() throws {
        let result = try SampleResult().make()
        let first = ScanReport(result, toolVersion: "1.2.3")
        let second = ScanReport(try SampleResult().make(), toolVersion: "1.2.3")
        #expect(try first.json() == second.json())
        #expect(try first.junit() == second.junit())
        #expect(first.text() == second.text())
    }

    @Test(arguments: [
        SampleResult(), SampleResult(isEmpty: true, isTorn: false), SampleResult(prefix: "a\"\\\u{1}é\n"),
        SampleResult(isStrict: true), SampleResult(isEmpty: true, isStrict: true), SampleResult(hasLost: true),
    ])
    func `the report is what the schema says, and nothing else`(sample: SampleResult) throws {
        let schema = Schema(try JSONValue(parsing: ScanReport.schema.utf8))
        for redacts in [false, true] {
            let report = try JSONValue(parsing: sample.report(redacts: redacts).json().utf8)
            #expect(schema.problems(in: report) == [])
        }
    }

    @Test func `a run without a result leaves the schema's form, with null for all that it did not find out`() throws {
        let scratch = try Scratch()
        let reason = "policies/a.yaml:3:1: \"x\u{1B}\"\nand more"
        try SampleResult.aborted(reason).write(to: [ReportTarget(format: .json, path: scratch.path("a.json"))])
        let report = try JSONValue(parsing: scratch.text("a.json").utf8)
        #expect(Schema(try JSONValue(parsing: ScanReport.schema.utf8)).problems(in: report) == [])
        for member in ["findings", "summary", "sources", "problems", "options", "policyDigest"] {
            #expect(report.members[member] == .null)
        }
        #expect(report["incomplete"].elements.map { $0["message"].text } == [reason])
        #expect(report["exitCode"] == .integer(2))
    }

    @Test func `a strict run lists what it absorbed, by place, with code and count`() throws {
        let report = try JSONValue(parsing: SampleResult(isStrict: true).report().json().utf8)
        #expect(
            report["absorbed"].elements == [
                .object([
                    "document": .string("AccessPolicy sharing"), "file": .string("sharing.yaml"), "line": .integer(12),
                    "column": .integer(19), "code": .string("invalid-argument"), "records": .integer(1),
                ])
            ])
        #expect(report["options"]["strict"] == .boolean(true))
    }

    @Test func `the schema refuses a report with a member too many, one too few, or of another form`() throws {
        let schema = Schema(try JSONValue(parsing: ScanReport.schema.utf8))
        let good = try SampleResult().report().json()
        for (old, new) in [
            (#""exitCode": 1"#, #""exitCode": 9"#), (#""mayGo": 2,"#, #""mayGo": 2, "more": 1,"#),
            (#""failOn":"low","#, ""), (#""state":"overdue""#, #""state":"late""#),
        ] {
            let bad = good.replacing(old, with: new)
            try #require(bad != good)
            #expect(try !schema.problems(in: JSONValue(parsing: bad.utf8)).isEmpty, "\(new)")
        }
    }
}

@Suite struct ConfidentialityTests {
    @Test func `no report shows a value of metadata (case 77)`() throws {
        for (redacts, isStrict) in [(false, false), (true, false), (false, true)] {
            let report = try SampleResult(isStrict: isStrict).report(redacts: redacts)
            for text in [try report.json(), try report.junit(), report.text()] {
                #expect(!text.contains(SampleResult.secret))
                #expect(!text.contains("jane"))
            }
        }
    }

    @Test func `ids are shown unless they are redacted, and tokens are stable and found again (case 77)`() throws {
        let prefix = "thisIsAnId-"
        let sample = SampleResult(prefix: prefix)
        #expect(try sample.report().json().contains("thisIsAnId-overdue"))
        let report = try sample.report(redacts: true)
        for text in [try report.json(), try report.junit(), report.text()] { #expect(!text.contains(prefix)) }
        let token = try Redaction.token(source: "export", kind: .file, id: "\(prefix)overdue")
        #expect(token.hasPrefix("r-"))
        #expect(token.utf8.count == 18)
        #expect(try report.json().contains(#""id":"\#(token)""#))
        #expect(try report.junit().contains("file/\(token) atMost"))
        // A message that names a record gives way to the plain one.
        #expect(try report.json().contains(#""because":"Something uses it""#))
        #expect(try sample.report().json().contains(#""because":"assistant/thisIsAnId-user uses it""#))
        let user = try Redaction.token(source: "export", kind: .assistant, id: "\(prefix)user")
        #expect(try report.json().contains("assistant/\(user), which stays, uses it"))
    }

    @Test func `a token depends on source, kind and id`() throws {
        let tokens = [
            ("a", Kind.file, "x"), ("b", .file, "x"), ("a", .thread, "x"), ("a", .file, "y"), ("", .file, "a\0x"),
        ]
        #expect(Set(try tokens.map { try Redaction.token(source: $0, kind: $1, id: $2) }).count == tokens.count)
    }
}

@Suite struct ReportFileTests {
    @Test func `several reports are written at once, one format twice if asked`() throws {
        let scratch = try Scratch()
        let report = try SampleResult().report()
        try report.write(to: [
            ReportTarget(format: .json, path: scratch.path("a.json")),
            ReportTarget(format: .junit, path: scratch.path("a.xml")),
            ReportTarget(format: .json, path: scratch.path("b.json")),
        ])
        #expect(try scratch.names() == ["a.json", "a.xml", "b.json"])
        #expect(try scratch.text("a.json") == report.json())
        #expect(try scratch.text("b.json") == report.json())
        #expect(try scratch.text("a.xml") == report.junit())
    }

    @Test func `what cannot be written leaves what was there, and says where`() throws {
        let scratch = try Scratch()
        let path = scratch.path("absent/a.json")
        let error = #expect(throws: ReportError.self) {
            try SampleResult().report().write(to: [ReportTarget(format: .json, path: path)])
        }
        #expect(error?.description.contains(path) == true)
        #expect(try scratch.names() == [])
    }
}
