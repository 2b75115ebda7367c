import Evaluation
import Foundation
import Policies
import Reports
import TestSupport
import Testing

@Suite struct SARIFReportTests {
    private func run(_ report: ScanReport) throws -> JSONValue {
        try #require(try JSONValue(parsing: report.sarif().utf8)["runs"].elements.first)
    }

    @Test func `what is broken, open, due, held or excepted is a result, and what is fine is none`() throws {
        let sample = SampleResult(hasLost: true, hasReturned: true)
        let states = Set(try run(sample.report())["results"].elements.compactMap { $0["properties"]["state"].text })
        let fine: Set<State> = [.kept, .allowed, .inUse]
        #expect(states == Set(Set(State.allCases).subtracting(fine).map(\.name)))
    }

    @Test(arguments: [
        ("overdue", "fail", "error"), ("undetermined", "fail", "error"), ("early-expiry", "fail", "error"),
        ("lost", "fail", "error"),
        ("uncovered", "fail", "warning"), ("due", "review", "none"), ("held", "fail", "error"),
    ])
    func `a state has its kind and level`(state: String, kind: String, level: String) throws {
        let results = try run(SampleResult(hasLost: true).report())["results"].elements
        let result = try #require(results.first { $0["properties"]["state"].text == state })
        #expect(result["kind"].text == kind && result["level"].text == level)
    }

    @Test func `what is undetermined is open, never passed over, where the policy only reports it`() throws {
        var sample = SampleResult()
        sample.onUndetermined = .report
        let results = try run(sample.report())["results"].elements
        let result = try #require(results.first { $0["properties"]["state"].text == "undetermined" })
        #expect(result["kind"].text == "open")
    }

    @Test func `a result stands at the line of its policy and names its record`() throws {
        let results = try run(SampleResult().report())["results"].elements
        let overdue = try #require(
            results.first { $0["message"]["text"].text?.hasPrefix("file/file-overdue is") == true })
        let location = try #require(overdue["locations"].elements.first)
        let physical = location["physicalLocation"]
        #expect(physical["artifactLocation"]["uri"].text == "policies/files.yaml")
        #expect(physical["region"]["startLine"] == .integer(1))
        #expect(
            location["logicalLocations"].elements.first?["fullyQualifiedName"].text == "export/file/file-overdue")
        #expect(overdue["ruleId"].text == "files/atMost")
    }

    @Test func `an exception suppresses its result, with its ticket and its last day`() throws {
        let results = try run(SampleResult().report())["results"].elements
        let excepted = try #require(results.first { $0["properties"]["state"].text == "excepted" })
        let suppression = try #require(excepted["suppressions"].elements.first)
        #expect(suppression["justification"].text == "excepted by pilot until 2027-03-31 (PRIV-212)")
        #expect(suppression["properties"]["expiresAt"].text == "2027-03-31")
        let held = try #require(results.first { $0["properties"]["state"].text == "held" })
        #expect(held["suppressions"].elements.first?["justification"].text == "held by matter-7")
    }

    @Test func `fingerprints are unique, and the same where ids are redacted`() throws {
        let sample = SampleResult()
        func prints(_ report: ScanReport) throws -> [String] {
            try run(report)["results"].elements.compactMap { $0["partialFingerprints"]["tenure/v1"].text }
        }
        let open = try prints(sample.report())
        #expect(!open.isEmpty && Set(open).count == open.count)
        #expect(try prints(sample.report(redacts: true)) == open)
    }

    @Test func `every result names a rule that is listed, and every rule is named (case 77)`() throws {
        let report = try SampleResult().report(redacts: true)
        let run = try run(report)
        let rules = run["tool"]["driver"]["rules"].elements.compactMap { $0["id"].text }
        #expect(rules == rules.sorted())
        for result in run["results"].elements {
            guard case .integer(let index) = result["ruleIndex"] else { return #expect(Bool(false)) }
            #expect(rules[index] == result["ruleId"].text)
        }
        #expect(Set(rules) == Set(run["results"].elements.compactMap { $0["ruleId"].text }))
        let text = try report.sarif()
        #expect(!text.contains("file-overdue") && !text.contains(SampleResult.secret))
    }

    @Test func `an incomplete run says that it did not succeed, and why`() throws {
        let torn = try run(SampleResult().report())["invocations"].elements.first
        #expect(torn?["executionSuccessful"] == .boolean(false))
        #expect(torn?["toolExecutionNotifications"].elements.isEmpty == false)
    }

    @Test func `an aborted run leaves a file that says so`() throws {
        let scratch = try Scratch()
        let aborted = AbortedReport(
            reason: "no \"policies\"", asOf: try SampleResult.moment(SampleResult.asOf), toolVersion: "1.2.3",
            exitCode: 2)
        try aborted.write(to: [ReportTarget(format: .sarif, path: scratch.path("a.sarif"))])
        let log = try JSONValue(parsing: scratch.text("a.sarif").utf8)
        let run = try #require(log["runs"].elements.first)
        #expect(run["results"].elements.isEmpty)
        #expect(run["invocations"].elements.first?["executionSuccessful"] == .boolean(false))
    }
}
