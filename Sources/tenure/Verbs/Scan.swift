internal import Chronology
internal import Disposition
internal import Evaluation
internal import Files
internal import Policies
internal import Records
internal import Reports

/// Decides every record of every source under a directory of policies.
struct Scan: Command {
    static let name = "scan"
    static let sentence = "Check every record against the policies, and end with a verdict."
    static let example = "tenure scan --export export --policies policies --report junit=report.xml"
    static let details = """
        EXIT CODES
          0  clean
          1  violations at or above --fail-on; outranks 3
          2  usage, policy or configuration error, or a ledger in use: nothing was scanned
          3  incomplete: something could not be read or decided

        REPORTS
          Before anything is read, each report says that this run did not finish; at the end it is replaced, whole or not
          at all. So an older file never stands for this run, not even where it was killed. A command line that cannot
          be understood changes no file.
        """

    @Option("DIR", help: "The directory of policy documents.") var policies = "policies"
    @Option("DIR", help: "An export to read, short for a Source document named export.") var export: String?
    @Option(
        "FILE",
        help:
            "Where the ids of what was seen are kept, exports included. (default: .tenure/ledger.db, for services alone)"
    )
    var ledger: String?
    @Option("TIME", help: "The instant to decide for, such as 2026-11-20T00:00:00Z. (default: now)")
    var asOf: Instant?
    @Option(
        "FORMAT=PATH",
        help: "Write a report: json=PATH is complete, junit=PATH is for CI servers, sarif=PATH for code hosts.")
    var report: [ReportTarget]
    @Option("SEVERITY", help: "The least severity at which a violation fails the run.") var failOn = Severity.low
    @Flag(help: "Count a record of which no policy with an atMost speaks as a violation.") var requireCoverage
    @Flag(help: "Count errors in expressions that another part outvotes, as in false && error, as incomplete.")
    var strict
    @Flag(help: "Print tokens instead of ids; explain understands them.") var redact
    @Option("FILE", help: "Violations that were there before: they stay visible, and fail the run no more.")
    var baseline: String?
    @Flag(help: "Take entries that no finding meets out of the baseline. Nothing is added.") var updateBaseline
    @Flag(help: "With --update-baseline: add the violations of this run, for review.") var acceptNew
    @Option("DATE", help: "With --update-baseline: the last day, in UTC, on which the baseline covers anything.")
    var baselineUntil: CivilDate?
    @Flag(help: "Read everything, also what no deadline asks for since the last scan.") var full
    @Option(
        "FILE", help: "The list of those who were forgotten (erase receipt): their data that came back is a violation.")
    var suppression: String?
    @Option("FILE", help: "With --suppression: the key of pseudonyms, in hexadecimal.") var pseudonymKey: String?
    @Option("DIR", help: "The audit log that this run is entered in. (default: what TENURE_AUDIT_LOG names, else none)")
    var auditLog: String?
    @Option("FILE", help: "The key of the audit log, PEM. (default: what TENURE_AUDIT_KEY names)")
    var auditKey: String?
    @Option("FORMAT", help: "What to print: a summary, or the whole report.") var format = OutputFormat.text

    func run(_ console: Console) throws(Failure) -> ExitCode {
        let asOf = asOf ?? Instant(seconds: Instant.now().seconds)
        try asked { () throws(ReportError) in
            try ReportTarget.check(self.report, besides: [baseline, ledger].compactMap(\.self), outside: export)
        }
        let baselines = try BaselineUse(
            path: baseline, updates: updateBaseline, acceptsNew: acceptNew, until: baselineUntil)
        let trail = try AuditTrail(log: auditLog, key: auditKey, for: Self.name)
        let result: ScanResult
        let report: ScanReport
        do throws(Failure) {
            try prepareReports(asOf)
            let baseline = try baselines.read(asOf)
            let (survey, scanned) = try survey(asOf, console)
            var decided = scanned
            let known = try baseline.map { baseline throws(Failure) in
                try baselines.apply(baseline, to: &decided, redacts: redact)
            }
            result = decided
            report = ScanReport(result, toolVersion: Tenure.version, redacts: redact, baseline: known?.outcome)
            try trail?.record(.scanned(try entry(result, report)), console)
            if let next = known?.next { try baselines.write(next, console) }
            try survey.remember(scanned)
        } catch {
            leaveAbortedReports(error, asOf, console)
            throw error
        }
        do throws(Failure) {
            try reporting { () throws(ReportError) in try report.write(to: self.report) }
        } catch {
            // The verdict is known, and worth telling whoever still listens.
            try show(report, written: [], console)
            throw error
        }
        try show(report, written: self.report, console)
        return ExitCode(rawValue: result.exitCode) ?? .incomplete
    }

