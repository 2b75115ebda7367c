package import CEL
package import Chronology
package import Evaluation
package import Policies
package import Records

package let place = SourceLocation(file: "policies/test.yaml", line: 1, column: 1)

/// A `match` in words.
package func match(
    _ kinds: [Kind]? = nil, sources: [String] = [], _ metadata: [String: [String]] = [:], subjects: [String] = [],
    ids: [String] = [], created: (String, String)? = nil, where condition: String? = nil
) -> Match {
    var match = Match()
    match.kinds = kinds.map { KindSet($0) }
    match.sources = sources.map(Glob.init)
    match.metadata = metadata.sorted { $0.key < $1.key }.map { .init(key: $0.key, values: $0.value) }
    match.subjects = subjects
    match.ids = ids
    match.createdBetween = created.map { .init(from: moment($0.0), until: moment($0.1)) }
    match.condition = condition.map { expression($0, .bool) }
    return match
}

package func expression(
    _ text: String, _ type: CELType?, zone: Zone = .utc, variables: CELObjectType? = nil
) -> Expression {
    guard let now = asOf.instant,
        let program = try? ExpressionEnvironment.environment(asOf: now, zone: zone, variables: variables)
            .compile(text, expecting: type)
    else { fatalError("\(text) does not compile") }
    return Expression(text: text, location: place, program: program)
}

/// A retention policy in words: what is not said is the design's default, and it deletes.
package func policy(
    _ name: String, _ match: Match = Match(), clock: RetentionPolicy.Clock = .created, atLeast: String? = nil,
    atMost: String? = nil, overdueAfter: String? = nil, whileUsed: RetentionPolicy.WhileUsed = .keep,
    mode: RetentionPolicy.Mode = .enforce, whenDue: RetentionPolicy.WhenDue = .delete, isDefault: Bool = false,
    severity: Severity = .medium, onUndetermined: RetentionPolicy.OnUndetermined = .fail, zone: String = "UTC"
) -> RetentionPolicy {
    var policy = RetentionPolicy(name: name, clock: clock, location: place)
    policy.match = match
    policy.atLeast = atLeast.map(period)
    policy.atMost = atMost.map(period)
    policy.overdueAfter = overdueAfter.map(period)
    policy.whileUsed = whileUsed
    policy.mode = mode
    policy.whenDue = whenDue
    policy.isDefault = isDefault
    policy.severity = severity
    policy.onUndetermined = onUndetermined
    policy.zone = (try? Zone(zone)) ?? .utc
    return policy
}

package let lastActivity = RetentionPolicy.Clock.lastActivity(counts: [RoleSet(.user), RoleSet(.assistant)])

package func hold(
    _ name: String, _ match: Match, from: String = "2026-01-01", until: String? = nil, inEffectUntil: String? = nil
) -> LegalHold {
    LegalHold(
        name: name, matter: "A matter", match: match, from: moment(from), until: until.map(moment),
        inEffectUntil: (inEffectUntil ?? until).map(moment), approvedBy: "counsel", zone: .utc, location: place)
}

package func exception(_ name: String, _ policies: [String], _ match: Match, expiresAt: String = "2027-04-01")
    -> PolicyException
{
    PolicyException(
        name: name, policies: policies, match: match, reason: "Reviewed", ticket: "T-1", owner: "lead",
        expiresAt: moment(expiresAt), expiresText: "2027-03-31", location: place)
}

/// The answer for an estate under some documents.
package func scan(
    _ estate: Estate, _ policies: [RetentionPolicy] = [], holds: [LegalHold] = [], exceptions: [PolicyException] = [],
    sources: [Source] = [], register: HoldRegister? = nil, asOf: Moment = asOf, options: ScanOptions = ScanOptions()
) -> ScanResult {
    let set = PolicySet(
        retention: policies, holds: holds, register: register, exceptions: exceptions, sources: sources)
    return Evaluator(policies: set, asOf: asOf, options: options).evaluate(estate.inventory(asOf: asOf))
}

extension ScanResult {
    /// The row of the record with this id.
    package func row(_ id: String) -> Int {
        guard let row = inventory.rows(withId: id).first else { fatalError("there is no record \(id)") }
        return row
    }

    /// The state of the pair of this policy and this record; nil where they make no pair.
    package func state(_ policy: String, _ id: String) -> State? {
        decisions(for: row(id)).first { policies.retention[$0.policy].name == policy }?.state
    }

    package func decision(_ policy: String, _ id: String) -> PairDecision? {
        decisions(for: row(id)).first { policies.retention[$0.policy].name == policy }
    }

    package func finding(_ policy: String, _ id: String) -> Finding? {
        findings.first { $0.policy.map { policies.retention[$0].name == policy } ?? false && $0.row == row(id) }
    }

    package func mayGo(_ id: String) -> Bool { mayGo(row(id)) }

    /// The findings as lines: the part of a rule, the record and the state.
    package var lines: [String] {
        findings.map { finding in
            let rule = policyName(finding) ?? finding.rule.rawValue
            return "\(rule) \(inventory.id(finding.row)) \(finding.state.name)"
        }
    }
}
