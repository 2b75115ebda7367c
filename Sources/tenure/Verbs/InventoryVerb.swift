internal import Chronology
internal import Evaluation
internal import Policies
internal import ProviderFacts
internal import Reports

/// Says what is there, before any rule.
struct InventoryVerb: Command {
    static let name = "inventory"
    static let sentence = "Show what is there, by source, kind, age, size, owner and tenant, and what must move."
    static let example = "tenure inventory --export export --policies policies"
    static let details = """
        What hangs on surfaces that a provider took away is listed with what takes its place. Owners and tenants appear
        as tokens. Memory is that of a scan, a byte for each record, and some 200 bytes for each combination of source,
        kind, owner and tenant.

        --out writes the records as an export, a directory for each source: what decisions hang on, in the providers'
        wire shape, and no content. It holds the estate's own ids and the values of those metadata keys that policies and
        sources name, so that policies match as they did; only its owner may read it, and it must be new. sources.yaml
        in it names the sources as exports, with what they expect and which gaps are accepted. A scan of it, as of the
        same instant, finds what a scan of the sources finds, and ends with the same code: what only a registry knew of
        a record stands in a registry beside it, which sources.yaml names.

        EXIT CODES
          0  everything was read
          2  usage, policy or configuration error: nothing was read
          3  incomplete: more may be there
        """

    /// How it is printed.
    enum Format: String, CaseIterable, OptionValue {
        case text, json, csv
    }

    @Option("DIR", help: "The directory of policy documents.") var policies = "policies"
    @Option("DIR", help: "An export to read, short for a Source document named export.") var export: String?
    @Option("FILE", help: "Where the ids of what was seen are kept. (default: .tenure/ledger.db, where there is one)")
    var ledger: String?
    @Option("TIME", help: "The instant from which ages are counted, such as 2026-11-20T00:00:00Z. (default: now)")
    var asOf: Instant?
    @Option("DIR", help: "A new directory to write the records to, without content, as an export.") var out: String?
    @Option("FORMAT", help: "How to print the inventory.") var format = Format.text

    func run(_ console: Console) throws(Failure) -> ExitCode {
        if let out {
            do throws(ReportError) { try InventoryExport.check(out) } catch { throw .usage("inventory: \(error)") }
        }
        let asOf = asOf ?? Instant(seconds: Instant.now().seconds)
        let survey = try Survey(policies: policies, export: export, ledger: ledger, asOf: asOf, console)
        let report: HoldingsReport
        do throws(FactsError) {
            let outlook = try MigrationOutlook(
                survey.inventory, try AssistantsEnd(), sources: survey.policies.sources)
            report = HoldingsReport(
                Holdings(survey.inventory, outlook), incomplete: survey.readingGaps(),
                policyDigest: survey.policies.digest, toolVersion: Tenure.version)
        } catch {
            throw .incomplete("inventory: \(error)")
        }
        do throws(ReportError) {
            if let out { try export(survey, to: out) }
            switch format {
            case .text: try console.report(Array(try report.text(style: console.hasColours ? .terminal : .plain).utf8))
            case .json: try console.report(try report.json())
            case .csv: try console.report(try report.csv())
            }
        } catch {
            throw .incomplete("inventory: \(error)")
        }
        return ExitCode(rawValue: report.exitCode) ?? .incomplete
    }

    private func export(_ survey: Survey, to directory: String) throws(ReportError) {
        try InventoryExport(survey.inventory, documents: survey.policies.sources).write(to: directory)
    }
}
