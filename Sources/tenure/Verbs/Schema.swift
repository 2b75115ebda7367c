internal import Policies
internal import Reports

/// Prints the JSON Schema of what goes in or comes out.
struct Schema: Command {
    static let name = "schema"
    static let sentence = "Print the JSON Schema (2020-12) of policy documents, or of what a verb prints as JSON."
    static let example = "tenure schema policy > policy.schema.json"

    /// What has a schema.
    enum Subject: String, CaseIterable, OptionValue {
        case policy, report, explain, inventory, diff, forecast, test, lint, doctor, baseline

        var text: String {
            switch self {
            case .policy: PolicySchema.text
            case .report: ScanReport.schema
            case .explain: ExplanationReport.schema
            case .inventory: HoldingsReport.schema
            case .diff: DifferenceReport.schema
            case .forecast: ForecastReport.schema
            case .test: TestReport.schema
            case .lint: LintReport.schema
            case .doctor: DoctorReport.schema
            case .baseline: Baseline.schema
            }
        }
    }

    @Argument(
        "policy|report|explain|inventory|diff|forecast|test|lint|doctor|baseline",
        help: """
            What to describe: one policy document, the report of scan, the file of --baseline, or what the verb of that \
            name prints as JSON.
            """
    )
    var subject: Subject?

    func run(_ console: Console) throws(Failure) -> ExitCode {
        guard let subject else {
            throw .usage("schema: \(Subject.allCases.map(\.rawValue).joined(separator: ", "))?")
        }
        try console.write(subject.text)
        return .clean
    }
}
