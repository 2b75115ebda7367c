import Chronology
import Reports
import Testing

@Suite struct TextSummaryTests {
    @Test func `the summary of the sample is the expected text`() throws {
        let written = [ReportTarget(format: .json, path: "reports/scan.json")]
        #expect(try SampleResult().report().text(written: written) == Expected.text)
    }

    @Test func `the summary says that an export is a snapshot (case 80)`() throws {
        #expect(try SampleResult().report().text().contains("when the export was made"))
    }

    @Test func `colours are for terminals`() throws {
        let report = try SampleResult().report()
        #expect(!report.text(style: .plain).contains("\u{1B}"))
        #expect(report.text(style: .terminal).hasPrefix("\u{1B}[31;1mVIOLATIONS\u{1B}[0m: "))
    }

    @Test func `a scan that saw nothing is incomplete, and never clean`() throws {
        let text = try SampleResult(isEmpty: true, isTorn: false).report().text()
        #expect(text.hasPrefix("INCOMPLETE: "))
        #expect(text.hasSuffix("exit 3: incomplete\n"))
    }
}
