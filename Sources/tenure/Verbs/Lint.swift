internal import Chronology
internal import Files
internal import Policies
internal import Reports

/// Checks a directory of policies without any data.
struct Lint: Command {
    static let name = "lint"
    static let sentence = "Check policy documents: every problem of every file, with its place."
    static let example = "tenure lint --policies policies"
    static let details = """
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
    @Option("TIME", help: "The instant to check dates against, such as 2026-11-20T00:00:00Z. (default: now)")
    var asOf: Instant?
    @Option("LEVEL", help: "The least level that fails: error, warning or info.") var failOn = Diagnostic.Level.error
    @Option("FORMAT", help: "How to print the problems.") var format = Format.text

    func run(_ console: Console) throws(Failure) -> ExitCode {
        let loaded = PolicyLoader.load(policies, asOf: asOf ?? .now())
        let fails = loaded.diagnostics.contains { $0.level <= failOn } || loaded.hasErrors
        let exitCode = fails ? ExitCode.usage : .clean
        switch format {
        case .text: try console.write(DiagnosticReport.text(loaded.diagnostics))
        case .json: try console.write(DiagnosticReport.json(loaded.diagnostics))
        case .sarif: try console.write(try sarif(loaded.diagnostics, exitCode))
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
