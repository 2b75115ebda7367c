internal import AuditLog
internal import Chronology
internal import Crypto
internal import Disposition
internal import Evaluation
internal import Policies
internal import ProviderFacts
internal import Records
internal import Reports

extension Erase {
    /// Scans as of now, finds what is theirs, and writes a plan of just that.
    func makePlan(_ console: Console) throws(Failure) -> ExitCode {
        guard let requester = `as`, !requester.isEmpty else {
            throw .usage("erase: say who asks for the plan: --as NAME")
        }
        let trail = try AuditTrail(log: auditLog, key: auditKey, for: "erase")
        let key = try pseudonyms()
        let workingDays = try workingDays()
        let request = try chosen().request
        let dates = try dates(of: request, workingDays)
        let token = try hiding { () throws(AuditError) in try request.token(key) }
        let asOf = Instant(seconds: Instant.now().seconds)
        let scan = try Survey(
            policies: policies, export: export, ledger: ledger, looksFor: request, asOf: asOf, console
        ).decide()
        let decision = try decide(request, scan)
        let making = PlanMaking(scan, for: "erase")
        let name = Plan.Request(name: request.name, token: token, regulation: request.regulation)
        let draft = try making.draft { (graph) throws(FactsError) in try decision.plan(name, graph: graph) }
        let binding = try making.binding(requester: requester, life: expiresIn, console)
        let recorded = try RecordedPlan(draft, binding, of: scan, to: plan, trail, for: "erase", console)
        try asking { () throws(RequestError) in
            try store.note(decision.event(.planned, plan: recorded.head.digest, at: asOf), on: request.name)
        }
        let report = ErasureReport(
            request, token: token, decision, dates: dates.all, deadline: dates.deadline, plan: try loadedPlan(),
            at: plan, gates: recorded.gates, toolVersion: Tenure.version)
        switch format {
        case .text: try console.write(report.text(style: console.hasColours ? .terminal : .plain))
        case .json: try console.write(String(decoding: report.json, as: UTF8.self))
        }
        return recorded.exitCode
    }

    private func decide(_ request: PrivacyRequest, _ scan: ScanResult) throws(Failure) -> ErasureDecision {
        do throws(CryptoError) {
            return try ErasureDecision(request, in: scan)
        } catch {
            throw .incomplete("erase: \(error)")
        }
    }
}
