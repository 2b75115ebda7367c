internal import Chronology
internal import Policies
internal import Records

/// Finds the records of a family in a source of which nothing can change a decision before an instant: branch by branch,
/// each of which is a record at the top with all that is in it.
struct SettledBranches {
    private let result: ScanResult
    private let source: Int
    private let family: SettlingFamily
    private let assessment: Assessment
    private let inventory: Inventory
    /// Before the first of these everything is as it is now, whatever the records are.
    private let horizon: Int64
    /// By cell: the limits of its records, taken out of the plans once, for a plan is too large to be copied for every row.
    private let pairs: [[CellPlan.Pair]]
    /// By cell: whether nothing but the limits of its records can change a decision about them.
    private let isSteady: [Bool]
    /// The branch that a row stands in, by its number; -1 for none.
    private var branchOf: [Int32]
    /// The rows at the top of the branches.
    private var tops: [Int] = []
    /// The rows of what is asked for by itself and stands in another's branch: responses in a conversation.
    private var members: [Int32: [Int]] = [:]
    private var isOpen: [Bool] = []
    private var usesSomething: [Bool] = []
    /// What must know when a branch was active: branch, row, and when.
    private var marks: [Int32: [Int: Moment]] = [:]

    /// How far a service's clock may be from ours, and a record's from both: the design believes five minutes.
    private static let skew: Int64 = 600 * 1_000_000
    private static let years: Int64 = 100 * 366 * 86_400 * 1_000_000

    /// Nil where the source was not read so that anything could be known of it.
    init?(_ result: ScanResult, _ source: Int, _ family: SettlingFamily, _ obstacle: SettlingObstacle) {
        self.result = result
        self.source = source
        self.family = family
        assessment = result.assessment
        inventory = assessment.facts.inventory
        let rules = assessment.rules
        let coverage = inventory.coverage[source]
        guard coverage.lostOfUnknownKind == 0,
            family.mayBeLeftUnread(coverage),
            family.kinds.kinds.allSatisfy({
                coverage[$0].lost == 0 && coverage[$0].missing == 0 && coverage[$0].unreadUses == 0
                    && !coverage[$0].isRetired
            })
        else { return nil }
        // What is new is as old as this run at most.
        var horizon = Int64.max
        for policy in rules.policies.retention.indices
        where obstacle.covers(rules.policies.retention[policy].match, family.hidden) {
            guard let atMost = rules.atMost[policy] else { continue }
            horizon = min(horizon, atMost.leastSum(from: rules.asOf - Self.skew) ?? .min)
        }
        for hold in rules.policies.holds {
            for moment in [hold.from, hold.until, hold.inEffectUntil].compactMap(\.self)
            where moment.microseconds > rules.asOf {
                horizon = min(horizon, moment.microseconds)
            }
        }
        self.horizon = horizon
        // Policies under which something that is active in the next years could come past the year 9999.
        let isFarOff = rules.policies.retention.indices.map { policy in
            [rules.atMost[policy], rules.atLeast[policy]].contains { period in
                period.map { $0.add(to: rules.asOf + Self.years) == nil } ?? false
            }
        }
        pairs = assessment.plans.map(\.pairs)
        isSteady = assessment.plans.map { plan in
            plan.errors.isEmpty && plan.bareObligations.isEmpty && plan.access.isEmpty
                && !plan.matched.contains { isFarOff[$0] }
        }
        branchOf = Array(repeating: -1, count: inventory.count)
        guard findBranches(), openThoseWithProblems() else { return nil }
        openThoseWithFindings()
        openThoseAtWork()
        openThoseThatMustBeSeen()
        noteUses(obstacle.countsUse)
    }

