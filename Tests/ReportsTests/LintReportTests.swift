import Chronology
import Policies
import Reports
import Testing

@Suite struct LintReportTests {
    private let diagnostics = [
        Diagnostic(
            .info, "contradiction", at: SourceLocation(file: "p.yaml", line: 2, column: 3), "a \"fact\"",
            hint: "do this", witness: "{kind: thread, id: r1}"),
        Diagnostic(.error, "no-documents", at: SourceLocation(file: "a", line: 0, column: 0), "nothing is there"),
    ]

    private func json(_ diagnostics: [Diagnostic]) -> [UInt8] {
        LintReport(
            diagnostics, asOf: Instant(seconds: 1_795_132_800), policyDigest: nil, exitCode: 2, toolVersion: "1.2.3"
        ).json
    }

    @Test func `every diagnostic is there with its place, worst counts first, in one order`() throws {
        let report = try JSONValue(parsing: json(diagnostics))
        #expect(report["errors"] == .integer(1) && report["warnings"] == .integer(0) && report["infos"] == .integer(1))
        #expect(report["exitCode"] == .integer(2) && report["asOf"] == .string("2026-11-20T00:00:00Z"))
        let listed = report["diagnostics"].elements
        #expect(listed.map { $0["file"].text } == ["a", "p.yaml"])
        #expect(listed.map { $0["line"] } == [.null, .integer(2)])
        #expect(listed[1]["witness"] == .string("{kind: thread, id: r1}") && listed[0]["hint"] == .null)
        #expect(json(diagnostics) == json(diagnostics.reversed()))
    }

    @Test func `it is what its schema says`() throws {
        let schema = Schema(try JSONValue(parsing: LintReport.schema.utf8))
        #expect(schema.problems(in: try JSONValue(parsing: json(diagnostics))) == [])
        #expect(schema.problems(in: try JSONValue(parsing: json([]))) == [])
    }
}
