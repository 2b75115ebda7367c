public import Policies

/// How many records a change of the rules may newly make due, or free to go.
///
/// A number counts all records together. A percentage is of the records that a policy matches, policy by policy, as in a
/// policy's own `limits`: a share of the whole estate would let pass that everything under a small policy becomes due.
public enum ChangeLimit: Sendable, Hashable {
    case records(Int)
    /// Whole percent, 0 to 100.
    case percent(Int)

    /// What exceeds the limit.
    public struct Excess: Sendable, Hashable {
        /// The policy of which the share is too large; nil where all records together are too many.
        public let policy: String?
        /// How many records change.
        public let records: Int
        /// Of how many; nil where the limit is a number.
        public let matched: Int?
    }

    /// What exceeds the limit, by policy. Exactly the limit does not exceed it.
    public func excesses(
        of difference: Difference, _ change: Standing.Change, in policies: PolicySet, _ summary: Summary
    ) -> [Excess] {
        switch self {
        case .records(let most):
            let records = difference[change].newly.records
            return records > most ? [Excess(policy: nil, records: records, matched: nil)] : []
        case .percent(let most):
            var records = [Int](repeating: 0, count: policies.retention.count)
            for group in difference.groups where group.change == change {
                if case .retention(let index) = group.cause { records[index] += group.newly.records }
            }
            return records.indices.compactMap { index in
                let matched = summary.policies[index].matched
                let (share, isHuge) = records[index].multipliedReportingOverflow(by: 100)
                let (allowed, _) = matched.multipliedReportingOverflow(by: most)
                guard isHuge || share > allowed else { return nil }
                return Excess(policy: policies.retention[index].name, records: records[index], matched: matched)
            }
        }
    }
}
