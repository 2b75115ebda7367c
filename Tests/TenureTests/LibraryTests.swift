import Chronology
import Connectors
import Evaluation
import Policies
import Records
import TestSupport
import Testing

/// The worked example of the library's documentation.
@Suite struct LibraryTests {
    @Test func `the documentation's scan finds what the command finds`() throws {
        let scratch = try Scratch()
        let export = scratch.path("export")
        try Tool.tenure("estate", "--seed", "5", "--threads", "100", "--overdue", "5", "--out", export)
        let asOf = try Instant(rfc3339: "2026-11-20T00:00:00Z")
        let policies = try #require(PolicyLoader.load(ExitCodeTests.policies, asOf: asOf).policies)

        let rules = TimeRules(asOf: Moment(asOf))
        var builder = InventoryBuilder(metadataKeys: policies.metadataKeys, rules: rules)
        let layout = RecordBatch.Layout(source: "export", metadataKeys: policies.metadataKeys, rules: rules)
        try ExportConnector(directory: export, layout: layout).read(into: &builder)
        let result = Evaluator(policies: policies, asOf: Moment(asOf), options: ScanOptions()).evaluate(builder.seal())

        let violations = result.findings.filter(\.isViolation)
        #expect(!violations.isEmpty)
        #expect(violations.allSatisfy { !result.because($0).isEmpty })
        let outcome = try Tool.tenure(
            "scan", "--export", export, "--policies", ExitCodeTests.policies, "--as-of", "2026-11-20T00:00:00Z")
        #expect(outcome.output.hasPrefix("VIOLATIONS: \(violations.count) "))
    }
}
