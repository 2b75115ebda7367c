import Chronology
import Evaluation
import Policies
import Records
import RuleSupport

/// A pair before its state is known.
struct ModelRule {
    var policy: Int
    var rule: Finding.Rule
    var clock: ModelClock
    var isUndecided: Bool
}

extension Model {
    /// The pairs of a record: one for every policy with an `atMost` that matches it, and every match that failed.
    func pairs(_ index: Int) -> [ModelRule] {
        policies.indices.compactMap { number in
            let policy = policies[number]
            let answer = facts.answer(policy.match, index)
            guard answer != .no else { return nil }
            let hasMost = policy.atMost != nil && !(policy.isDefault && isDisplaced(number, index))
            let clock = facts.clock(policy.clock, index)
            if answer == .undecided {
                let rule: Finding.Rule = policy.atMost == nil ? .atLeast : .atMost
                return ModelRule(policy: number, rule: rule, clock: clock, isUndecided: true)
            }
            if hasMost { return ModelRule(policy: number, rule: .atMost, clock: clock, isUndecided: false) }
            return clock == .failed && policy.atLeast != nil
                ? ModelRule(policy: number, rule: .atLeast, clock: clock, isUndecided: false) : nil
        }
    }

    private func isDisplaced(_ number: Int, _ index: Int) -> Bool {
        policies.contains { other in
            !other.isDefault && other.atMost != nil && other.mode == .enforce
                && facts.answer(other.match, index) != .no
        }
    }

    /// The table of section 5, read twice.
    func state(of rule: ModelRule, _ index: Int, stays: Set<Int>) -> ModelPair {
        var pair = ModelPair(policy: rule.policy, rule: rule.rule)
        let policy = policies[rule.policy]
        guard !rule.isUndecided, rule.rule == .atMost, let atMost = policy.atMost else { return pair }
        var ends: (early: Moment, late: Moment)
        switch rule.clock {
        case .failed: return pair
        case .notBegun: ends = (.unbounded, .unbounded)
        case .interval(let clock):
            guard let early = policy.zone.adding(atMost, to: clock.earliest),
                let late = policy.zone.adding(atMost, to: clock.latest)
            else { return pair }
            ends = (early, late)
            pair.clock = clock
            pair.deleteAt = late
        }
        let keeping = keepers[index]
        let lateDue = keeping.matters.isEmpty ? max(ends.late, keeping.late) : .unbounded
        let tolerance = policy.overdueAfter ?? .zero
        pair.dueAt = lateDue
        pair.overdueAt = policy.zone.adding(tolerance, to: lateDue)
        let hasKeeper = !keeping.policies.isEmpty || !keeping.matters.isEmpty || !keeping.ended.isEmpty
        pair.keepUntil = hasKeeper ? (keeping.matters.isEmpty ? keeping.late : .unbounded) : nil

        let read = { (deleteAt: Moment, keepUntil: Moment, excepted: Bool) -> State in
            let dueAt = max(deleteAt, keepUntil)
            let hasMatter = !keeping.matters.isEmpty
            if World.asOf >= deleteAt && hasMatter { return .held }
            if World.asOf < keepUntil || hasMatter { return .kept }
            if World.asOf < deleteAt { return .allowed }
            if excepted { return .excepted }
            if isInUse(policy, index, stays: stays) { return .inUse }
            guard let overdueAt = policy.zone.adding(tolerance, to: dueAt) else { return .due }
            return World.asOf < overdueAt ? .due : .overdue
        }
        let bare = Self.join(read(ends.early, keeping.early, false), read(ends.late, keeping.late, false))
        // An exception never covers what is undetermined.
        let excepted = bare != .undetermined && isExcepted(policy.name, index)
        let early = read(ends.early, keeping.early, excepted)
        let late = read(ends.late, keeping.late, excepted)
        pair.state = Self.join(early, late)
        pair.blocks =
            [.error, .excepted, .undetermined, .inUse].contains(pair.state) || early == .inUse || late == .inUse
        pair.pastMax = pair.state == .kept && World.asOf >= ends.early && World.asOf >= ends.late
        return pair
    }

    private static func join(_ early: State, _ late: State) -> State {
        func counts(_ state: State) -> Int { state == .due ? 1 : state == .overdue ? 2 : 0 }
        if counts(early) != counts(late) { return .undetermined }
        let both: Set = [early, late]
        return both == [.held, .kept] ? .held : late
    }

    func isExcepted(_ policy: String, _ index: Int) -> Bool { !exceptions(policy, index).isEmpty }

    /// The exception that is named: of several the first.
    func exception(_ policy: String, _ index: Int) -> String { exceptions(policy, index).first?.name ?? "none" }

    private func exceptions(_ policy: String, _ index: Int) -> [PolicyException] {
        facts.world.exceptions.filter {
            $0.policies.contains(policy) && World.asOf < $0.expiresAt
                && facts.answer($0.match, index) == .yes
        }
    }

    private func isInUse(_ policy: RetentionPolicy, _ index: Int, stays: Set<Int>) -> Bool {
        policy.whileUsed == .keep && Self.usable.contains(facts.nodes[index].kind)
            && facts.nodes[index].users.contains { stays.contains($0) }
    }
}
