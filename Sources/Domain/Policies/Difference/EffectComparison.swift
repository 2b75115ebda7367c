import Chronology

/// Compares documents of one name in two sets for what they do.
struct EffectComparison {
    let old: PolicySet
    let new: PolicySet

    func effects(of kind: String, _ name: String) -> [RuleEffect] {
        let effects: Set<RuleEffect> =
            switch DocumentKind(rawValue: kind) {
            case .retentionPolicy:
                pair(old.retention, new.retention) { $0.name == name }.map(retention) ?? []
            case .accessPolicy:
                pair(old.access, new.access) { $0.name == name }.map { old, new in
                    matching(old.match, new.match).union(mode(old.mode, new.mode))
                } ?? []
            case .legalHold: pair(old.holds, new.holds) { $0.name == name }.map(hold) ?? []
            case .policyException: pair(old.exceptions, new.exceptions) { $0.name == name }.map(exception) ?? []
            default: []
            }
        return effects.sorted()
    }

    private func pair<Item>(_ old: [Item], _ new: [Item], _ isNamed: (Item) -> Bool) -> (Item, Item)? {
        guard let old = old.first(where: isNamed), let new = new.first(where: isNamed) else { return nil }
        return (old, new)
    }

    private func retention(_ old: RetentionPolicy, _ new: RetentionPolicy) -> Set<RuleEffect> {
        var effects = matching(old.match, new.match).union(mode(old.mode, new.mode))
        // Without an atLeast nothing is kept; without an atMost nothing is limited.
        switch order(old.atLeast ?? .zero, new.atLeast ?? .zero, old.zone, new.zone) {
        case .equal: break
        case .more: effects.insert(.keepsLonger)
        case .less: effects.insert(.keepsShorter)
        case .mixed: effects.insert(.keepsOtherwise)
        }
        switch (old.atMost, new.atMost) {
        case (nil, nil): break
        case (nil, _?): effects.insert(.limitsSooner)
        case (_?, nil): effects.insert(.limitsLater)
        case (let before?, let after?):
            switch order(before, after, old.zone, new.zone) {
            case .equal: break
            case .more: effects.insert(.limitsLater)
            case .less: effects.insert(.limitsSooner)
            case .mixed: effects.insert(.limitsOtherwise)
            }
        }
        if !old.clock.countsLike(new.clock) { effects.insert(.countsFromOtherClock) }
        if old.whenDue != .delete, new.whenDue == .delete { effects.insert(.deletes) }
        if old.whenDue == .delete, new.whenDue != .delete { effects.insert(.deletesNoLonger) }
        return effects
    }

    private func hold(_ old: LegalHold, _ new: LegalHold) -> Set<RuleEffect> {
        var effects = matching(old.match, new.match)
        let before = old.inEffectUntil ?? .unbounded
        let after = new.inEffectUntil ?? .unbounded
        if after > before || new.from < old.from { effects.insert(.holdsLonger) }
        if after < before || new.from > old.from { effects.insert(.holdsShorter) }
        return effects
    }

    private func exception(_ old: PolicyException, _ new: PolicyException) -> Set<RuleEffect> {
        var effects = matching(old.match, new.match)
        if new.expiresAt > old.expiresAt { effects.insert(.exceptsLonger) }
        if new.expiresAt < old.expiresAt { effects.insert(.exceptsShorter) }
        return effects
    }

    private func mode(_ old: RetentionPolicy.Mode, _ new: RetentionPolicy.Mode) -> Set<RuleEffect> {
        guard old != new else { return [] }
        return [new == .enforce ? .isEnforced : .isOnlyObserved]
    }

    private func matching(_ old: Match, _ new: Match) -> Set<RuleEffect> {
        switch MatchComparison.compare(old, new) {
        case .equal: []
        case .more: [.matchesMore]
        case .less: [.matchesLess]
        case .mixed: [.matchesOtherwise]
        }
    }

    /// Which period reaches further. The same period in another zone may end elsewhere.
    private func order(_ old: Period, _ new: Period, _ before: Zone, _ after: Zone) -> Direction {
        if before != after, !old.isExact || !new.isExact { return .mixed }
        var periods = PeriodOrder()
        let isLonger = periods.dayFromWhich(new, exceeds: old, in: after) != nil
        let isShorter = periods.dayFromWhich(old, exceeds: new, in: after) != nil
        return Direction(more: isLonger, less: isShorter)
    }
}

extension RetentionPolicy.Clock {
    fileprivate func countsLike(_ other: RetentionPolicy.Clock) -> Bool {
        switch (self, other) {
        case (.created, .created), (.lastModified, .lastModified), (.expires, .expires): true
        case (.lastActivity(let left), .lastActivity(let right)): left == right
        case (.custom(let left), .custom(let right)): left.text == right.text
        default: false
        }
    }
}
