import Chronology
import Records

/// Policies that never say anything that a stricter one has not said.
extension PolicyReasoning {
    mutating func checkShadows() {
        for policy in policies where policy.isAlive && !policy.policy.isDefault {
            for stricter in policies where stricter.isAlive && stricter.policy.name != policy.policy.name {
                guard !stricter.selection.isSurelyNotWider(than: policy.selection),
                    isAsStrict(stricter.policy, policy.policy),
                    questions.isImpossible([
                        policy.selection.reading.holds, stricter.selection.reading.holds.negation,
                    ])
                else { continue }
                report(policy.policy, stricter.policy)
                break
            }
        }
    }

    private mutating func report(_ policy: RetentionPolicy, _ stricter: RetentionPolicy) {
        let limits = policy.atMost.flatMap { own in
            stricter.atMost.map { "'\(stricter.name)' lets the same records be at most \($0), and this one \(own)" }
        }
        let keeps = policy.atLeast.flatMap { own in
            stricter.atLeast.map { "'\(stricter.name)' keeps the same records at least \($0), and this one \(own)" }
        }
        warn(
            "shadowed", at: policy.location,
            "'\(policy.name)' is shadowed: " + [limits, keeps].compactMap(\.self).joined(separator: "; "),
            hint: "remove it, or part the two by their match")
    }

    /// Whether all that the policy could say of a record the other says at the same time or before, and as loudly.
    private mutating func isAsStrict(_ stricter: RetentionPolicy, _ policy: RetentionPolicy) -> Bool {
        guard !stricter.isDefault, stricter.mode == .enforce, stricter.zone == policy.zone,
            policy.severity <= stricter.severity, policy.whileUsed == stricter.whileUsed,
            policy.onUndetermined == stricter.onUndetermined, !isExcepted(stricter, butNot: policy)
        else { return false }
        let limits = limitOrder(stricter, policy)
        let keeps = keepOrder(stricter, policy)
        return limits.isAsStrict && keeps.isAsStrict && (limits.isStricter || keeps.isStricter)
    }

    private mutating func limitOrder(
        _ stricter: RetentionPolicy, _ policy: RetentionPolicy
    ) -> (isAsStrict: Bool, isStricter: Bool) {
        guard let atMost = policy.atMost else { return (true, false) }
        guard let shorter = stricter.atMost, policy.whenDue == stricter.whenDue,
            policy.clock.isNeverBefore(stricter.clock), !isTold(policy, apartFrom: stricter),
            order.dayFromWhich(shorter, exceeds: atMost, in: policy.zone) == nil,
            order.dayFromWhich(
                stricter.overdueAfter ?? .zero, exceeds: policy.overdueAfter ?? .zero, in: policy.zone) == nil
        else { return (false, false) }
        return (true, shorter != atMost)
    }

    private mutating func keepOrder(
        _ stricter: RetentionPolicy, _ policy: RetentionPolicy
    ) -> (isAsStrict: Bool, isStricter: Bool) {
        guard let atLeast = policy.atLeast else { return (true, false) }
        guard let longer = stricter.atLeast, policy.clock.isSame(as: stricter.clock),
            policy.basis == .internal || policy.basis == stricter.basis,
            order.dayFromWhich(atLeast, exceeds: longer, in: policy.zone) == nil
        else { return (false, false) }
        return (true, longer != atLeast)
    }

    /// Whether what is in use tells the two apart: of a record in use each says how long it was there by its own clock.
    private func isTold(_ policy: RetentionPolicy, apartFrom stricter: RetentionPolicy) -> Bool {
        let usable: KindSet = [KindSet(.file), KindSet(.vectorStore), KindSet(.container)]
        return policy.whileUsed == .keep && !policy.clock.isSame(as: stricter.clock)
            && !(policy.match.kinds ?? .all).isDisjoint(with: usable)
    }

    /// Whether what is excepted from the stricter policy is still under the other.
    private func isExcepted(_ stricter: RetentionPolicy, butNot policy: RetentionPolicy) -> Bool {
        exceptions.contains { $0.policies.contains(stricter.name) && !$0.policies.contains(policy.name) }
    }
}
