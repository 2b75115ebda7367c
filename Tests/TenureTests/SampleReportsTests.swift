import Foundation
import TestSupport
import Testing

/// The committed samples are what the command writes today.
@Suite struct SampleReportsTests {
    static let samples = Checkout.url.appending(path: "reports/sample")

    /// Runs what `make demo` runs for them, in a directory of its own, so that the paths in them are the same.
    static func made() throws -> Scratch {
        let scratch = try Scratch()
        try FileManager.default.copyItem(
            at: Checkout.url.appending(path: "policies"), to: scratch.url.appending(path: "policies"))
        let asOf = "2026-11-20T00:00:00Z"
        try Tool.tenure(
            "estate", "--seed", "1", "--threads", "20", "--as-of", asOf, "--out", ".build/demo/small", in: scratch.url)
        let scan = try Tool.tenure(
            "scan", "--export", ".build/demo/small", "--policies", "policies", "--as-of", asOf, "--report",
            "json=reports/sample/report.json", "--report", "junit=reports/sample/report.xml", "--report",
            "sarif=reports/sample/report.sarif", in: scratch.url)
        try scratch.write("reports/sample/report.txt", scan.output)
        return scratch
    }

    @Test(arguments: ["report.txt", "report.json", "report.xml", "report.sarif"])
    func `the sample is what make demo writes (run it where this fails)`(name: String) throws {
        let scratch = try Self.made()
        let committed = try String(contentsOf: Self.samples.appending(path: name), encoding: .utf8)
        let made = try String(contentsOfFile: scratch.path("reports/sample/\(name)"), encoding: .utf8)
        #expect(withoutZoneData(made) == withoutZoneData(committed))
    }

    /// The version of the time zone data is the machine's.
    private func withoutZoneData(_ report: String) -> String {
        report.replacing(/20[0-9]{2}[a-z]{1,2}\b/, with: "…")
    }
}
