internal import Disposition

extension Erase {
    /// Executes the plan of a request, for the person whom the request names and nobody else.
    func execute(_ console: Console) throws(Failure) -> ExitCode {
        let kept = try chosen()
        let name = kept.request.name
        let run = PlanRun(
            verb: "erase", command: "tenure erase apply \(name) --plan \(plan)", file: plan, policies: policies,
            export: export, ledger: ledger, isExecuting: execute, auditLog: auditLog, auditKey: auditKey,
            pseudonymKey: pseudonymKey, maxDuration: maxDuration, confirmed: [],
            searchesStores: probeSearch, format: format, request: kept.request)
        return try run.run(console) { (plan) throws(Failure) in _ = try noted(plan, on: kept) }
    }

    /// What was noted when a plan was made for a request. A plan that was not made for it is none of it, whatever it says.
    func noted(_ plan: Plan, on kept: KeptRequest) throws(Failure) -> KeptRequest.Event {
        guard plan.request?.name == kept.request.name else {
            throw .usage("erase: \(self.plan) is no plan of \(kept.request.name)")
        }
        guard let event = kept.events.last(where: { $0.plan == plan.digest }) else {
            throw .usage(
                "erase: \(self.plan) was not noted as a plan of \(kept.request.name): make one with tenure erase plan")
        }
        return event
    }
}
