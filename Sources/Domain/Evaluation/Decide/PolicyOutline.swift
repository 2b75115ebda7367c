internal import Chronology
internal import Policies

/// What a finding says of its policy, without the policy.
struct PolicyOutline: Sendable {
    let severity: Severity
    let isEnforced: Bool
    let failsUndetermined: Bool

    init(_ policy: RetentionPolicy) {
        severity = policy.severity
        isEnforced = policy.mode == .enforce
        failsUndetermined = policy.onUndetermined == .fail
    }

    /// Whether a state violates the policy. What is only observed is never violated.
    func isViolated(by state: State) -> Bool {
        switch state {
        case .error, .overdue, .denied, .lost, .earlyExpiry: isEnforced
        case .undetermined: isEnforced && failsUndetermined
        default: false
        }
    }
}

extension Assessment {
    func finding(_ verdict: PairVerdict, _ row: Int, _ outline: PolicyOutline) -> Finding {
        var finding = Finding(
            row: row, policy: verdict.policy, rule: verdict.rule, state: verdict.state, severity: outline.severity)
        finding.isViolation = outline.isViolated(by: verdict.state)
        finding.pastMax = verdict.state == .kept && verdict.isPastLimit(asOf: rules.asOf)
        finding.clock = verdict.clock?.interval
        finding.keepUntil = keepUntil(row)
        finding.deleteAt = verdict.deleteAt.map { Moment(microseconds: $0.late) }
        finding.dueAt = verdict.dueAt.map { Moment(microseconds: $0.late) }
        finding.overdueAt = verdict.overdueAt.map { Moment(microseconds: $0.late) }
        finding.matters = MatterSet(index: matters(row))
        return finding
    }

    /// The late end of K; nil where nothing obliges.
    func keepUntil(_ row: Int) -> Moment? {
        if matters(row) != 0 { return .unbounded }
        let late = keep(row).late
        return late == Ends.open ? nil : Moment(microseconds: late)
    }
}
