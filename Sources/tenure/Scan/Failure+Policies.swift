internal import Policies

extension Failure {
    /// Documents that cannot be used: what they are, and each thing that is wrong with them on lines of its own.
    static func unusable(_ documents: String, _ diagnostics: [Diagnostic]) -> Failure {
        let problems = DiagnosticReport.text(diagnostics).split(separator: "\n").map(String.init)
        return Failure(exitCode: .usage, message: "\(documents) cannot be used", details: problems)
    }
}
