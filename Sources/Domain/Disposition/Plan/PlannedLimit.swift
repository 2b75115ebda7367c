internal import Policies

/// What a plan would delete under one policy, held against the policy's limits.
public struct PlannedLimit: Sendable, Hashable {
    /// The index of the policy in the set's `retention`.
    public let policy: Int
    /// How many records the policy matches.
    public let matched: Int
    /// How many of these go because it asks for it.
    public internal(set) var asked = 0
    /// How many records go because it asks for it, with all that they contain.
    public internal(set) var records = 0
    /// How many of these records are of the one subject of which most are; those that name none count as one subject's,
    /// as nobody knows that they are not. Counted where the policy limits it.
    public internal(set) var perSubject = 0
    /// The most records that may go; nil for any number.
    public let mostRecords: Int?
    /// The most percent of what the policy matches that may go; nil for all.
    public let mostPercent: Int?
    /// The most records of one subject that may go; nil for any number.
    public let mostPerSubject: Int?

    init(policy: Int, matched: Int, limits: RetentionPolicy.Limits?) {
        self.policy = policy
        self.matched = matched
        mostRecords = limits?.records
        mostPercent = limits?.percent
        mostPerSubject = limits?.perSubject
    }

    /// Whether more would go than may. Exactly the limit is within it.
    ///
    /// - Source: the design, section 4: cascades count toward the number; the percentage is of what the policy matches,
    ///   so only what it matches counts toward that.
    public var isExceeded: Bool {
        if let mostRecords, records > mostRecords { return true }
        if let mostPerSubject, perSubject > mostPerSubject { return true }
        guard let mostPercent else { return false }
        let (share, isHuge) = asked.multipliedReportingOverflow(by: 100)
        let (allowed, isAny) = matched.multipliedReportingOverflow(by: mostPercent)
        return !isAny && (isHuge || share > allowed)
    }
}

extension [PlannedLimit] {
    /// The approvals that policies ask for because of which something goes, in this order.
    func demands(of policies: PolicySet) -> [Plan.Demand] {
        filter { $0.asked > 0 }.compactMap { limit in
            let policy = policies.retention[limit.policy]
            return policy.approvals.map { Plan.Demand(policy: policy.name, approvals: $0) }
        }
    }
}
