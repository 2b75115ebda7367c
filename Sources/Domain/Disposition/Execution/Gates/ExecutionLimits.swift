internal import Evaluation
internal import Policies
internal import Records

/// Counts once more what would go under each policy: of what stands now, and of what the plan took away already.
///
/// What the estate has lost since may make the same number too large a share.
struct ExecutionLimits {
    let plan: Plan
    let result: ScanResult
    let standing: Standing
    /// The actions that were done, by earlier runs or this one.
    let done: Set<Int>

    /// The gates that this closes: of limits, of approvals and of confirmations, in the order of the policies. A privacy
    /// request goes before all of them.
    ///
    /// What the plan says of limits and demands is its author's word, and is not asked for.
    ///
    /// - Parameters:
    ///   - approvals: those that were given; nil where nobody is asked for any, nor for a confirmation.
    ///   - confirmed: the policies whose names somebody typed.
    func closedGates(_ approvals: Approvals?, confirmed: Set<String>) -> [Gate] {
        guard plan.request == nil else { return [] }
        let counted = counted()
        let missing = approvals?.closedGates(
            plan.digest, counted.demands(of: result.policies), result.policies.signers,
            requester: plan.binding.requester)
        let asking = counted.filter { $0.asked > 0 }.map { result.policies.retention[$0.policy].name }
        let unconfirmed = approvals == nil ? [] : result.policies.unconfirmed(asking, but: confirmed)
        return exceeded(counted) + (missing ?? []) + unconfirmed
    }

    /// What would go now, because of policies that ask for it.
    private func counted() -> [PlannedLimit] {
        let departures = standing.departures
        var goes = [Bool](repeating: false, count: result.inventory.count)
        for row in departures { goes[row] = true }
        return LimitCount(result, departures: departures, goes: goes).limits()
    }

    /// The policies that would let go of more than they may.
    private func exceeded(_ counted: [PlannedLimit]) -> [Gate] {
        let earlier = earlier()
        return counted.compactMap { counted in
            let policy = result.policies.retention[counted.policy]
            let before = earlier[policy.name] ?? Earlier()
            var limit = PlannedLimit(
                policy: counted.policy, matched: counted.matched + before.absent, limits: policy.limits)
            // Whose the records were that are gone nobody can tell any more. They were counted when the plan was made,
            // and by each run before it called anything.
            limit.perSubject = counted.perSubject
            limit.asked = counted.asked + before.asked
            limit.records = counted.records + before.records
            guard limit.isExceeded else { return nil }
            return .limit(
                Plan.Limit(
                    policy: policy.name, matched: limit.matched, asked: limit.asked, records: limit.records,
                    perSubject: limit.perSubject, mostRecords: limit.mostRecords, mostPercent: limit.mostPercent,
                    mostPerSubject: limit.mostPerSubject, isExceeded: true))
        }
    }

    /// What is gone because of one policy.
    private struct Earlier {
        /// How many records it asked for.
        var asked = 0
        /// How many of these the scan does not find.
        var absent = 0
        /// How many records went because of it.
        var records = 0
    }

    private func earlier() -> [String: Earlier] {
        guard !done.isEmpty else { return [:] }
        let reasons = Dictionary(
            plan.actions.map { ($0.record, Set($0.because.map(\.policy))) }, uniquingKeysWith: { $0.union($1) })
        var counts: [String: Earlier] = [:]
        for index in done where plan.actions[index].verb != .cancel && plan.actions[index].toClear == nil {
            let action = plan.actions[index]
            let own = Set(action.because.map(\.policy))
            for policy in own {
                counts[policy, default: Earlier()].asked += 1
                if !standing.isFound(index) { counts[policy, default: Earlier()].absent += 1 }
            }
            let responsible = own.union(action.whole.flatMap { reasons[$0] } ?? [])
            for policy in responsible { counts[policy, default: Earlier()].records += 1 + action.along.count }
        }
        return counts
    }
}
