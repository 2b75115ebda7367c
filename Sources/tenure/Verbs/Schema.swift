internal import Policies
internal import Reports

/// Prints the JSON Schema of what goes in or comes out.
struct Schema: Command {
    static let name = "schema"
    static let sentence = "Print the JSON Schema (2020-12) of policy documents, reports or explanations."
    static let example = "tenure schema policy > policy.schema.json"

    /// What has a schema.
    enum Subject: String, CaseIterable, OptionValue {
        case policy, report, explain, diff, forecast
    }

    @Argument(
        "policy|report|explain|diff|forecast",
        help:
            "What to describe: one policy document, the report of scan, or what explain, diff or forecast print as JSON."
    )
    var subject: Subject?

    func run(_ console: Console) throws(Failure) -> ExitCode {
        switch subject {
        case .policy: try console.write(PolicySchema.text)
        case .report: try console.write(ScanReport.schema)
        case .explain: try console.write(ExplanationSchema.text)
        case .diff: try console.write(DifferenceReport.schema)
        case .forecast: try console.write(ForecastReport.schema)
        case nil: throw .usage("schema: policy, report, explain, diff or forecast?")
        }
        return .clean
    }
}
