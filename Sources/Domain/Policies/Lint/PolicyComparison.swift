import Chronology
import Records

/// What two policies say together that neither can mean. Only what is certain without data is said.
enum PolicyComparison {
    static func diagnostics(of policies: [RetentionPolicy]) -> [Diagnostic] {
        var order = PeriodOrder()
        let sorted = policies.sorted { ($0.name, $0.location) < ($1.name, $1.location) }
        return sorted.flatMap { policy in
            sorted.filter { $0.name != policy.name && $0.clock.isComparable(with: policy.clock) }
                .compactMap { other in contradiction(policy, other, &order) ?? shadow(policy, other, &order) }
        }
    }

    /// A record that one policy keeps, for no outside reason, longer than the other lets it be.
    ///
    /// A statute or a claim is meant to outrank the other's limit.
    private static func contradiction(
        _ keeper: RetentionPolicy, _ limiter: RetentionPolicy, _ order: inout PeriodOrder
    ) -> Diagnostic? {
        guard keeper.basis == .internal, let atLeast = keeper.atLeast, let atMost = limiter.atMost,
            keeper.zone == limiter.zone, let witness = keeper.match.witness(alsoOf: limiter.match),
            let day = order.dayFromWhich(atLeast, exceeds: atMost, in: keeper.zone)
        else { return nil }
        return Diagnostic(
            .warning, "contradiction", at: keeper.location,
            "'\(keeper.name)' keeps \(witness) at least \(atLeast), and '\(limiter.name)' at most \(atMost), from \(day)",
            hint: "shorten the atLeast, give it the basis that it has, or part the two by their match")
    }

    /// A policy that never says anything before a stricter one has said it.
    private static func shadow(
        _ policy: RetentionPolicy, _ stricter: RetentionPolicy, _ order: inout PeriodOrder
    ) -> Diagnostic? {
        guard !policy.isDefault, !stricter.isDefault, stricter.mode == .enforce, policy.atLeast == nil,
            let atMost = policy.atMost, let shorter = stricter.atMost, atMost != shorter,
            policy.zone == stricter.zone, policy.severity <= stricter.severity, policy.whenDue == stricter.whenDue,
            policy.whileUsed == stricter.whileUsed, stricter.match.includes(policy.match),
            order.dayFromWhich(shorter, exceeds: atMost, in: policy.zone) == nil
        else { return nil }
        return Diagnostic(
            .warning, "shadowed", at: policy.location,
            "'\(policy.name)' (\(atMost)) is shadowed: '\(stricter.name)' lets the same records be at most \(shorter)",
            hint: "remove it, or part the two by their match")
    }
}

extension RetentionPolicy.Clock {
    /// Whether both count from the same instant of every record.
    fileprivate func isComparable(with other: RetentionPolicy.Clock) -> Bool {
        switch (self, other) {
        case (.created, .created), (.lastModified, .lastModified), (.expires, .expires): true
        case (.lastActivity(let left), .lastActivity(let right)): left == right
        default: false
        }
    }
}

extension Match {
    /// Whether the match says no more than kinds and metadata.
    private var isSimple: Bool {
        sources.isEmpty && subjects.isEmpty && ids.isEmpty && createdBetween == nil && condition == nil
    }

    /// A record that both certainly match, in words.
    fileprivate func witness(alsoOf other: Match) -> String? {
        guard isSimple, other.isSimple,
            let kind = (kinds ?? .all).intersection(other.kinds ?? .all).kinds.first
        else { return nil }
        var values: [String: String] = [:]
        for condition in metadata {
            let rivals = other.metadata.first { $0.key == condition.key }?.values ?? condition.values
            guard let shared = condition.values.first(where: rivals.contains) else { return nil }
            values[condition.key] = shared
        }
        for condition in other.metadata where values[condition.key] == nil {
            values[condition.key] = condition.values.first
        }
        let tags = values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return "a \(kind.name)" + (tags.isEmpty ? "" : " with \(tags.joined(separator: " and "))")
    }

    /// Whether every record that the other matches is certainly matched too.
    fileprivate func includes(_ other: Match) -> Bool {
        guard isSimple, (kinds ?? .all).isSuperset(of: other.kinds ?? .all) else { return false }
        return metadata.allSatisfy { condition in
            guard let narrower = other.metadata.first(where: { $0.key == condition.key }) else { return false }
            return narrower.values.allSatisfy(condition.values.contains)
        }
    }
}