    private func show(_ report: ScanReport, written: [ReportTarget], _ console: Console) throws(Failure) {
        try reporting { () throws(ReportError) in
            switch format {
            case .text:
                let text = report.text(style: console.hasColours ? .terminal : .plain, written: written)
                try console.report(Array(text.utf8))
            case .json:
                try report.writeJSON { (bytes) throws(ReportError) in try console.report(bytes) }
            }
        }
    }

    private var options: ScanOptions {
        var options = ScanOptions()
        options.failOn = failOn
        options.requireCoverage = requireCoverage
        options.isStrict = strict
        return options
    }

    private func survey(_ asOf: Instant, _ console: Console) throws(Failure) -> (survey: Survey, result: ScanResult) {
        let forgotten = try Forgotten(list: suppression, key: pseudonymKey)
        let whole: String? =
            if full { "--full asks for it" } else if forgotten != nil { "--suppression looks at every record" } else {
                export.map { _ in "--export is read beside it" }
            }
        var scan = try Survey.scan(
            policies: policies, export: export, ledger: ledger, alsoReading: forgotten?.metadataKeys ?? [], asOf: asOf,
            options, because: whole, console)
        if let forgotten { scan.result.report(resurrected: try forgotten.rows(in: scan.result.inventory)) }
        return scan
    }

    /// What the audit log tells of the verdict.
    private func entry(_ result: ScanResult, _ report: ScanReport) throws(Failure) -> RunEntry.Scan {
        let digest: String
        do throws(ReportError) { digest = try report.digest() } catch { throw .incomplete("scan: \(error)") }
        return RunEntry.Scan(
            asOf: result.asOf, exitCode: Int(result.exitCode), holds: result.policies.holdsDigest,
            incomplete: result.incomplete.count, mayGo: result.summary.mayGo, policies: result.policies.digest,
            records: result.summary.records, report: digest, sources: result.inventory.sourceNames.sorted(),
            violations: result.summary.violations)
    }

    /// Finds out before the work whether its reports have a place, and takes it.
    private func prepareReports(_ asOf: Instant) throws(Failure) {
        let unfinished = aborted("the run did not finish: it was stopped, or is still going on", asOf)
        try asked { () throws(ReportError) in try ReportTarget.prepare(self.report, unfinished) }
    }

    /// What is wrong with the reports that were asked for is wrong with the request.
    private func asked(_ checking: () throws(ReportError) -> Void) throws(Failure) {
        do throws(ReportError) {
            try checking()
        } catch {
            throw .usage("scan: \(error)")
        }
    }

    /// Says why there is no result, as far as there is room for it; what stands there already says that there is none.
    private func leaveAbortedReports(_ failure: Failure, _ asOf: Instant, _ console: Console) {
        for target in report {
            do throws(ReportError) {
                try aborted(failure.text, asOf, failure.exitCode).write(to: [target])
            } catch {
                console.note("tenure: scan: \(error)")
            }
        }
    }

    private func aborted(_ reason: String, _ asOf: Instant, _ exitCode: ExitCode = .incomplete) -> AbortedReport {
        AbortedReport(
            reason: reason, asOf: Moment(asOf), toolVersion: Tenure.version, exitCode: Int(exitCode.rawValue))
    }

    private func reporting(_ writing: () throws(ReportError) -> Void) throws(Failure) {
        do throws(ReportError) {
            try writing()
        } catch {
            throw .incomplete("scan: \(error)")
        }
    }
}

extension ReportTarget: OptionValue {
    init(option text: String) throws(InvalidValue) {
        do throws(ReportError) {
            try self.init(text)
        } catch {
            throw InvalidValue(message: error.description)
        }
    }

    var optionText: String { "\(format.rawValue)=\(path)" }
}
