public import Policies

extension Approvals {
    /// The approvals that a plan lacks by what it says itself of its policies, in a fixed order: what people are told
    /// before anything is scanned again.
    ///
    /// An execution believes no plan: it asks for what the policies demand because of what then goes.
    ///
    /// - Parameter policies: the documents as they are now.
    public func closedGates(_ plan: Plan, _ policies: PolicySet) -> [Gate] { closedGates(plan.head, policies) }

    /// The same, of a plan whose calls nobody needs.
    public func closedGates(_ plan: PlanHead, _ policies: PolicySet) -> [Gate] {
        let asking = Set(plan.limits.filter { $0.asked > 0 }.map(\.policy))
        let current = policies.retention.filter { asking.contains($0.name) }.compactMap { policy in
            policy.approvals.map { Plan.Demand(policy: policy.name, approvals: $0) }
        }
        return closedGates(
            plan.digest, plan.demands + current, policies.signers, requester: plan.binding.requester)
    }

    /// The approvals that the plan of a digest lacks where so much is demanded.
    func closedGates(
        _ digest: String, _ demands: [Plan.Demand], _ signers: [Signer], requester: String
    ) -> [Gate] {
        // Approvals of another plan are none of this one.
        let approvals = matter == .plan && self.digest == digest ? self : Approvals(of: .plan, digest: digest)
        return approvals.closedGates(demands, signers, requester: requester)
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
