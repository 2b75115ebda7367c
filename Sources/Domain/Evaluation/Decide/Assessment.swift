internal import Chronology
internal import Policies
internal import Records

/// Everything that a run worked out, so that any record can be looked at again.
final class Assessment: Sendable {
    let facts: RecordFacts
    let rules: RulesInForce
    let book: RuleBook
    let unread: UnreadKinds
    let review: ReviewRule
    /// The cell of every row, and what is to be done for each cell.
    let cells: CellColumn
    /// How many rows each cell has.
    let rowsOfCells: [Int]
    let plans: [CellPlan]
    let judge: PairJudge
    let access: AccessJudge
    let isLayered: Bool
    /// The rows that a privacy request asks for; nil where none is decided.
    let request: RowSet?
    /// Both ends of every row's K; empty where no document obliges anything.
    let keepEnds: EndsColumn
    /// The set of the matters in every row's K; empty where no row has any.
    let keepMatters: [UInt32]
    let matterSets: [[Int]]
    /// How sentences name each policy's rule.
    let words: [PolicyWords]
    /// What explanations remember of records that many others use.
    let cones = KeepCones()

    /// - Parameter isLayered: false to carry everything by the exact way for any graph, even where sweeps would do.
    init(
        _ inventory: Inventory, _ policies: PolicySet, asOf: Moment, isLayered: Bool? = nil, request: RowSet? = nil,
        after: (EvaluationPhase) -> Void = { _ in }
    ) {
        facts = RecordFacts(inventory, asOf: asOf)
        rules = RulesInForce(policies, asOf: asOf, isOfRequest: request != nil)
        self.request = request
        words = policies.retention.map(PolicyWords.init)
        book = RuleBook(policies, facts)
        unread = UnreadKinds(book, rules)
        review = ReviewRule(book, rules)
        judge = PairJudge(rules: rules, clocks: Clocks(facts, policies.retention))
        access = AccessJudge(facts, policies.access)
        self.isLayered = isLayered ?? Segments.isLayered(inventory)
        let matches = Matches(book)
        cells = matches.rows
        rowsOfCells = matches.counts
        var sets = MatterSets(holdNames: policies.holds.map(\.name))
        let planner = CellPlanner(book: book, rules: rules, unread: unread)
        plans = matches.cells.map { planner.plan($0, &sets) }
        after(.matched)
        var obligations = Obligations(count: plans.contains(where: \.obliges) ? cells.count : 0, sets: sets)
        if !obligations.ends.isEmpty {
            judge.oblige(&obligations, cells, plans)
            ObligationFlow(facts: facts, isLayered: self.isLayered).spread(&obligations)
        }
        keepEnds = obligations.ends
        keepMatters = obligations.matters
        matterSets = obligations.sets.sets
        after(.obliged)
    }

    /// The plans of cells that some record is in.
    var plansInUse: [CellPlan] { zip(plans, rowsOfCells).filter { $1 > 0 }.map(\.0) }

    func plan(_ row: Int) -> CellPlan { plans[cells[row]] }

    /// Both ends of K; open where nothing obliges.
    func keep(_ row: Int) -> Ends { keepEnds.isEmpty ? Ends(Ends.open, Ends.open) : keepEnds[row] }

    /// The set of the matters in K.
    func matters(_ row: Int) -> UInt32 { keepMatters.isEmpty ? 0 : keepMatters[row] }

    func circumstances(_ row: Int, isUsed: Bool) -> PairJudge.Circumstances {
        .init(keep: keep(row), hasMatter: matters(row) != 0, isUsed: isUsed)
    }

    /// The verdicts on every pair that the record makes.
    func verdicts(_ row: Int, isUsed: Bool) -> [PairVerdict] {
        let plan = plan(row)
        let circumstances = circumstances(row, isUsed: isUsed)
        return plan.pairs.map { judge.verdict($0, row, circumstances) } + errors(row, plan)
    }

    /// Whether a verdict stops the deletion of its record: under a request errors alone do.
    func blocksDeletion(_ verdict: PairVerdict) -> Bool {
        request == nil ? verdict.blocksDeletion : verdict.state == .error
    }

    /// The verdict on one pair of the record.
    func verdict(_ row: Int, policy: Int, _ rule: Finding.Rule, isUsed: Bool) -> PairVerdict? {
        let plan = plan(row)
        if rule == .atMost, let pair = plan.pairs.first(where: { $0.policy == policy }) {
            return judge.verdict(pair, row, circumstances(row, isUsed: isUsed))
        }
        return errors(row, plan).first { $0.policy == policy && $0.rule == rule }
    }

    /// The verdicts that no limit gives: matches that cannot be decided, and clocks that fail an `atLeast`.
    func errors(_ row: Int, _ plan: CellPlan) -> [PairVerdict] {
        plan.errors.map { judge.undecided($0, row) } + plan.bareObligations.compactMap { judge.failedClock($0, row) }
    }
}

extension PairJudge {
    /// Joins what every record's own policies and holds oblige to.
    func oblige(_ obligations: inout Obligations, _ cells: CellColumn, _ plans: [CellPlan]) {
        // Taken out of the plans once, for a plan is too large to be copied for every row.
        let withoutClocks = plans.map(\.obligationWithoutClocks)
        let policies = plans.flatMap(\.obliging)
        var ends: [Int] = []
        for plan in plans { ends.append((ends.last ?? 0) + plan.obliging.count) }
        let obliges = plans.map(\.obliges)
        for row in 0..<cells.count {
            let cell = cells[row]
            guard obliges[cell] else { continue }
            var own = withoutClocks[cell]
            for index in (cell == 0 ? 0 : ends[cell - 1])..<ends[cell] {
                own.ends.raise(obligation(of: policies[index], row))
            }
            obligations.join(row, own)
        }
    }

    /// What the record's own policies and holds oblige to.
    func ownObligation(_ plan: CellPlan, _ row: Int) -> OwnObligation {
        var own = plan.obligationWithoutClocks
        for policy in plan.obliging { own.ends.raise(obligation(of: policy, row)) }
        return own
    }

    /// The instant until which a policy's `atLeast` keeps the record; without end where its clock has not begun, has
    /// failed, or is not over before the year 10,000.
    func obligation(of policy: Int, _ row: Int) -> Ends {
        guard let atLeast = rules.atLeast[policy], case .time(let clock) = clocks.read(policy, row) else {
            return Ends(Ends.never, Ends.never)
        }
        let early = atLeast.add(to: clock.early) ?? Ends.never
        if clock.early == clock.late { return Ends(early, early) }
        return Ends(early, atLeast.add(to: clock.late) ?? Ends.never)
    }

    /// The verdict where nobody can say whether the policy speaks of the record.
    func undecided(_ policy: Int, _ row: Int) -> PairVerdict {
        var clock: Ends?
        if case .time(let ends) = clocks.read(policy, row) { clock = ends }
        return .error(policy, rules.atMost[policy] == nil ? .atLeast : .atMost, clock: clock, .undecidedMatch)
    }

    /// The verdict on an `atLeast` whose clock fails; nil where it does not.
    func failedClock(_ policy: Int, _ row: Int) -> PairVerdict? {
        guard case .failed(let failure) = clocks.read(policy, row) else { return nil }
        return .error(policy, .atLeast, clock: nil, failure)
    }
}
