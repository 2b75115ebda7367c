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
    let cells: [UInt32]
    let plans: [CellPlan]
    let judge: PairJudge
    let isLayered: Bool
    /// K of every row; nil where no document obliges anything.
    let obligations: Obligations?
    let matterSets: [[Int]]

    init(_ inventory: Inventory, _ policies: PolicySet, asOf: Moment) {
        facts = RecordFacts(inventory, asOf: asOf)
        rules = RulesInForce(policies, asOf: asOf)
        book = RuleBook(policies, facts)
        unread = UnreadKinds(book, rules)
        review = ReviewRule(book, rules)
        judge = PairJudge(rules: rules, clocks: Clocks(facts, policies.retention))
        isLayered = Segments.isLayered(inventory)
        let matches = Matches(book)
        cells = matches.rows
        var sets = MatterSets(holdNames: policies.holds.map(\.name))
        let planner = CellPlanner(book: book, rules: rules, unread: unread)
        let plans = matches.cells.map { planner.plan($0, &sets) }
        self.plans = plans
        obligations =
            plans.contains(where: \.obliges)
            ? Self.obligations(cells: cells, plans: plans, judge: judge, facts: facts, isLayered: isLayered, sets: sets)
            : nil
        matterSets = obligations?.sets.sets ?? sets.sets
    }

    private static func obligations(
        cells: [UInt32], plans: [CellPlan], judge: PairJudge, facts: RecordFacts, isLayered: Bool, sets: MatterSets
    ) -> Obligations {
        var obligations = Obligations(count: cells.count, sets: sets)
        let obliges = plans.map(\.obliges)
        for row in cells.indices where obliges[Int(cells[row])] {
            obligations.join(row, judge.ownObligation(plans[Int(cells[row])], row))
        }
        ObligationFlow(facts: facts, isLayered: isLayered).spread(&obligations)
        return obligations
    }

    func plan(_ row: Int) -> CellPlan { plans[Int(cells[row])] }

    /// Both ends of K.
    @inline(__always)
    func keep(_ row: Int) -> Ends { obligations?.ends[row] ?? Ends(Ends.open, Ends.open) }

    /// The set of the matters in K.
    @inline(__always)
    func matters(_ row: Int) -> UInt32 { obligations?.matters[row] ?? 0 }

    /// The verdicts on every pair that the record makes.
    func verdicts(_ row: Int, isUsed: Bool) -> [PairVerdict] {
        let plan = plan(row)
        let keep = keep(row)
        let hasMatter = matters(row) != 0
        var verdicts = plan.pairs.map {
            judge.verdict($0, row, keep: keep, hasMatter: hasMatter, isUsed: isUsed)
        }
        for policy in plan.errors { verdicts.append(judge.undecided(policy, row)) }
        for policy in plan.bareObligations {
            if let failure = judge.failedClock(policy, row) { verdicts.append(failure) }
        }
        return verdicts
    }
}

extension PairJudge {
    /// What the record's own policies and holds oblige to.
    func ownObligation(_ plan: CellPlan, _ row: Int) -> OwnObligation {
        var own = OwnObligation(ends: Ends(plan.releasedUntil, plan.releasedUntil), matters: plan.matters)
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
        let rule: Finding.Rule = rules.atMost[policy] == nil ? .atLeast : .atMost
        return .error(policy, rule, clock: clock, "whether the policy speaks of it cannot be decided")
    }

    /// The verdict on an `atLeast` whose clock fails; nil where it does not.
    func failedClock(_ policy: Int, _ row: Int) -> PairVerdict? {
        guard case .failed(let reason) = clocks.read(policy, row) else { return nil }
        return .error(policy, .atLeast, clock: nil, reason)
    }
}
