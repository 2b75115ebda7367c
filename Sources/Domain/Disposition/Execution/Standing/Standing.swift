internal import Chronology
internal import Evaluation
internal import Records

/// What of a plan still stands: each action held against a scan as of now, under the documents as they are now.
///
/// An action stands where its record still goes, on the facts of the plan, and where nothing that it holds together with
/// fell: what contains it or is a part of it, what it clears the way for, and what uses it. What is in the record now and
/// in no action of the plan makes it fall, for the plan does not say that it goes.
///
/// - Source: the design, section 6; hard cases 22 and 53.
struct Standing: Sendable {
    enum Verdict: Sendable, Hashable {
        case stands
        /// The scan does not find it: only a look can say whether it is gone.
        case unseen
        /// It stays, and so it ends.
        case falls(ActionEnding)
    }

    private let plan: Plan
    private let result: ScanResult
    private let places: PlanRows
    /// By action.
    private(set) var verdicts: [Verdict] = []

    /// - Parameters:
    ///   - done: the actions of which nothing is left to do.
    ///   - own: what the plan has made of records so far.
    init(_ plan: Plan, _ result: ScanResult, done: Set<Int> = [], own: OwnDoing? = nil) {
        (self.plan, self.result) = (plan, result)
        places = PlanRows(plan, result.inventory)
        verdicts = plan.actions.indices.map { done.contains($0) ? .unseen : verdict($0, own) }
        spread()
    }

    /// The rows of everything that would go with the actions that stand, ascending.
    var departures: [Int] {
        places.owners.filter { verdicts[$0.value] == .stands }.keys.sorted()
    }

    /// Whether the scan finds the record of an action.
    func isFound(_ index: Int) -> Bool { places.rows[index] != nil }

    /// The action that takes a record away by a call of its own.
    func action(taking record: PlacedName) -> Int? { places.actions[record] }

    /// The actions before this one that must be done before it: of what it contains and of what uses it, and what clears
    /// its way.
    func prerequisites(of index: Int) -> Set<Int> {
        let action = plan.actions[index]
        guard action.verb != .cancel else { return [] }
        var before = Set((places.clearing[action.record] ?? []) + (places.parts[action.record] ?? []))
        // What the scan does not find may be there all the same.
        before.formUnion(places.unfound[action.record] ?? [])
        if let row = places.rows[index] {
            for other in contents(of: row) + result.users(of: row) {
                if let owner = places.owners[other], owner != index { before.insert(owner) }
            }
        }
        return before.filter { $0 < index }
    }

    /// What must be true of its record right before it is called.
    func expectation(of index: Int, own: CurrentFacts?) -> PlannedFacts {
        let action = plan.actions[index]
        guard CurrentFacts.kindsOfTimelessParts.has(action.name.kind) else {
            return PlannedFacts(action.facts, own: own)
        }
        let parts = (places.parts[action.record] ?? []).map { plan.actions[$0].name } + action.along
        let inside = parts.filter { $0.kind.containers.has(action.name.kind) }
        return PlannedFacts(action.facts, parts: Set(inside.map(\.id)), own: own)
    }

    private func verdict(_ index: Int, _ own: OwnDoing?) -> Verdict {
        guard let row = places.rows[index] else { return .unseen }
        let action = plan.actions[index]
        if let ending = decision(action, row) ?? deviation(action, row, own?[action.record]) { return .falls(ending) }
        return action.verb == .cancel ? .stands : strangers(row).map(Verdict.falls) ?? .stands
    }

    /// How it ends where the rules no longer let it go.
    private func decision(_ action: Plan.Action, _ row: Int) -> ActionEnding? {
        let goes =
            if let cleared = action.cleared {
                !result.isProtected(row)
                    && places.actions[cleared].flatMap { places.rows[$0] }.map { result.goes($0) } ?? false
            } else {
                result.goes(row)
            }
        if goes { return nil }
        let coupled = [action.whole, action.cleared].compactMap { $0.flatMap { places.actions[$0] } }
        if ([row] + coupled.compactMap { places.rows[$0] }).contains(where: { result.isHeld($0) }) {
            return ActionEnding(.heldSincePlan, "a matter reaches it now, or what it holds together with")
        }
        return ActionEnding(.changedSincePlan, "the rules no longer let it go; tenure explain says why")
    }

    /// How it ends where the scan shows it other than it was planned. Activity that may be, and that nobody saw, is the
    /// decision's concern.
    private func deviation(_ action: Plan.Action, _ row: Int, _ own: CurrentFacts?) -> ActionEnding? {
        let inventory = result.inventory
        let container = inventory.containers[row]
        let name = container < Inventory.unknownContainer ? inventory.id(Int(container)) : nil
        if name != action.facts.container { return ActionEnding(.changedSincePlan, "it is in another container") }
        let facts = CurrentFacts(
            created: nil, lastActivity: result.lastActivity(row).earliest.instant,
            status: inventory.strings.string(inventory.statuses[row]))
        return PlannedFacts(action.facts, own: own).deviation(of: facts).map { ActionEnding(.changedSincePlan, $0) }
    }

    /// How it ends where something is in it, or uses it, of which the plan does not say that it goes; or where work goes on
    /// in it that the plan does not stop.
    private func strangers(_ row: Int) -> ActionEnding? {
        for part in contents(of: row) {
            if places.owners[part] == nil {
                return ActionEnding(.changedSincePlan, "it contains something that is not in the plan")
            }
            let status = result.inventory.strings.string(result.inventory.statuses[part])
            let isWork = result.inventory.kinds[part] == .run || result.inventory.kinds[part] == .response
            if isWork, status != nil, ActionMachine.isAtWork(status), !places.stopped.contains(part) {
                return ActionEnding(.changedSincePlan, "work goes on in it that the plan does not stop")
            }
        }
        let isStrange = result.users(of: row).contains { user in
            places.owners[user] == nil && !places.staying.contains(user)
                && (result.goes(user) || result.inventory.kinds[user] == .vectorStoreFile)
        }
        return isStrange ? ActionEnding(.changedSincePlan, "something uses it that is not in the plan") : nil
    }

    /// Everything that a record contains, directly or through others.
    private func contents(of row: Int) -> [Int] {
        var seen: Set<Int> = [row]
        var stack = [row]
        while let current = stack.popLast() {
            for part in result.parts(of: current) where seen.insert(part).inserted { stack.append(part) }
        }
        seen.remove(row)
        return Array(seen)
    }

    /// Has what holds together fall together.
    private mutating func spread() {
        var stack = verdicts.indices.filter { if case .falls = verdicts[$0] { true } else { false } }
        while let index = stack.popLast() {
            guard case .falls(let ending) = verdicts[index] else { continue }
            let words = ActionEnding(ending.outcome, "what it holds together with stays: \(ending.words)")
            for other in neighbours(of: index) where verdicts[other] == .stands {
                verdicts[other] = .falls(ending.words.hasPrefix("what it holds") ? ending : words)
                stack.append(other)
            }
        }
    }

    private func neighbours(of index: Int) -> [Int] {
        let action = plan.actions[index]
        var others = (places.parts[action.record] ?? []) + (places.clearing[action.record] ?? [])
        others += [action.whole, action.cleared].compactMap { $0.flatMap { places.actions[$0] } }
        guard action.verb != .cancel, let row = places.rows[index] else { return others }
        return others + (result.containers(of: row) + result.used(by: row)).compactMap { places.owners[$0] }
    }
}
