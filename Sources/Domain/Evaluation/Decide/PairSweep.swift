internal import Chronology
internal import Policies
internal import Records

/// Goes over all pairs once: counts those that are certainly allowed by their cell, and judges all others.
struct PairSweep {
    private let assessment: Assessment
    private(set) var summary: Summary
    private(set) var findings: [Finding] = []
    private(set) var marks: Marks
    /// Verdicts by policy and state that differ from `allowed`, or were judged one by one.
    private var deferred: [Int] = []

    init(_ assessment: Assessment) {
        self.assessment = assessment
        summary = Summary()
        summary.records = assessment.cells.count
        summary.policies = Array(repeating: .init(), count: assessment.rules.policies.retention.count)
        marks = Marks(count: assessment.cells.count)
    }

    /// A pair in the form in which the loop compares it.
    private struct Limit {
        enum Clock { case created, activity, other }

        let clock: Clock
        let activity: Int
        let low: Int64
        let high: Int64
    }

    /// Where a cell's limits stand among all limits.
    private struct Entry {
        let first: Int32
        let end: Int32
        /// Whether every row of the cell is looked at one by one.
        let isAlwaysJudged: Bool
    }

    mutating func run() {
        var activities: [LastActivity] = []
        var limits: [Limit] = []
        let entries = assessment.plans.map { plan in
            let first = Int32(limits.count)
            for pair in plan.pairs { limits.append(limit(pair, &activities)) }
            return Entry(
                first: first, end: Int32(limits.count),
                isAlwaysJudged: !plan.errors.isEmpty || !plan.bareObligations.isEmpty)
        }
        var rowsOfCell = [Int](repeating: 0, count: entries.count)
        var judgedOfCell = rowsOfCell
        let asOf = assessment.rules.asOf
        let times = assessment.facts.times
        let obligations = assessment.obligations
        let cells = assessment.cells
        for row in cells.indices {
            let cell = Int(cells[row])
            rowsOfCell[cell] += 1
            let entry = entries[cell]
            var isAllowed = !entry.isAlwaysJudged
            if entry.first < entry.end, isAllowed {
                if let obligations, obligations.ends[row].late > asOf || obligations.matters[row] != 0 {
                    isAllowed = false
                }
                var index = Int(entry.first)
                while isAllowed, index < Int(entry.end) {
                    let limit = limits[index]
                    switch limit.clock {
                    case .created:
                        let ends = times.created(row)
                        isAllowed = ends.early > limit.low && ends.late < limit.high
                    case .activity:
                        let ends = activities[limit.activity][row]
                        isAllowed = ends.early > limit.low && ends.late < limit.high
                    case .other: isAllowed = false
                    }
                    index += 1
                }
            }
            if !isAllowed {
                judgedOfCell[cell] += 1
                judge(row)
            }
        }
        countAllowed(rowsOfCell, judgedOfCell)
    }

    /// Settles what waits for the question who uses whom, once that is answered, and notes which records may go.
    mutating func finish(_ marks: Marks) {
        self.marks = marks
        for row in deferred {
            for verdict in assessment.verdicts(row, isUsed: marks.isUsed[row]) { take(verdict, row) }
        }
        for index in findings.indices { findings[index].mayGo = marks.mayGo[findings[index].row] }
        summary.mayGo = marks.mayGo.count { $0 }
    }

    private func limit(_ pair: CellPlan.Pair, _ activities: inout [LastActivity]) -> Limit {
        let (low, high) = assessment.rules.certainlyAllowed[pair.policy]
        switch assessment.rules.policies.retention[pair.policy].clock {
        case .created: return Limit(clock: .created, activity: 0, low: low, high: high)
        case .lastActivity(let counts):
            activities.append(assessment.facts.lastActivity(counts: counts))
            return Limit(clock: .activity, activity: activities.count - 1, low: low, high: high)
        case .lastModified, .expires, .custom: return Limit(clock: .other, activity: 0, low: low, high: high)
        }
    }

    private mutating func countAllowed(_ rows: [Int], _ judged: [Int]) {
        for (cell, plan) in assessment.plans.enumerated() {
            for policy in plan.matched { summary.policies[policy].matched += rows[cell] }
            for pair in plan.pairs { count(.allowed, pair.policy, rows[cell] - judged[cell]) }
        }
    }

    private mutating func count(_ state: State, _ policy: Int, _ number: Int = 1) {
        summary[state] += number
        summary.policies[policy][state] += number
    }

    private mutating func judge(_ row: Int) {
        let verdicts = assessment.verdicts(row, isUsed: false)
        let plan = assessment.plan(row)
        if verdicts.contains(where: \.asksForUsers) {
            marks.asksForUsers[row] = true
            deferred.append(row)
        } else {
            for verdict in verdicts { take(verdict, row) }
        }
        if verdicts.contains(where: \.blocksDeletion) { marks.isBlocked[row] = true }
        let isFree = assessment.matters(row) == 0 && assessment.keep(row).late <= assessment.rules.asOf
        if isFree, zip(plan.pairs, verdicts).contains(where: { $0.deletes && $1.isDue }) { marks.asksToGo[row] = true }
    }

    private mutating func take(_ verdict: PairVerdict, _ row: Int) {
        count(verdict.state, verdict.policy)
        guard verdict.isReported(asOf: assessment.rules.asOf) else { return }
        findings.append(assessment.finding(verdict, row))
    }
}

extension Assessment {
    func finding(_ verdict: PairVerdict, _ row: Int) -> Finding {
        let policy = rules.policies.retention[verdict.policy]
        var finding = Finding(
            row: row, policy: verdict.policy, rule: verdict.rule, state: verdict.state, severity: policy.severity)
        finding.isViolation = policy.mode == .enforce && verdict.state.isViolation(policy.onUndetermined)
        finding.pastMax = verdict.state == .kept && verdict.isPastLimit(asOf: rules.asOf)
        finding.clock = verdict.clock?.interval
        finding.keepUntil = keepUntil(row)
        finding.deleteAt = verdict.deleteAt.map { Moment(microseconds: $0.late) }
        finding.dueAt = verdict.dueAt.map { Moment(microseconds: $0.late) }
        finding.overdueAt = verdict.overdueAt.map { Moment(microseconds: $0.late) }
        finding.matters = MatterSet(index: matters(row))
        return finding
    }

    /// The late end of K; nil where nothing obliges.
    func keepUntil(_ row: Int) -> Moment? {
        if matters(row) != 0 { return .unbounded }
        let late = keep(row).late
        return late == Ends.open ? nil : Moment(microseconds: late)
    }
}

extension State {
    /// Whether the state violates a policy that is in force.
    func isViolation(_ onUndetermined: RetentionPolicy.OnUndetermined) -> Bool {
        switch self {
        case .error, .overdue, .earlyExpiry: true
        case .undetermined: onUndetermined == .fail
        default: false
        }
    }
}
