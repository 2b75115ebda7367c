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
        let key = try pseudonyms()
        let workingDays = try workingDays()
        let request = try chosen().request
        guard let dates = request.dueDates(workingDays), let deadline = request.deadline(workingDays) else {
            throw .usage("erase: \(request.name): no calendar has the day by which it is to be answered")
        }
        let token = try hiding { () throws(AuditError) in try request.token(key) }
        let asOf = Instant(seconds: Instant.now().seconds)
        let scan = try Survey(policies: policies, export: export, looksFor: request, asOf: asOf, console).decide()
        let decision = try decide(request, scan)
        let making = PlanMaking(scan, for: "erase")
        let name = Plan.Request(name: request.name, token: token, regulation: request.regulation)
        let draft = try making.draft { (graph) throws(FactsError) in try decision.plan(name, graph: graph) }
        let binding = try making.binding(requester: requester, life: expiresIn, console)
        let written = try planning { () throws(PlanError) in
            _ = try PlanWriter(draft, binding).write(to: plan)
            return try Plan(path: plan)
        }
        let gates =
            written.closedGates(scan.policies, at: Moment(asOf))
            + Approvals(of: .plan, digest: written.digest).closedGates(written, scan.policies)
        try asking { () throws(RequestError) in
            try store.note(decision.event(.planned, plan: written.digest, at: asOf), on: request.name)
        }
        let report = ErasureReport(
            request, token: token, decision, dates: dates, deadline: deadline, plan: written, at: plan, gates: gates,
            toolVersion: Tenure.version)
        switch format {
        case .text: try console.write(report.text(style: console.hasColours ? .terminal : .plain))
        case .json: try console.write(String(decoding: report.json, as: UTF8.self))
        }
        if gates.contains(where: \.isSafetyStop) { return .safetyStop }
        return scan.incomplete.isEmpty ? .clean : .incomplete
    }

    private func decide(_ request: PrivacyRequest, _ scan: ScanResult) throws(Failure) -> ErasureDecision {
        do throws(CryptoError) {
            return try ErasureDecision(request, in: scan)
        } catch {
            throw .incomplete("erase: \(error)")
        }
    }

    private func planning<Result>(_ work: () throws(PlanError) -> Result) throws(Failure) -> Result {
        do throws(PlanError) { return try work() } catch { throw .usage("erase: \(error)") }
    }
}
