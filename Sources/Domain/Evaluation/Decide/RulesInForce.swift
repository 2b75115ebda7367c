internal import Chronology
internal import Policies
internal import Records

/// What the documents come to at the as-of instant.
struct RulesInForce: Sendable {
    let policies: PolicySet
    let asOf: Int64
    /// By policy: how to reach its limits.
    let atMost: [PeriodAdder?]
    let atLeast: [PeriodAdder?]
    let overdueAfter: [PeriodAdder?]
    /// By policy: the clocks whose limit is certainly not reached.
    let certainlyAllowed: [(low: Int64, high: Int64)]
    /// Whether a privacy request is decided, which no internal obligation and no exception stops.
    let isOfRequest: Bool

    init(_ policies: PolicySet, asOf: Moment, isOfRequest: Bool = false) {
        self.policies = policies
        self.asOf = asOf.microseconds
        self.isOfRequest = isOfRequest
        atMost = policies.retention.map { policy in policy.atMost.map { PeriodAdder($0, in: policy.zone) } }
        atLeast = policies.retention.map { policy in
            isOfRequest && policy.basis == .internal ? nil : policy.atLeast.map { PeriodAdder($0, in: policy.zone) }
        }
        overdueAfter = policies.retention.map { policy in
            policy.overdueAfter.map { PeriodAdder($0, in: policy.zone) }
        }
        certainlyAllowed = atMost.map { $0?.certainlyAfter(asOf.microseconds) ?? (Ends.never, Ends.open) }
    }

    /// Whether a hold's matter is on what it matches.
    func isMatter(_ hold: Int) -> Bool {
        let hold = policies.holds[hold]
        return hold.from.microseconds <= asOf && hold.until.map { asOf < $0.microseconds } ?? true
    }

    /// Whether a hold is live, or was released and is still in effect.
    func isInEffect(_ hold: Int) -> Bool {
        let document = policies.holds[hold]
        if isMatter(hold) { return true }
        return document.from.microseconds <= asOf
            && document.inEffectUntil.map { asOf < $0.microseconds } ?? false
    }

    /// The instant until which a released hold keeps what it matches; nil where it is not released, or has not begun.
    func releasedUntil(_ hold: Int) -> Int64? {
        let document = policies.holds[hold]
        guard document.from.microseconds <= asOf, !isMatter(hold) else { return nil }
        return document.inEffectUntil?.microseconds
    }

    func isLive(exception: Int) -> Bool {
        !isOfRequest && asOf < policies.exceptions[exception].expiresAt.microseconds
    }
}
