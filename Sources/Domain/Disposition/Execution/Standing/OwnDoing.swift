internal import Chronology
internal import Evaluation
internal import Records

/// What a plan has made of records so far: stopping work, and taking files out, is an activity of what they were in.
///
/// A run that breaks off behind such a call has made nothing younger: what is decided anew is decided as if the calls of
/// the plan had not been, so that a plan that is taken up again lets go of what it would have let go of in one run.
struct OwnDoing: Sendable {
    private var made: [PlacedName: CurrentFacts] = [:]
    /// What was called itself, or had a file taken out of it: what else became younger became so by these alone.
    private var touched: Set<PlacedName> = []
    private let plan: Plan

    init(_ plan: Plan, _ history: ExecutionHistory) {
        self.plan = plan
        for index in history.done.union(history.found) {
            if let facts = history.facts[index] { note(facts, of: plan.actions[index]) }
        }
    }

    /// What a record is by the plan's own calls; nil where they made nothing of it.
    subscript(record: PlacedName) -> CurrentFacts? { made[record] }

    /// Notes what a call made: of work that was stopped, and of what it was in; or of the store that a file was in.
    mutating func note(_ facts: CurrentFacts, of action: Plan.Action) {
        if action.verb == .cancel {
            made[action.record] = facts
            touched.insert(action.record)
        }
        guard let moved = action.moved, let activity = facts.lastActivity else { return }
        if action.verb == .detach { touched.insert(moved) }
        let known = made[moved]?.lastActivity
        made[moved] = CurrentFacts(
            created: nil, lastActivity: known.map { max($0, activity) } ?? activity, status: nil)
    }

    /// The records as they would be without the plan's own calls; nil where they show none.
    ///
    /// What somebody else did is seen as it is: only a record that was touched, and whose newest event is the plan's, is
    /// taken back.
    func takenBack(in inventory: Inventory) -> Inventory? {
        guard !touched.isEmpty else { return nil }
        let sources = inventory.sourceNumbers
        let planned = planned()
        var moments: [Int: Moment] = [:]
        for record in touched {
            guard let own = made[record]?.lastActivity.map(Moment.init), let before = planned[record],
                let row = inventory.row(of: record, in: sources),
                inventory.ownActivity(row) == Interval(point: own)
            else { continue }
            moments[row] = before
        }
        return moments.isEmpty ? nil : inventory.activeLast(at: moments)
    }

    /// When what was touched was active last as the plan has it.
    private func planned() -> [PlacedName: Moment] {
        var planned: [PlacedName: Moment] = [:]
        for action in plan.actions {
            let names = action.verb == .detach ? [action.record, action.moved].compactMap(\.self) : [action.record]
            for name in names where touched.contains(name) {
                guard let moment = PlannedFacts.moment(action.facts.lastActivity) else { continue }
                // An entry is as active as its store, or was made later: the least of them is nearest to the store.
                planned[name] = min(planned[name] ?? moment, moment)
            }
        }
        return planned
    }
}

extension Plan.Action {
    /// The record that the call is an activity of, besides its own: what work is stopped in, or the store that a file is
    /// taken out of.
    var moved: PlacedName? {
        switch verb {
        case .cancel: cleared == record ? nil : cleared
        case .detach: containers.first
        case .delete: nil
        }
    }
}
