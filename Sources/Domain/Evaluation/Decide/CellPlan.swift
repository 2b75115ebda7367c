internal import Policies
internal import Records

/// What is to be done for the records of one cell: which pairs they make, what obliges them, what protects them.
struct CellPlan: Sendable {
    let source: Int
    let kind: Kind
    /// Policies that speak of the record, or may.
    var matched: [Int] = []
    /// Holds and exceptions that speak of the record, or may.
    var holds: [Int] = []
    var exceptions: [Int] = []
    /// Access policies that speak of the record, or may.
    var access: [Access] = []
    /// Policies whose `atMost` applies.
    var pairs: [Pair] = []
    /// Policies of which nobody can say whether they speak of the record.
    var errors: [Int] = []
    /// Policies with an `atLeast` and no `atMost` that applies, whose own clock may fail on the record.
    var bareObligations: [Int] = []
    /// Policies whose `atLeast` applies, or may.
    var obliging: [Int] = []
    /// The matters on the record.
    var matters: UInt32 = 0
    /// The instant until which released holds keep the record.
    var releasedUntil = Ends.open
    /// Whether some `atMost` speaks of the record itself.
    var isCovered = false
    /// Whether what was not read may protect the record.
    var isProtectedByUnread = false

    /// A policy's limit for the record.
    struct Pair: Sendable {
        let policy: Int
        /// The live exception that covers the pair.
        let exception: Int?
        let mayBeInUse: Bool
        let deletes: Bool
    }

    /// An access policy that speaks of the record, or may.
    struct Access: Sendable {
        let policy: Int
        let isCertain: Bool
        /// The live exception that covers the record.
        let exception: Int?
    }

    /// The number of the pair of source and kind, as segments have it.
    var group: Int { Segments.group(source, kind) }

    /// Whether a record that something uses is in use, by a policy or because a request asks for it.
    func asksForUsers(_ rules: RulesInForce) -> Bool {
        rules.isOfRequest && kind.mayBeInUse || pairs.contains(where: \.mayBeInUse)
    }

    var obliges: Bool { !obliging.isEmpty || matters != 0 || releasedUntil != Ends.open }

    /// What holds oblige to, whatever clocks show.
    var obligationWithoutClocks: OwnObligation {
        OwnObligation(ends: Ends(releasedUntil, releasedUntil), matters: matters)
    }
}

/// Makes the plan of a cell.
struct CellPlanner {
    let book: RuleBook
    let rules: RulesInForce
    let unread: UnreadKinds

    func plan(_ cell: Matches.Cell, _ sets: inout MatterSets) -> CellPlan {
        var plan = CellPlan(source: cell.source, kind: cell.kind)
        var policies: [(index: Int, isCertain: Bool)] = []
        var exceptions: [Int] = []
        var access: [(index: Int, isCertain: Bool)] = []
        var matters: [Int] = []
        for (rule, outcome) in cell.answers {
            switch book.rules[rule].document {
            case .policy(let index): policies.append((index, outcome == .yes))
            case .access(let index): access.append((index, outcome == .yes))
            case .hold(let index):
                plan.holds.append(index)
                if rules.isMatter(index) { matters.append(index) }
                if let until = rules.releasedUntil(index) { plan.releasedUntil = max(plan.releasedUntil, until) }
            case .exception(let index):
                plan.exceptions.append(index)
                if outcome == .yes, rules.isLive(exception: index) { exceptions.append(index) }
            }
        }
        plan.matters = sets.number(of: matters)
        plan.matched = policies.map(\.index)
        plan.obliging = plan.matched.filter { rules.atLeast[$0] != nil }
        plan.isCovered = plan.matched.contains { retention[$0].atMost != nil }
        plan.errors = policies.filter { !$0.isCertain }.map(\.index)
        for (index, _) in policies.filter(\.isCertain) {
            if hasLimit(index, among: plan.matched) {
                plan.pairs.append(pair(index, cell.kind, exceptions))
            } else if retention[index].atLeast != nil, case .custom = retention[index].clock {
                plan.bareObligations.append(index)
            }
        }
        plan.access = access.map { index, isCertain in
            let name = rules.policies.access[index].name
            return CellPlan.Access(policy: index, isCertain: isCertain, exception: exception(name, among: exceptions))
        }
        plan.isProtectedByUnread = unread.protects(
            cell.kind, source: cell.source, whileUsedKeeps: plan.asksForUsers(rules))
        return plan
    }

    private var retention: [RetentionPolicy] { rules.policies.retention }

    /// Whether a policy has an `atMost` that gives way to no other's.
    private func hasLimit(_ policy: Int, among matched: [Int]) -> Bool {
        guard retention[policy].atMost != nil else { return false }
        guard retention[policy].isDefault else { return true }
        return !matched.contains {
            retention[$0].atMost != nil && !retention[$0].isDefault && retention[$0].mode == .enforce
        }
    }

    private func exception(_ policy: String, among exceptions: [Int]) -> Int? {
        exceptions.first { rules.policies.exceptions[$0].policies.contains(policy) }
    }

    private func pair(_ policy: Int, _ kind: Kind, _ exceptions: [Int]) -> CellPlan.Pair {
        let document = retention[policy]
        return CellPlan.Pair(
            policy: policy,
            exception: exception(document.name, among: exceptions),
            mayBeInUse: document.whileUsed == .keep && kind.mayBeInUse,
            deletes: document.mode == .enforce && document.whenDue == .delete)
    }
}
