internal import Chronology
internal import Disposition
internal import Evaluation
internal import Policies
internal import ProviderFacts
internal import Records
internal import Reports
internal import Threads

/// What every plan needs beside its records: how their sources delete, and what it is bound to.
struct PlanMaking {
    private let result: ScanResult
    private let verb: String

    /// - Parameters:
    ///   - result: the scan that the plan follows from.
    ///   - verb: who says so where something is wrong.
    init(_ result: ScanResult, for verb: String) {
        self.result = result
        self.verb = verb
    }

    /// How the source of a name deletes; nil where nothing is known of its type.
    typealias Graph = (_ source: String) throws(FactsError) -> DeletionGraph?

    /// The plan that `make` makes, given how each source deletes.
    func draft(_ make: (Graph) throws(FactsError) -> DraftPlan) throws(Failure) -> DraftPlan {
        try knowing { () throws(FactsError) in
            try make { (name) throws(FactsError) in
                let source = result.policies.sources.first { $0.name == name }
                return try DeletionGraph.graph(ofType: source?.type ?? "export", version: source?.apiVersion)
            }
        }
    }

    /// Does what `work` does and, on a thread beside it, takes the digest of the scan: either goes through all of it.
    func digesting<Made>(
        _ work: () throws(Failure) -> Made
    ) throws(Failure) -> (made: Made, digest: String) {
        let (taken, made) = Thread.beside(
            { Result { () throws(Failure) in try digest() } }, { Result { () throws(Failure) in try work() } })
        return (try made.get(), try taken.get())
    }

    /// What a plan is bound to that lives so long.
    ///
    /// - Parameter scan: the digest of the scan.
    func binding(
        requester: String, life: Period, scan: String, reviews: [PlannedReview] = [], _ console: Console
    ) throws(Failure) -> PlanBinding {
        guard let expires = Zone.utc.adding(life, to: result.asOf) else {
            throw .usage("\(verb): --expires-in \(life) ends after the year 9999: name a shorter period")
        }
        let names = result.inventory.sourceNames
        let accounts = Accounts.ask(result.policies.sources.filter { names.contains($0.name) }, console)
        let places = try Places(result, for: verb, accounts: accounts).list
        return PlanBinding(
            toolVersion: Tenure.version, requester: requester, asOf: result.asOf, expires: expires,
            policies: result.policies.rulesDigest, holds: result.policies.holdsDigest, scan: scan, places: places,
            reviews: reviews)
    }

    /// Of the report that `scan --report json` writes for the same instant.
    private func digest() throws(Failure) -> String {
        do throws(ReportError) {
            return try ScanReport(result, toolVersion: Tenure.version).digest()
        } catch {
            throw .incomplete("\(verb): \(error)")
        }
    }

    private func knowing<Result>(_ work: () throws(FactsError) -> Result) throws(Failure) -> Result {
        do throws(FactsError) {
            return try work()
        } catch {
            throw .usage("\(verb): \(error)")
        }
    }
}
