internal import Chronology
internal import Policies
internal import Records

/// Looks for the smallest change of the documents that would free a record, or protect it.
///
/// A change is found by asking what stands in the way, taking that away, and deciding everything anew, until the record
/// goes. Then every step that is not needed is put back. So each change that is named was tried: it does what it says.
struct ChangeSearch {
    let result: ScanResult
    let row: Int

    /// Steps beyond which nothing is called small.
    private static let mostSteps = 6

    /// One change of one document.
    enum Step: Hashable {
        case release(hold: Int)
        case endGrace(hold: Int)
        case remove(exception: Int)
        case shorten(policy: Int, atLeast: Period)
        case limit(policy: Int, atMost: Period)
        case delete(policy: Int)
        case enforce(policy: Int)
        case deleteWhileUsed(policy: Int)
        case holdIt
        /// Kinds of one source that were not read to their end, and turn out to hold nothing more.
        case read(KindSet, source: Int)
    }

    /// What would free the record, or protect it where it goes; nothing where no change of documents does.
    func changes() -> [Explanation.Change] {
        let goal = result.goes(row) ? Explanation.Change.Goal.protect : .free
        return found().map { steps in Explanation.Change(goal: goal, steps: steps.map(edit)) }
    }

    /// The same as steps.
    func found() -> [[Step]] { result.goes(row) ? protecting() : freeing().map { [$0] } ?? [] }

    private func freeing() -> [Step]? {
        var steps: [Step] = []
        var current = result
        while !current.goes(row) {
            guard steps.count < Self.mostSteps, let step = obstacle(in: current), !steps.contains(step) else {
                return nil
            }
            steps.append(step)
            current = decide(steps)
        }
        return smallest(steps) { $0.goes(row) }
    }

    /// Each by itself: to hold it, or to lengthen the limits that make it go.
    private func protecting() -> [[Step]] {
        var candidates: [[Step]] = [[.holdIt]]
        let longer = result.assessment.verdicts(row, isUsed: result.marks.isUsed[row]).filter(\.isDue).compactMap {
            verdict in verdict.clock.flatMap { limit(verdict.policy, daysAfter: $0.early, plus: 1) }
        }
        if !longer.isEmpty { candidates.append(longer) }
        return candidates.compactMap { steps in
            guard !decide(steps).goes(row) else { return nil }
            return smallest(steps) { !$0.goes(row) }
        }
    }

    /// The steps without those that are not needed.
    private func smallest(_ steps: [Step], _ holds: (ScanResult) -> Bool) -> [Step] {
        var needed = steps
        for step in steps where needed.count > 1 {
            let rest = needed.filter { $0 != step }
            if holds(decide(rest)) { needed = rest }
        }
        return needed
    }

    /// What stands in the way first, as a change that takes it away; nil where no document can.
    private func obstacle(in current: ScanResult) -> Step? {
        let assessment = current.assessment
        if let hold = assessment.matterSets[Int(assessment.matters(row))].first { return .release(hold: hold) }
        let keep = assessment.keep(row).late
        if keep > assessment.rules.asOf {
            guard let path = KeepSearch(assessment: assessment).path(to: .late, keep, from: row) else { return nil }
            switch path.keeper {
            case .hold(let hold): return .endGrace(hold: hold)
            case .policy(let policy):
                return shorten(policy, path.steps.last?.row ?? row, assessment)
            }
        }
        let verdicts = assessment.verdicts(row, isUsed: current.marks.isUsed[row])
        for verdict in verdicts {
            switch verdict.state {
            case .excepted:
                let pair = assessment.plan(row).pairs.first { $0.policy == verdict.policy }
                return pair?.exception.map { .remove(exception: $0) }
            case .error, .undetermined: return nil
            default: if verdict.blocksDeletion { return .deleteWhileUsed(policy: verdict.policy) }
            }
        }
        if let step = unread(in: assessment) { return step }
        let policies = current.policies.retention
        if let due = verdicts.first(where: \.isDue) {
            if !verdicts.contains(where: { $0.isDue && policies[$0.policy].whenDue == .delete }) {
                return .delete(policy: due.policy)
            }
            let asks = verdicts.contains {
                $0.isDue && policies[$0.policy].whenDue == .delete && policies[$0.policy].mode == .enforce
            }
            return asks ? nil : .enforce(policy: due.policy)
        }
        let waiting = verdicts.filter { $0.rule == .atMost && $0.state == .allowed }
        return waiting.lazy.compactMap { verdict in
            verdict.clock.flatMap { limit(verdict.policy, daysAfter: $0.late, plus: 0) }
        }.first
    }

