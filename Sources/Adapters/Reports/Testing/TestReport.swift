public import Evaluation
internal import Policies

/// The reports of a run of tests. The same run makes the same bytes.
public struct TestReport: Sendable {
    /// The version of what JSON reports of tests look like: `schemaVersion` in each.
    public static let schemaVersion = "1"

    let run: TestRun
    let toolVersion: String
    let failUnder: Int

    /// Reports on a run.
    ///
    /// - Parameters:
    ///   - run: what came of the tests.
    ///   - failUnder: the coverage below which the run fails, in percent; 0 for none.
    ///   - toolVersion: printed in each report.
    public init(_ run: TestRun, failUnder: Int, toolVersion: String) {
        self.run = run
        self.failUnder = failUnder
        self.toolVersion = toolVersion
    }

    /// Whether every test is passed, and enough is covered.
    public var isPassed: Bool { run.passed == run.outcomes.count && isCovered }

    /// Whether enough is covered.
    var isCovered: Bool { run.coverage.met.count * 100 >= failUnder * run.coverage.items.count }

    /// `57 of 60 states covered (95 %)`.
    var coverageSummary: String {
        let coverage = run.coverage
        return "\(coverage.met.count) of \(coverage.items.count) states covered (\(coverage.percent) %)"
    }

    /// Writes the reports, each whole or not at all. The first that fails ends it.
    public func write(to targets: [ReportTarget]) throws(ReportError) {
        try Self.check(targets)
        for target in targets {
            switch target.format {
            case .json: try writeFile(target.path) { sink throws(ReportError) in try sink(json) }
            case .junit: try writeFile(target.path) { sink throws(ReportError) in try writeJUnit(sink) }
            case .sarif: throw Self.noForm(target)
            }
        }
    }

    /// Refuses, before the work, reports that a test run does not have.
    public static func check(_ targets: [ReportTarget]) throws(ReportError) {
        try ReportTarget.check(targets)
        if let target = targets.first(where: { $0.format == .sarif }) { throw noForm(target) }
    }

    private static func noForm(_ target: ReportTarget) -> ReportError {
        .request("\(target.format.rawValue)=\(target.path): tests have no such report", hint: "write json or junit")
    }
}

extension TestCoverage.Item {
    /// `support-threads atMost overdue`.
    var name: String { "\(policy) \(rule) \(state.rawValue)" }
}
