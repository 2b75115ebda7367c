internal import Chronology
internal import Disposition
internal import Evaluation
internal import Files
internal import Policies
internal import Reports

/// Checks a directory of policies, without any data or beside an export.
struct Lint: Command {
    static let name = "lint"
    static let sentence = "Check policy documents: every problem of every file, with its place."
    static let example = "tenure lint --policies policies"
    static let details = """
        Without data lint says what is certain of every record: which policies contradict or shadow each other, with
        a record that shows it, and which conditions, holds, exceptions and defaults can have no effect. Kinds,
        sources, metadata, ids, times, sizes, comparisons with constants and !, &&, ||, ?: are decided exactly; where
        a condition says more, lint claims nothing, and says so of what may be a contradiction (cannot-decide).

        With --export it also names what the documents select and no record has, and exceptions that excepted
        nothing. That is what this data shows: other data may have such records.

        With --online it also asks every source what it shows, as doctor does, and names the credentials and
        addresses that do not work and the kinds that a policy needs and nobody can see. It changes nothing.

        EXIT CODES
          0  nothing at or above --fail-on
          2  something at or above --fail-on; documents with errors cannot be used

        \(Diagnostic.Level.allCases.map(rules).joined(separator: "\n\n"))
        """

    private static func rules(_ level: Diagnostic.Level) -> String {
        let rules = LintRule.all.filter { $0.level == level }
        return "RULES OF LEVEL \(level.rawValue)\n" + Help.rows(rules.map { ($0.id, $0.sentence) })
    }

    /// How the problems are printed; SARIF is for editors and code hosts.
    enum Format: String, CaseIterable, OptionValue {
        case text, json, sarif
    }

    @Option("DIR", help: "The directory of policy documents, or one file.") var policies = "policies"
    @Option("DIR", help: "An export to compare the documents with, read as scan reads it.") var export: String?
    @Flag(help: "Ask every source whether its credential works and which kinds it shows.") var online
    @Option("TIME", help: "The instant to check dates against, such as 2026-11-20T00:00:00Z. (default: now)")
    var asOf: Instant?
    @Option("LEVEL", help: "The least level that fails: error, warning or info.") var failOn = Diagnostic.Level.error
    @Option("DIR", help: "The audit log that this run is entered in. (default: what TENURE_AUDIT_LOG names, else none)")
    var auditLog: String?
    @Option("FILE", help: "The key of the audit log, PEM. (default: what TENURE_AUDIT_KEY names)")
    var auditKey: String?
    @Option("FORMAT", help: "How to print the problems.") var format = Format.text

    func run(_ console: Console) throws(Failure) -> ExitCode {
        let asOf = asOf ?? Instant(seconds: Instant.now().seconds)
        let trail = try AuditTrail(log: auditLog, key: auditKey, for: Self.name)
        let loaded = PolicyLoader.load(policies, asOf: asOf)
        var diagnostics = loaded.diagnostics
        if let export, let set = loaded.policies {
            diagnostics += try Survey(set, export: export, online: false, asOf: asOf, console).decide().idleDocuments
        }
        if online, let set = loaded.policies {
            diagnostics += Rounds.make(set, asOf: asOf, console).flatMap { $0.diagnostics(of: set) }
        }
        let fails = diagnostics.contains { $0.level <= failOn } || loaded.hasErrors
        let exitCode = fails ? ExitCode.usage : .clean
        try trail?.record(
            .linted(
                RunEntry.Lint(
                    asOf: Moment(asOf), errors: diagnostics.count { $0.level == .error },
                    exitCode: Int(exitCode.rawValue), policies: loaded.policies?.digest,
                    warnings: diagnostics.count { $0.level == .warning })), console)
        switch format {
        case .text: try console.write(DiagnosticReport.text(diagnostics))
        case .json:
            let report = LintReport(
                diagnostics, asOf: asOf, policyDigest: loaded.policies?.digest, exitCode: Int(exitCode.rawValue),
                toolVersion: Tenure.version)
            try console.write(String(decoding: report.json, as: UTF8.self))
        case .sarif: try console.write(try sarif(diagnostics, exitCode))
        }
        return exitCode
    }

    private func sarif(_ diagnostics: [Diagnostic], _ exitCode: ExitCode) throws(Failure) -> String {
        do throws(ReportError) {
            return try LintSARIF.text(
                diagnostics, exitCode: Int(exitCode.rawValue), toolVersion: Tenure.version,
                workingDirectory: Files.workingDirectory)
        } catch {
            throw .incomplete("lint: \(error)")
        }
    }
}

extension Diagnostic.Level: OptionValue {}
