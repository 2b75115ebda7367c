internal import Evaluation
internal import Policies
internal import Records

/// Counts once more what would go under each policy: of what stands now, and of what earlier runs of the plan took away.
///
/// What the estate has lost since may make the same number too large a share.
struct ExecutionLimits {
    let plan: Plan
    let result: ScanResult
    let standing: Standing
    /// The actions that earlier runs did.
    let done: Set<Int>

    /// The policies that would let go of more than they may. A privacy request goes before limits.
    func exceeded() -> [Gate] {
        guard plan.request == nil else { return [] }
        let departures = standing.departures
        var goes = [Bool](repeating: false, count: result.inventory.count)
        for row in departures { goes[row] = true }
        let earlier = earlier()
        return LimitCount(result, departures: departures, goes: goes).limits().compactMap { counted in
            let policy = result.policies.retention[counted.policy]
            let before = earlier[policy.name] ?? (0, 0)
            var limit = PlannedLimit(
                policy: counted.policy, matched: counted.matched + before.asked, limits: policy.limits)
            limit.asked = counted.asked + before.asked
            limit.records = counted.records + before.records
            guard limit.isExceeded else { return nil }
            return .limit(
                Plan.Limit(
                    policy: policy.name, matched: limit.matched, asked: limit.asked, records: limit.records,
                    mostRecords: limit.mostRecords, mostPercent: limit.mostPercent, isExceeded: true))
        }
    }

    /// By policy: what it asked for of what is gone, and how many records went because of it.
    private func earlier() -> [String: (asked: Int, records: Int)] {
        guard !done.isEmpty else { return [:] }
        let reasons = Dictionary(
            plan.actions.map { ($0.record, Set($0.because.map(\.policy))) }, uniquingKeysWith: { $0.union($1) })
        var counts: [String: (asked: Int, records: Int)] = [:]
        for index in done where plan.actions[index].verb != .cancel && plan.actions[index].toClear == nil {
            let action = plan.actions[index]
            let own = Set(action.because.map(\.policy))
            for policy in own { counts[policy, default: (0, 0)].asked += 1 }
            let responsible = own.union(action.whole.flatMap { reasons[$0] } ?? [])
            for policy in responsible { counts[policy, default: (0, 0)].records += 1 + action.along.count }
        }
        return counts
    }
}
