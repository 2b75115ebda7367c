import Chronology
import Policies
import Records
import RuleSupport

/// Short ways to write documents in tests.
enum WorldDocuments {
    static let place = SourceLocation(file: "test.yaml", line: 1, column: 1)

    static func policy(
        _ name: String, kinds: [Kind]? = nil, clock: RetentionPolicy.Clock = .created, atLeast: String? = nil,
        atMost: String? = nil, _ change: (inout RetentionPolicy) -> Void = { _ in }
    ) -> RetentionPolicy {
        var policy = RetentionPolicy(name: name, clock: clock, location: place)
        policy.match.kinds = kinds.map { KindSet($0) }
        policy.atLeast = atLeast.flatMap { try? Period($0) }
        policy.atMost = atMost.flatMap { try? Period($0) }
        policy.whenDue = .delete
        change(&policy)
        return policy
    }

    static func hold(
        _ name: String, from: Int = -30, until: Int? = nil, graceDays: Int = 7, _ change: (inout Match) -> Void
    ) -> LegalHold {
        var match = Match()
        change(&match)
        return LegalHold(
            name: name, matter: name, match: match, from: World.instant(from), until: until.map(World.instant),
            inEffectUntil: until.map { World.instant($0 + graceDays) }, approvedBy: nil, zone: .utc, location: place)
    }

    static func exception(
        _ name: String, from policies: [String], expires: Int = 30, _ change: (inout Match) -> Void
    ) -> PolicyException {
        var match = Match()
        change(&match)
        return PolicyException(
            name: name, policies: policies, match: match, reason: "test", ticket: nil, owner: nil,
            expiresAt: World.instant(expires), expiresText: "\(expires)", location: place)
    }
}
