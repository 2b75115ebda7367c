internal import Chronology
internal import Evaluation
internal import Policies
internal import Records
internal import Reports

/// Tells everything that led to the decisions about one record.
struct Explain: Command {
    static let name = "explain"
    static let sentence = "Show every clock, rule, hold, exception and path behind the decisions about a record."
    static let example = "tenure explain thread_abc --export export --policies policies"
    static let details = """
        Records of one id in several sources, or of several kinds, are all explained; --source and --kind choose.
        """

    @Argument("ID", help: "The record's id, or the token that a redacted report prints for it.") var id: String?
    @Option("DIR", help: "The directory of policy documents.") var policies = "policies"
    @Option("DIR", help: "An export to read, short for a Source document named export.") var export: String?
    @Option("FILE", help: "Where the ids of what was seen are kept. (default: .tenure/ledger.db, where there is one)")
    var ledger: String?
    @Option("TIME", help: "The instant to decide for, such as 2026-11-20T00:00:00Z. (default: now)")
    var asOf: Instant?
    @Option("NAME", help: "Only the record of this source.") var source: String?
    @Option("KIND", help: "Only the record of this kind.") var kind: Kind?
    @Option("FORMAT", help: "How to print the explanation.") var format = OutputFormat.text

    func run(_ console: Console) throws(Failure) -> ExitCode {
        let id = id ?? ""
        let survey = try Survey(
            policies: policies, export: export, recalling: ledger,
            asOf: asOf ?? Instant(seconds: Instant.now().seconds), console)
        let result = survey.decide()
        let rows = try find(id, in: result)
        guard !rows.isEmpty else {
            let sources = survey.inventory.sourceNames.joined(separator: ", ")
            throw .usage(
                "explain: none of the \(survey.inventory.count) records of \(sources) has the id \(id)"
                    + " (check the export, --source and --kind)")
        }
        let explanations = rows.map { result.explanation(for: $0) }
        switch format {
        case .text:
            let header = "as of \(survey.asOf), policies \(survey.policies.digest.prefix(12))"
            let texts = explanations.map { $0.text.joined(separator: "\n") }
            try console.print(([header] + texts).joined(separator: "\n\n"))
        case .json:
            let report = ExplanationReport(
                explanations, asOf: result.asOf, policyDigest: survey.policies.digest, toolVersion: Tenure.version)
            try console.write(String(decoding: report.json, as: UTF8.self))
        }
        return .clean
    }

    private func find(_ id: String, in result: ScanResult) throws(Failure) -> [Int] {
        let inventory = result.inventory
        let byId = inventory.rows(withId: id) + result.lostRows.filter { inventory.id($0) == id }
        let rows = try byId.isEmpty ? rows(withToken: id, in: inventory) : byId
        return rows.filter { row in
            (kind.map { inventory.kinds[row] == $0 } ?? true)
                && (source.map { inventory.sourceNames[Int(inventory.sources[row])] == $0 } ?? true)
        }
    }

    private func rows(withToken token: String, in inventory: Inventory) throws(Failure) -> [Int] {
        guard token.hasPrefix("r-") else { return [] }
        var rows: [Int] = []
        for row in 0..<inventory.count {
            do throws(ReportError) {
                let source = inventory.sourceNames[Int(inventory.sources[row])]
                let own = try Redaction.token(source: source, kind: inventory.kinds[row], id: inventory.id(row))
                if own == token { rows.append(row) }
            } catch {
                throw .incomplete("explain: \(error)")
            }
        }
        return rows
    }
}

extension Kind: OptionValue {
    init(option text: String) throws(InvalidValue) {
        guard let kind = Kind(named: text) else { throw InvalidValue(text, among: Self.choices) }
        self = kind
    }

    var optionText: String { name }
    static var choices: [String] { allCases.map(\.name) }
}
