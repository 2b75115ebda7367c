internal import Policies
internal import Reports

/// Prints the JSON Schema of what goes in or comes out.
struct Schema: Command {
    static let name = "schema"
    static let sentence = "Print the JSON Schema (2020-12) of policy documents, reports or explanations."
    static let example = "tenure schema policy > policy.schema.json"

    /// What has a schema.
    enum Subject: String, CaseIterable, OptionValue {
        case policy, report, explain
    }

    @Argument(
        "policy|report|explain",
        help: "What to describe: one policy document, or the report that scan writes as JSON, or what explain prints.")
    var subject: Subject?

    func run(_ console: Console) throws(Failure) -> ExitCode {
        switch subject {
        case .policy: try console.write(PolicySchema.text)
        case .report: try console.write(ScanReport.schema)
        case .explain: try console.write(ExplanationSchema.text)
        case nil: throw .usage("schema: policy, report or explain?")
        }
        return .clean
    }
}
