internal import Chronology
internal import Policies
internal import Records

/// Finds the threads of a source of which nothing can change a decision before an instant.
struct SettledThreads {
    private let result: ScanResult
    private let source: Int
    private let assessment: Assessment
    private let inventory: Inventory
    /// Before the first of these everything is as it is now, whatever the records are.
    private let horizon: Int64
    /// By cell: the limits of its records, taken out of the plans once, for a plan is too large to be copied for every row.
    private let pairs: [[CellPlan.Pair]]
    /// By cell: whether nothing but the limits of its records can change a decision about them.
    private let isSteady: [Bool]
    /// The thread that a row stands in, by its number; -1 for none.
    private var threadOf: [Int32]
    /// The rows of the threads.
    private var threads: [Int] = []
    private var isOpen: [Bool] = []
    private var usesSomething: [Bool] = []
    /// What is used or cited whose last activity counts: thread, row, and when.
    private var marks: [Int32: [Int: Moment]] = [:]

    private static let family = SettlingObstacle.family
    /// How far a service's clock may be from ours, and a record's from both: the design believes five minutes.
    private static let skew: Int64 = 600 * 1_000_000
    private static let years: Int64 = 100 * 366 * 86_400 * 1_000_000

    /// Nil where the source was not read so that anything could be known of it.
    init?(_ result: ScanResult, _ source: Int, _ obstacle: SettlingObstacle) {
        self.result = result
        self.source = source
        assessment = result.assessment
        inventory = assessment.facts.inventory
        let rules = assessment.rules
        let coverage = inventory.coverage[source]
        guard coverage.lostOfUnknownKind == 0,
            Self.family.kinds.allSatisfy({
                coverage[$0].lost == 0 && coverage[$0].missing == 0 && !coverage[$0].isRetired
            })
        else { return nil }
        // What is new is as old as this run at most.
        var horizon = Int64.max
        for policy in rules.policies.retention.indices
        where obstacle.covers(rules.policies.retention[policy].match, SettlingObstacle.parts) {
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
        threadOf = Array(repeating: -1, count: inventory.count)
        guard findThreads(), openThoseWithProblems() else { return nil }
        openThoseWithFindings()
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
            settled.append(
                .init(
                    row: threads[Int(current)], until: Moment(microseconds: until), tally: tally,
                    marks: marks[current] ?? [:]))
        }
        for row in rowsByThread {
            let thread = threadOf[row]
            if thread != current {
                end()
                (until, isSettled, current) = (horizon, !isOpen[Int(thread)], thread)
            }
            guard isSettled else { continue }
            let cell = assessment.cells[row]
            let isKept = assessment.keep(row).late > assessment.rules.asOf || assessment.matters(row) != 0
            // What it uses is kept through it.
            if !(isKept && usesSomething[Int(thread)]), let limit = limit(row, cell) {
                until = min(until, limit)
                count.add(.init(cell: cell, isKept: isKept, isUncovered: uncovered[row]))
            } else {
                isSettled = false
            }
        }
        end()
        return settled
    }

    /// The first instant at which something about a row can change; nil where there is something about it already.
    private func limit(_ row: Int, _ cell: Int) -> Int64? {
        let facts = assessment.facts.times.facts[row]
        guard isSteady[cell], facts.created == .point, !facts.isConflicted,
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

    // MARK: Threads and what is in them

    /// False where some row stands in nothing that is known.
    private mutating func findThreads() -> Bool {
        let kinds = inventory.kinds
        let containers = inventory.containers
        for segment in assessment.facts.segments.all where segment.source == source && segment.kind == .thread {
            for row in segment.rows {
                threadOf[row] = Int32(clamping: threads.count)
                threads.append(row)
            }
        }
        isOpen = Array(repeating: false, count: threads.count)
        usesSomething = isOpen
        for segment in assessment.facts.segments.all
        where segment.source == source && segment.kind != .thread && Self.family.has(segment.kind) {
            for row in segment.rows {
                var top = containers[row]
                while top < Inventory.unknownContainer, kinds[Int(top)] != .thread { top = containers[Int(top)] }
                guard top < Inventory.unknownContainer else { return false }
                threadOf[row] = threadOf[Int(top)]
            }
        }
        let edges = inventory.edges
        return !(0..<edges.count).contains { edge in
            edges.relation[edge] == .contains && Self.family.has(kinds[Int(edges.to[edge])])
        }
    }

    /// False where nobody can say which thread has a problem.
    private mutating func openThoseWithProblems() -> Bool {
        let name = inventory.sourceNames[source]
        let problems = inventory.problems.kept.filter { $0.source == name }
        let count = Problem.Code.allCases.reduce(0) { $0 + inventory.problems.count(of: $1, inSource: name) }
        guard problems.count == count else { return false }
        for problem in problems {
            guard problem.kind.map(Self.family.has) ?? true else { continue }
            guard let kind = problem.kind, let id = problem.id,
                let row = inventory.row(source: source, kind: kind, id: id), threadOf[row] >= 0
            else { return false }
            isOpen[Int(threadOf[row])] = true
        }
        return true
    }

    private mutating func openThoseWithFindings() {
        for finding in result.findings where finding.row < threadOf.count && threadOf[finding.row] >= 0 {
            isOpen[Int(threadOf[finding.row])] = true
        }
    }

    private mutating func noteUses(_ useCounts: Bool) {
        let edges = inventory.edges
        let activities = useCounts ? activities : []
        for edge in 0..<edges.count where edges.relation[edge] != .contains {
            let (user, target) = (Int(edges.from[edge]), Int(edges.to[edge]))
            let thread = threadOf[user]
            guard thread >= 0 else { continue }
            if edges.relation[edge] == .uses { usesSomething[Int(thread)] = true }
            guard useCounts, SettlingObstacle.passive.has(inventory.kinds[target]) else { continue }
            let newest = assessment.facts.times.newest(user).early
            let isThread = inventory.kinds[user] == .thread
            let activity = isThread ? activities.map { $0[user].early }.min() ?? newest : newest
            guard Moment(microseconds: activity).isPoint else { continue }
            let known = marks[thread]?[target] ?? .beginning
            marks[thread, default: [:]][target] = max(known, Moment(microseconds: activity))
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

    /// The rows of all threads and what is in them, thread by thread.
    private var rowsByThread: [Int] {
        var starts = [Int](repeating: 0, count: threads.count + 1)
        for thread in threadOf where thread >= 0 { starts[Int(thread) + 1] += 1 }
        for thread in threads.indices { starts[thread + 1] += starts[thread] }
        var rows = [Int](repeating: 0, count: starts[threads.count])
        for row in threadOf.indices where threadOf[row] >= 0 {
            rows[starts[Int(threadOf[row])]] = row
            starts[Int(threadOf[row])] += 1
        }
        return rows
    }
}

extension PeriodAdder {
    /// What the sum of no later clock is before; nil where there is no sum.
    fileprivate func leastSum(from clock: Int64) -> Int64? { add(to: clock).map { $0 - slack } }
}
