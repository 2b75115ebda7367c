public import Policies

extension Approvals {
    /// The approvals that a plan still lacks, in a fixed order; none where it can be executed as far as they go.
    ///
    /// What the plan says that its policies asked for counts, and what these policies ask for now: whoever lowers a
    /// demand after a plan was made lowers nothing for that plan.
    ///
    /// - Parameter policies: the documents as they are now.
    public func closedGates(_ plan: Plan, _ policies: PolicySet) -> [Gate] { closedGates(plan.head, policies) }

    /// The same, of a plan whose calls nobody needs.
    public func closedGates(_ plan: PlanHead, _ policies: PolicySet) -> [Gate] {
        let asking = Set(plan.limits.filter { $0.asked > 0 }.map(\.policy))
        let current = policies.retention.filter { asking.contains($0.name) }.compactMap { policy in
            policy.approvals.map { Plan.Demand(policy: policy.name, approvals: $0) }
        }
        // Approvals of another plan are none of this one.
        let approvals = matter == .plan && digest == plan.digest ? self : Approvals(of: .plan, digest: plan.digest)
        return approvals.closedGates(plan.demands + current, policies.signers, requester: plan.binding.requester)
    }

    func closedGates(_ demands: [Plan.Demand], _ signers: [Signer], requester: String) -> [Gate] {
        let (given, doubtful) = standing(among: signers, requester: requester)
        let missing = Set(demands).compactMap { demand -> Gate? in
            let counted = given.map(\.name).filter { demand.counts($0) }
            guard counted.count < demand.approvals.count else { return nil }
            let others = signers.filter { !$0.isNamed(requester) && demand.counts($0.name) }.map(\.name)
            return .approvals(demand, given: counted, possible: others.filter { !counted.contains($0) })
        }
        return missing.sorted { $0.description < $1.description } + doubtful.map { .doubtfulApproval(name: $0) }
    }
}

extension Plan.Demand {
    /// Whether the approval of this person counts, if it stands.
    public func counts(_ name: String) -> Bool { approvals.from.isEmpty || approvals.from.contains(name) }
}
