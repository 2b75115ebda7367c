internal import Chronology
internal import Policies

/// Checks a directory of policies without any data.
struct Lint: Command {
    static let name = "lint"
    static let sentence = "Check policy documents: every problem of every file, with its place."
    static let example = "tenure lint --policies policies"
    static let details = """
        Errors end with exit code 2; warnings are printed and end with 0.
        """

    @Option("DIR", help: "The directory of policy documents, or one file.") var policies = "policies"
    @Option("TIME", help: "The instant to check dates against, such as 2026-11-20T00:00:00Z. (default: now)")
    var asOf: Instant?
    @Option("FORMAT", help: "How to print the problems.") var format = OutputFormat.text

    func run(_ console: Console) throws(Failure) -> ExitCode {
        let loaded = PolicyLoader.load(policies, asOf: asOf ?? .now())
        switch format {
        case .text: try console.write(DiagnosticReport.text(loaded.diagnostics))
        case .json: try console.write(DiagnosticReport.json(loaded.diagnostics))
        }
        return loaded.hasErrors ? .usage : .clean
    }
}