    /// All of them.
    var all: [Settling.Settled] {
        let uncovered = UncoveredRecords.rows(assessment)
        var settled: [Settling.Settled] = []
        var count = SettledCount(assessment.plans)
        var until = horizon
        var isSettled = true
        var current: Int32 = -1
        func end() {
            let tally = count.take()
            guard current >= 0, isSettled, until > assessment.rules.asOf else { return }
            settled += branch(current, until: Moment(microseconds: until), tally)
        }
        for row in rowsByBranch {
            let branch = branchOf[row]
            if branch != current {
                end()
                (until, isSettled, current) = (horizon, !isOpen[Int(branch)], branch)
            }
            guard isSettled else { continue }
            let cell = assessment.cells[row]
            let isKept = assessment.keep(row).late > assessment.rules.asOf || assessment.matters(row) != 0
            // What it uses is kept through it.
            if !(isKept && usesSomething[Int(branch)]), let limit = limit(row, cell) {
                until = min(until, limit)
                count.add(.init(cell: cell, isKept: isKept, isUncovered: uncovered[row]))
            } else {
                isSettled = false
            }
        }
        end()
        return settled
    }

    /// What is asked for of a branch that is settled.
    private func branch(_ branch: Int32, until: Moment, _ tally: SettledTally) -> [Settling.Settled] {
        let top = tops[Int(branch)]
        let parts = (members[branch] ?? []).map { row in
            let activity = Moment(microseconds: assessment.facts.times.newest(row).early)
            return Settling.Settled(row: row, until: until, tally: SettledTally(), marks: [top: activity])
        }
        return [.init(row: top, until: until, tally: tally, marks: marks[branch] ?? [:])] + parts
    }

    /// The first instant at which something about a row can change; nil where there is something about it already.
    private func limit(_ row: Int, _ cell: Int) -> Int64? {
        let facts = assessment.facts.times.facts[row]
        let isTimeless = facts.created == .absent && inventory.kinds[row] == .item
        guard isSteady[cell], facts.created == .point || isTimeless, !facts.isConflicted,
            facts.activity == .point || facts.activity == .absent, inventory.expires(row) == nil
        else { return nil }
        let asOf = assessment.rules.asOf
        let keep = assessment.keep(row)
        var limit = keep.early > asOf ? keep.early : Int64.max
        if keep.late > asOf { limit = min(limit, keep.late) }
        let circumstances = assessment.circumstances(row, isUsed: false)
        for pair in pairs[cell] {
            let verdict = assessment.judge.verdict(pair, row, circumstances)
            guard verdict.state == .allowed || verdict.state == .kept, let deleteAt = verdict.deleteAt,
                let slack = assessment.rules.atMost[pair.policy]?.slack, deleteAt.early > asOf + slack
            else { return nil }
            limit = min(limit, deleteAt.early - slack)
        }
        return limit
    }

    // MARK: Branches

    /// False where some row stands in nothing that is known.
    private mutating func findBranches() -> Bool {
        let kinds = inventory.kinds
        let containers = inventory.containers
        for segment in assessment.facts.segments.all where segment.source == source && family.tops.has(segment.kind) {
            for row in segment.rows where containers[row] >= Inventory.unknownContainer {
                branchOf[row] = Int32(clamping: tops.count)
                tops.append(row)
                // Nobody knows what it stands in.
                isOpen.append(containers[row] == Inventory.unknownContainer)
            }
        }
        usesSomething = Array(repeating: false, count: tops.count)
        for segment in assessment.facts.segments.all where segment.source == source && family.kinds.has(segment.kind) {
            for row in segment.rows where branchOf[row] < 0 {
                var top = row
                while containers[top] < Inventory.unknownContainer { top = Int(containers[top]) }
                guard branchOf[top] >= 0 else { return false }
                branchOf[row] = branchOf[top]
                if family.tops.has(segment.kind) { members[branchOf[top], default: []].append(row) }
            }
        }
        let edges = inventory.edges
        return !(0..<edges.count).contains { edge in
            edges.relation[edge] == .contains && family.kinds.has(kinds[Int(edges.to[edge])])
        }
    }

