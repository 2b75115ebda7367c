internal import Chronology
internal import Evaluation
internal import Policies
internal import Reports

/// Runs the tests that stand beside the policies.
struct Test: Command {
    static let name = "test"
    static let sentence = "Run the PolicyTest documents: every expectation must be met, and every finding expected."
    static let example = "tenure test --policies policies --fail-under 100 --report junit=test.xml"
    static let details = """
        A test states records, an instant, and the state that each policy must give them; `tenure schema policy`
        describes its keys. It has its own as-of, so what it says does not change with the day.

        COVERAGE
          The share of the states which the policies can reach that a passed expectation names. What they can
          reach is found by trying records of every age that their periods tell apart, alone and beside what
          keeps, uses, holds or excepts them at the tests' instants. A state that is not covered is printed
          with records that reach it. `error` is not asked for.

        EXIT CODES
          0  every test is passed, and coverage is not below --fail-under
          1  a test failed, or coverage is below --fail-under
          2  usage, broken documents, or no tests
          3  a report could not be written
        """

    @Option("DIR", help: "The directory of policy documents and their tests.") var policies = "policies"
    @Option("FORMAT=PATH", help: "Write a report: json=PATH is complete, junit=PATH is for CI servers.")
    var report: [ReportTarget]
    @Option("PERCENT", help: "The coverage below which the run fails, from 0 to 100.") var failUnder = 0
    @Option("FORMAT", help: "What to print: what failed, or the whole report.") var format = OutputFormat.text

    func run(_ console: Console) throws(Failure) -> ExitCode {
        guard failUnder <= 100 else { throw .usage("test: --fail-under: \(failUnder) is more than 100 percent") }
        do throws(ReportError) {
            try TestReport.check(report)
        } catch {
            throw .usage("test: \(error)")
        }
        let run: TestRun
        do throws(Failure) {
            try prepareReports()
            run = try runTests()
        } catch {
            leaveAbortedReports(error, console)
            throw error
        }
        let report = TestReport(run, failUnder: failUnder, toolVersion: Tenure.version)
        try reporting { () throws(ReportError) in try report.write(to: self.report) }
        switch format {
        case .text: try console.write(report.text)
        case .json: try console.write(String(decoding: report.json, as: UTF8.self))
        }
        return report.isPassed ? .clean : .violations
    }

    /// The documents are loaded as of a fixed day: each test brings its own, and warnings are for lint.
    private func runTests() throws(Failure) -> TestRun {
        let loaded = PolicyLoader.load(policies, asOf: Instant(seconds: 0))
        guard !loaded.hasErrors, let run = TestRun(loaded) else {
            let errors = loaded.diagnostics.filter { $0.level == .error }
            throw .unusable("the policies", errors)
        }
        guard !run.outcomes.isEmpty else {
            throw .usage("test: \(policies) has no PolicyTest; write one in \(policies)/tests/ (see: tenure help test)")
        }
        return run
    }

    /// Finds out before the work whether its reports have a place, and takes it.
    private func prepareReports() throws(Failure) {
        do throws(ReportError) {
            try ReportTarget.prepare(report, aborted("the run did not finish: it was stopped, or is still going on"))
        } catch {
            throw .usage("test: \(error)")
        }
    }

    /// Says why there is no result, as far as there is room for it; what stands there already says that there is none.
    private func leaveAbortedReports(_ failure: Failure, _ console: Console) {
        for target in report {
            do throws(ReportError) {
                try aborted(failure.text, failure.exitCode).write(to: [target])
            } catch  where failure.message != "test: \(error)" {
                console.note("tenure: test: \(error)")
            } catch {
                // That is why there is no result, and it is said already.
            }
        }
    }

    private func aborted(_ reason: String, _ exitCode: ExitCode = .incomplete) -> AbortedReport {
        AbortedReport(
            verb: .test, reason: reason, asOf: Moment(Instant(seconds: Instant.now().seconds)),
            toolVersion: Tenure.version, exitCode: Int(exitCode.rawValue))
    }

    private func reporting(_ writing: () throws(ReportError) -> Void) throws(Failure) {
        do throws(ReportError) {
            try writing()
        } catch {
            throw .incomplete("test: \(error)")
        }
    }
}
