public import Policies

/// What a review list still lacks before its decisions count.
extension Approvals {
    /// The gates of a list, in a fixed order; none where its decisions count.
    ///
    /// One approval is asked for always, and what the policies ask for that the decisions are about.
    public func closedGates(_ list: ReviewList, digest: String, _ policies: PolicySet) -> [Gate] {
        let decided = Set(list.entries.filter { $0.decision != .open }.map(\.policy))
        let demands = policies.retention.filter { decided.contains($0.name) }.map { policy in
            Plan.Demand(policy: policy.name, approvals: policy.approvals ?? .init(count: 1, from: []))
        }
        let approvals =
            matter == .review && self.digest == digest ? self : Approvals(of: .review, digest: digest)
        return approvals.closedGates(demands, policies.signers, requester: list.requester)
    }
}
