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
        let requester = try ActingName.of(`as`, for: Self.name, asking: "say who asks for the plan")
        let trail = try AuditTrail(log: auditLog, key: auditKey, for: "erase")
        let key = try pseudonyms()
        let workingDays = try workingDays()
        let request = try chosen().request
        let dates = try dates(of: request, workingDays)
        let token = try hiding { () throws(AuditError) in try request.token(key) }
        let asOf = Instant(seconds: Instant.now().seconds)
        let scan = try Survey(
            policies: policies, export: export, ledger: ledger, looksFor: request, needsHolds: true, asOf: asOf,
            console
        ).decide()
        var decision = try finding { () throws(CryptoError) in try ErasureDecision(request, in: scan) }
        let making = PlanMaking(scan, for: "erase")
        let name = Plan.Request(name: request.name, token: token, regulation: request.regulation)
        let (draft, digest) = try making.digesting { [decision] () throws(Failure) in
            try making.draft { (graph) throws(FactsError) in try decision.plan(name, graph: graph) }
        }
        decision.leave(whatNoCallDeletes: draft)
        let list = try finding { [decision] () throws(CryptoError) in try decision.list() }
        let binding = try making.binding(requester: requester, life: expiresIn, scan: digest, console)
        let recorded = try RecordedPlan(draft, binding, of: scan, to: plan, trail, for: "erase", console)
        let event = try finding { [decision] () throws(CryptoError) in
            try decision.event(.planned, plan: recorded.head.digest, at: asOf)
        }
        try asking { () throws(RequestError) in
            try store.keep(planAt: plan, digest: event.plan, of: request.name)
            try store.note(event, on: request.name)
        }
        let noted = try asking { () throws(RequestError) in try store.request(named: request.name) }
        let report = ErasureReport(
            request, token: token, decision, list: list, isSettled: noted.isSettled(event), dates: dates.all,
            deadline: dates.deadline, plan: try loadedPlan(),
            at: plan, gates: recorded.gates, toolVersion: Tenure.version)
        switch format {
        case .text: try console.write(report.text(style: console.hasColours ? .terminal : .plain))
        case .json: try console.write(String(decoding: report.json, as: UTF8.self))
        }
        return recorded.exitCode
    }

    private func finding<Result>(_ work: () throws(CryptoError) -> Result) throws(Failure) -> Result {
        do throws(CryptoError) { return try work() } catch { throw .incomplete("erase: \(error)") }
    }
}
