internal import CEL
internal import Policies
internal import Records

/// Why documents do not let a scan leave threads unread whose deadline has not come; nil where they do.
///
/// A thread that is left unread may have new messages, runs and steps, of which nothing is known but that they are new.
/// So documents must give the same answer whatever these say: nothing but their age may decide about them, and nothing
/// that is read may be asked for what is not.
struct SettlingObstacle {
    /// The kinds of what can be settled, and of its parts.
    static let family = KindSet(.thread).union(Kind.thread.allParts)
    static let parts = Kind.thread.allParts
    /// The kinds whose last activity follows from what uses or cites them.
    static let passive: KindSet = [.init(.file), .init(.assistant)]

    private let policies: PolicySet
    private let source: String

    init(_ policies: PolicySet, source: String) {
        self.policies = policies
        self.source = source
    }

    /// The first reason, for people.
    var reason: String? {
        if policies.sources.contains(where: { $0.name == source && !$0.keysOfIds.isEmpty }) {
            return "metadata of what is not read could name further ids"
        }
        for policy in policies.access where covers(policy.match, Self.family) {
            return "policy \(policy.name) validates threads or what is in them"
        }
        for policy in policies.retention where covers(policy.match, Self.parts) {
            if policy.match.condition != nil { return "policy \(policy.name) has a condition on what is in threads" }
        }
        for policy in policies.retention where covers(policy.match, Self.family) {
            switch policy.clock {
            case .created, .lastActivity: break
            default: return "policy \(policy.name) counts from something that activity can make earlier"
            }
        }
        return expressionThatAsks.map { "\($0) reads what may be elsewhere, or the time of day" }
    }

    /// Whether an obligation may come from a thread or its parts to what they use.
    var mayOblige: Bool {
        policies.retention.contains { $0.atLeast != nil && covers($0.match, Self.family) }
            || policies.holds.contains { covers($0.match, Self.family) }
    }

    /// Whether the last activity of something counts that threads use or cite.
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
            if asks(programs, covers(policy.match, Self.family)) { return "policy \(policy.name)" }
        }
        for policy in policies.access {
            let parts = policy.validations.flatMap { [$0.expression, $0.messageExpression].compactMap(\.self) }
            let all = [policy.match.condition].compactMap(\.self) + policy.variables.map(\.expression) + parts
            if asks(all.map(\.program), false) { return "policy \(policy.name)" }
        }
        for hold in policies.holds {
            if asks([hold.match.condition?.program].compactMap(\.self), covers(hold.match, Self.family)) {
                return "hold \(hold.name)"
            }
        }
        for exception in policies.exceptions {
            let programs = [exception.match.condition?.program].compactMap(\.self)
            if asks(programs, covers(exception.match, Self.family)) { return "exception \(exception.name)" }
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