    /// The kinds that were not read to their end, and may hold what protects the record.
    private func unread(in assessment: Assessment) -> Step? {
        let plan = assessment.plan(row)
        let kinds = assessment.unread.protecting(
            plan.kind, source: plan.source, whileUsedKeeps: plan.pairs.contains(where: \.mayBeInUse))
        return kinds.isEmpty ? nil : .read(kinds, source: plan.source)
    }

    /// An `atLeast` of whole days that is over now.
    private func shorten(_ policy: Int, _ row: Int, _ assessment: Assessment) -> Step? {
        guard case .time(let clock) = assessment.judge.clocks.read(policy, row),
            let days = wholeDays(since: clock.late), let period = Period(days: days)
        else { return nil }
        return .shorten(policy: policy, atLeast: period)
    }

    private func limit(_ policy: Int, daysAfter clock: Int64, plus more: Int) -> Step? {
        guard let days = wholeDays(since: clock), let period = Period(days: days + more) else { return nil }
        return .limit(policy: policy, atMost: period)
    }

    /// The whole days of 24 hours since an instant that is past. Where a clock was shifted this may be off by a day, and
    /// then the change does not do what it should, and is not named.
    private func wholeDays(since instant: Int64) -> Int? {
        let (age, overflow) = result.asOf.microseconds.subtractingReportingOverflow(instant)
        guard !overflow, instant != Ends.open, age >= 0 else { return nil }
        return Int(age / 86_400_000_000)
    }

    /// The run as it would be with the steps taken.
    func decide(_ steps: [Step]) -> ScanResult {
        var policies = result.policies
        var inventory = result.inventory
        for step in steps {
            switch step {
            case .release(let hold):
                policies.holds[hold].until = result.asOf
                policies.holds[hold].inEffectUntil = result.asOf
            case .endGrace(let hold): policies.holds[hold].inEffectUntil = result.asOf
            // It keeps its place, for steps name documents by their places.
            case .remove(let exception): policies.exceptions[exception].policies = []
            case .shorten(let policy, let period): policies.retention[policy].atLeast = period
            case .limit(let policy, let period): policies.retention[policy].atMost = period
            case .delete(let policy): policies.retention[policy].whenDue = .delete
            case .enforce(let policy): policies.retention[policy].mode = .enforce
            case .deleteWhileUsed(let policy): policies.retention[policy].whileUsed = .delete
            case .holdIt: policies.holds.append(newHold)
            case .read(let kinds, let source): inventory = inventory.reading(kinds, ofSource: source)
            }
        }
        return Evaluator(policies: policies, asOf: result.asOf, options: result.options).evaluate(inventory)
    }

    private var newHold: LegalHold {
        var match = Match()
        match.kinds = KindSet(result.inventory.kinds[row])
        match.sources = [Glob(result.inventory.sourceNames[Int(result.inventory.sources[row])])]
        match.ids = [result.inventory.id(row)]
        return LegalHold(
            name: "new", matter: "new", match: match, from: .beginning, until: nil, inEffectUntil: nil,
            approvedBy: nil, zone: .utc, location: SourceLocation(file: "new", line: 0, column: 0))
    }
}
