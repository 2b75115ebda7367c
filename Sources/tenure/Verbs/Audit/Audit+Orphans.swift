internal import Chronology
internal import Evaluation
internal import Policies
internal import ProviderFacts
internal import Reports

/// The action that looks at the records themselves: whether deletions left what they should not have.
extension Audit {
    func findOrphans(_ console: Console) throws(Failure) -> ExitCode {
        let asOf = asOf ?? Instant(seconds: Instant.now().seconds)
        let survey = try Survey(policies: policies, export: export, ledger: ledger, asOf: asOf, console)
        let orphans: Orphans
        do throws(FactsError) {
            let search = OrphanSearch(
                survey.inventory, policies: survey.policies, grace: olderThan, asOf: Moment(asOf))
            orphans = try search.run { (name) throws(FactsError) in
                let source = survey.policies.sources.first { $0.name == name }
                return try DeletionGraph.graph(ofType: source?.type ?? "export", version: source?.apiVersion)
            }
        } catch {
            throw .incomplete("audit: \(error)")
        }
        let report = OrphanReport(
            orphans, incomplete: survey.readingGaps(), grace: olderThan,
            failOn: Set(failOn.isEmpty ? Orphan.Class.allCases : failOn), asOf: Moment(asOf),
            policyDigest: survey.policies.digest, toolVersion: Tenure.version)
        do throws(ReportError) {
            switch format {
            case .text:
                try console.report(Array(report.text(style: console.hasColours ? .terminal : .plain).utf8))
            case .json: try console.report(report.json())
            }
        } catch {
            throw .incomplete("audit: \(error)")
        }
        return ExitCode(rawValue: Int32(report.exitCode)) ?? .incomplete
    }
}

extension Orphan.Class: OptionValue {}