    /// What is still at work may come to another status, and to other tokens.
    ///
    /// - Source: OpenAI's OpenAPI document 2.3.0: `Response.status`.
    private mutating func openThoseAtWork() {
        let statuses = inventory.statuses
        let ended: Set = ["completed", "failed", "cancelled", "incomplete"]
        for segment in assessment.facts.segments.all where segment.source == source && segment.kind == .response {
            for row in segment.rows where branchOf[row] >= 0 {
                if !(inventory.strings.string(statuses[row]).map(ended.contains) ?? false) {
                    isOpen[Int(branchOf[row])] = true
                }
            }
        }
    }

    /// A canary that stands in what is left unread would not be seen.
    private mutating func openThoseThatMustBeSeen() {
        let name = inventory.sourceNames[source]
        for canary in assessment.rules.policies.sources.first(where: { $0.name == name })?.canaries ?? [] {
            for row in inventory.rows(withId: canary) where branchOf[row] >= 0 { isOpen[Int(branchOf[row])] = true }
        }
    }

    /// False where nobody can say which branch has a problem.
    private mutating func openThoseWithProblems() -> Bool {
        let name = inventory.sourceNames[source]
        let problems = inventory.problems.kept.filter { $0.source == name }
        let count = Problem.Code.allCases.reduce(0) { $0 + inventory.problems.count(of: $1, inSource: name) }
        guard problems.count == count else { return false }
        for problem in problems {
            guard problem.kind.map(family.kinds.has) ?? true else { continue }
            guard let kind = problem.kind, let id = problem.id,
                let row = inventory.row(source: source, kind: kind, id: id), branchOf[row] >= 0
            else { return false }
            isOpen[Int(branchOf[row])] = true
        }
        return true
    }

    private mutating func openThoseWithFindings() {
        for finding in result.findings where finding.row < branchOf.count && branchOf[finding.row] >= 0 {
            isOpen[Int(branchOf[finding.row])] = true
        }
    }

    private mutating func noteUses(_ useCounts: Bool) {
        let edges = inventory.edges
        let activities = useCounts ? activities : []
        for edge in 0..<edges.count where edges.relation[edge] != .contains {
            let (user, target) = (Int(edges.from[edge]), Int(edges.to[edge]))
            let branch = branchOf[user]
            guard branch >= 0 else { continue }
            if edges.relation[edge] == .uses { usesSomething[Int(branch)] = true }
            let kind = inventory.kinds[target]
            let isOfAnother = family.tops.has(kind) && branchOf[target] != branch
            guard isOfAnother || useCounts && SettlingObstacle.passive.has(kind) else { continue }
            let newest = assessment.facts.times.newest(user).early
            let isThread = inventory.kinds[user] == .thread
            let activity = isThread ? activities.map { $0[user].early }.min() ?? newest : newest
            guard Moment(microseconds: activity).isPoint else { continue }
            let known = marks[branch]?[target] ?? .beginning
            marks[branch, default: [:]][target] = max(known, Moment(microseconds: activity))
        }
    }

    /// The last activities that policies count from.
    private var activities: [LastActivity] {
        var counts: Set<RoleSet> = []
        for policy in assessment.rules.policies.retention {
            if case .lastActivity(let roles) = policy.clock { counts.insert(roles) }
        }
        return counts.map { assessment.facts.lastActivity(counts: $0) }
    }

    /// The rows of all branches, one branch after another.
    private var rowsByBranch: [Int] {
        var starts = [Int](repeating: 0, count: tops.count + 1)
        for branch in branchOf where branch >= 0 { starts[Int(branch) + 1] += 1 }
        for branch in tops.indices { starts[branch + 1] += starts[branch] }
        var rows = [Int](repeating: 0, count: starts[tops.count])
        for row in branchOf.indices where branchOf[row] >= 0 {
            rows[starts[Int(branchOf[row])]] = row
            starts[Int(branchOf[row])] += 1
        }
        return rows
    }
}

extension PeriodAdder {
    /// What the sum of no later clock is before; nil where there is no sum.
    fileprivate func leastSum(from clock: Int64) -> Int64? { add(to: clock).map { $0 - slack } }
}
