internal import CEL
internal import Policies
internal import Records

/// Why documents do not let a scan leave records of a family unread whose deadline has not come; nil where they do.
///
/// What is left unread may have new parts, such as a thread's messages, runs and steps, of which nothing is known but that
/// they are new. So documents must give the same answer whatever these say: nothing but their age may decide about them,
/// and nothing that is read may be asked for what is not.
struct SettlingObstacle {
    /// The kinds whose last activity follows from what uses or cites them.
    static let passive: KindSet = [.init(.file), .init(.assistant)]

    private let policies: PolicySet
    private let source: String
    private let family: SettlingFamily

    init(_ policies: PolicySet, source: String, _ family: SettlingFamily) {
        self.policies = policies
        self.source = source
        self.family = family
    }

    /// The first reason, for people.
    var reason: String? {
        if policies.sources.contains(where: { $0.name == source && !$0.keysOfIds.isEmpty }) {
            return "metadata of what is not read could name further ids"
        }
        for policy in policies.access where covers(policy.match, family.kinds) {
            return "policy \(policy.name) validates \(family.name) or what is in them"
        }
        for policy in policies.retention where covers(policy.match, family.hidden) {
            if family.hidden.has(.item) {
                return "policy \(policy.name) speaks of items, and a new one may tell no time"
            }
            if policy.match.condition != nil {
                return "policy \(policy.name) has a condition on what is in \(family.name)"
            }
        }
        for policy in policies.retention where covers(policy.match, family.kinds) {
            switch policy.clock {
            case .created, .lastActivity: break
            default: return "policy \(policy.name) counts from something that activity can make earlier"
            }
        }
        return expressionThatAsks.map { "\($0) reads what may be elsewhere, or the time of day" }
    }

    /// Whether an obligation may come from records of the family to what they use.
    var mayOblige: Bool {
        policies.retention.contains { $0.atLeast != nil && covers($0.match, family.kinds) }
            || policies.holds.contains { covers($0.match, family.kinds) }
    }

    /// Whether the last activity of something counts that records of the family use or cite.
    var countsUse: Bool {
        policies.retention.contains { policy in
            guard case .lastActivity = policy.clock else { return false }
            return covers(policy.match, Self.passive)
        }
    }

    /// Whether a document may speak of one of these kinds in the source.
    func covers(_ match: Match, _ kinds: KindSet) -> Bool {
        (match.kinds.map { !$0.intersection(kinds).isEmpty } ?? true)
            && (match.sources.isEmpty || match.sources.contains { $0.matches(source) })
    }

    /// The document with an expression whose answer other records can change, or the passing of time.
    private var expressionThatAsks: String? {
        for policy in policies.retention {
            var programs = [policy.match.condition?.program].compactMap(\.self)
            if case .custom(let expression) = policy.clock { programs.append(expression.program) }
            if asks(programs, covers(policy.match, family.kinds)) { return "policy \(policy.name)" }
        }
        for policy in policies.access {
            let parts = policy.validations.flatMap { [$0.expression, $0.messageExpression].compactMap(\.self) }
            let all = [policy.match.condition].compactMap(\.self) + policy.variables.map(\.expression) + parts
            if asks(all.map(\.program), false) { return "policy \(policy.name)" }
        }
        for hold in policies.holds {
            if asks([hold.match.condition?.program].compactMap(\.self), covers(hold.match, family.kinds)) {
                return "hold \(hold.name)"
            }
        }
        for exception in policies.exceptions {
            let programs = [exception.match.condition?.program].compactMap(\.self)
            if asks(programs, covers(exception.match, family.kinds)) { return "exception \(exception.name)" }
        }
        return nil
    }

    private func asks(_ programs: [CELProgram], _ isOfFamily: Bool) -> Bool {
        let others: Set<RecordField> =
            isOfFamily ? [.lastActivity, .contains, .usedBy, .uses, .container] : [.lastActivity, .contains, .usedBy]
        let names = Set(others.map(\.name))
        return programs.contains { program in
            !program.fieldsRead(of: RecordField.typeName).isDisjoint(with: names) || isOfFamily && program.asksForNow
        }
    }
}

extension CELProgram {
    /// Whether its answer may change as time goes by.
    fileprivate var asksForNow: Bool {
        var asks = false
        syntax.walk { _, node in
            switch node.kind {
            case .identifier(ExpressionVariable.now.name), .call("age", _, _): asks = true
            default: break
            }
            return !asks
        }
        return asks
    }
}
