internal import Records

/// Counts the rows of one branch after another. Most are like the one before, and are counted together with it.
struct SettledCount {
    private let plans: [CellPlan]
    private var tally = SettledTally()
    /// The rows that are alike and wait to be counted.
    private var last: Like?
    private var times = 0

    /// What counts of a row.
    struct Like: Equatable {
        let cell: Int
        /// Whether something obliges to keep it.
        let isKept: Bool
        /// Whether no policy with an `atMost` speaks of it.
        let isUncovered: Bool
    }

    init(_ plans: [CellPlan]) { self.plans = plans }

    /// Counts a row.
    mutating func add(_ row: Like) {
        if row != last { countLast() }
        last = row
        times += 1
    }

    /// What was counted, and begins anew.
    mutating func take() -> SettledTally {
        countLast()
        defer { tally = SettledTally() }
        return tally
    }

    private mutating func countLast() {
        defer { (last, times) = (nil, 0) }
        guard let last else { return }
        let plan = plans[last.cell]
        tally.kinds[plan.kind, default: 0] += times
        for policy in plan.matched { tally.policies[policy, default: .init()].matched += times }
        for pair in plan.pairs {
            if last.isKept {
                tally.policies[pair.policy, default: .init()].kept += times
            } else {
                tally.policies[pair.policy, default: .init()].allowed += times
            }
        }
        tally.holds.formUnion(plan.holds)
        tally.exceptions.formUnion(plan.exceptions)
        if last.isUncovered { tally.uncovered += times }
    }
}
