internal import Policies
internal import ProviderFacts
internal import Reports

/// Prints the JSON Schema of what goes in or comes out.
struct Schema: Command {
    static let name = "schema"
    static let sentence = """
        Print the JSON Schema (2020-12) of policy documents, or of what a verb writes as JSON; or how providers delete.
        """
    static let example = "tenure schema policy > policy.schema.json"
    static let details = """
        THE GRAPH
          schema graph prints, for each provider and version, the kinds in the order in which they are deleted, by which
          call, what goes with its container, what can be stopped first, and what can never be deleted. Plans follow it.
        """

    /// What has a schema.
    enum Subject: String, CaseIterable, OptionValue {
        case policy, report, explain, inventory, diff, forecast, test, lint, doctor, plan, apply, rehearse, orphans,
            baseline, erasure, receipt, requests, graph

        /// The schema; nil for the graph, which is no form.
        var text: String? {
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
            case .plan: PlanSchema.text
            case .apply: ApplyReport.schema
            case .rehearse: RehearsalReport.schema
            case .orphans: OrphanReport.schema
            case .baseline: Baseline.schema
            case .erasure: ErasureReport.schema
            case .receipt: ReceiptReport.schema
            case .requests: RequestsReport.schema
            case .graph: nil
            }
        }
    }

    @Argument(
        "WHAT",
        help: """
            What to describe: one policy document, the report of scan, the files of plan and of --baseline, what the \
            verb, or the action of audit, of that name prints as JSON, what erase prints about a plan (erasure) and about \
            requests, its receipt, or the deletion graph.
            """
    )
    var subject: Subject?
    @Option("FORMAT", help: "graph: how to print it. Schemas are JSON.") var format: OutputFormat?

    func run(_ console: Console) throws(Failure) -> ExitCode {
        guard let subject else {
            throw .usage("schema: \(Subject.allCases.map(\.rawValue).joined(separator: ", "))?")
        }
        if let text = subject.text {
            guard format != .text else { throw .usage("schema: a schema has no text form: leave --format out") }
            try console.write(text)
        } else {
            try showGraph(console)
        }
        return .clean
    }

    private func showGraph(_ console: Console) throws(Failure) {
        let report: GraphReport
        do throws(FactsError) {
            report = GraphReport(try GraphEdition.all())
        } catch {
            throw .usage("schema: \(error)")
        }
        switch format ?? .text {
        case .text: try console.write(report.text(style: console.hasColours ? .terminal : .plain))
        case .json: try console.write(report.json)
        }
    }
}
