import Chronology
import Evaluation
import Policies
import Records
import RuleSupport

/// The design's section 5 as it is written, by brute force over records, pairs and paths. Slow, obvious, and no
/// relative of the engine: it shares the documents and the calendar with it, and nothing else.
struct Model {
    let facts: ModelFacts
    let policies: [RetentionPolicy]
    let holds: [LegalHold]
    private(set) var verdicts: [ModelVerdict] = []
    private(set) var obligations: [ModelObligation] = []
    var keepers: [ModelKeeping] = []
    private var contents: [Set<Int>] = []
    private var above: [Set<Int>] = []
    /// The records that a privacy request asks for; nil where none is decided.
    let request: Set<Int>?

    init(_ world: World, request: Set<Int>? = nil) {
        facts = ModelFacts(world)
        self.request = request
        let set = world.policySet
        policies = set.retention
        holds = set.holds
        let all = facts.nodes.indices
        above = all.map(facts.above)
        contents = all.map { whole in Set(all.filter { $0 != whole && above[$0].contains(whole) }) }
        obligations = all.map(obligation)
        let needers = all.map(facts.needers)
        keepers = all.map { index in
            let held = contents[index].union([index])
            let reaching = held.reduce(into: Set<Int>()) { $0.formUnion(needers[$1]) }
            return ModelKeeping(reaching.sorted().map { obligations[$0] })
        }
        decide()
    }

    /// The least set of records that stay, by naive iteration: at first nothing is known to stay.
    private mutating func decide() {
        let all = facts.nodes.indices
        let pairs = all.map(self.pairs)
        var stays: Set<Int> = []
        while true {
            verdicts = all.map { index in
                ModelVerdict(pairs: pairs[index].map { state(of: $0, index, stays: stays) })
            }
            for index in all {
                verdicts[index].mayGo = request == nil ? mayGo(index) : mayGoByRequest(index, stays: stays)
            }
            let next = Set(
                all.filter { index in
                    !above[index].union([index]).contains { verdicts[$0].mayGo }
                })
            if next == stays { break }
            stays = next
        }
        for index in all {
            verdicts[index].earlyExpiry = earlyExpiry(index)
            verdicts[index].isUncovered = isUncovered(index)
            verdicts[index].validations = validations(index)
        }
    }

    // MARK: Obligations

    private func obligation(_ index: Int) -> ModelObligation {
        var result = ModelObligation()
        for (number, policy) in policies.enumerated() {
            guard obliges(policy), let atLeast = policy.atLeast, facts.answer(policy.match, index) != .no else {
                continue
            }
            switch facts.clock(policy.clock, index) {
            case .notBegun, .failed: result.policies[number] = Interval(point: .unbounded)
            case .interval(let clock):
                result.policies[number] = Interval(
                    earliest: policy.zone.adding(atLeast, to: clock.earliest) ?? .unbounded,
                    latest: policy.zone.adding(atLeast, to: clock.latest) ?? .unbounded)
            }
        }
        for (number, hold) in holds.enumerated() where facts.answer(hold.match, index) != .no {
            guard hold.from <= World.asOf else { continue }
            if let until = hold.until, until <= World.asOf {
                result.ended[number] = hold.inEffectUntil ?? until
            } else {
                result.matters.insert(number)
            }
        }
        return result
    }

    // MARK: May go

    /// The design's paragraph, clause by clause.
    private func mayGo(_ index: Int) -> Bool {
        let isDue = verdicts[index].pairs.contains { pair in
            policies[pair.policy].mode == .enforce && policies[pair.policy].whenDue == .delete
                && (pair.state == .due || pair.state == .overdue)
        }
        return isDue && contents[index].union([index]).allSatisfy { isFree($0) && !isShadowed($0) }
    }

    private func isFree(_ index: Int) -> Bool {
        keepers[index].matters.isEmpty && World.asOf >= keepers[index].late
            && verdicts[index].pairs.allSatisfy { !$0.blocks } && !goesToReview(index)
    }

    /// The same for a privacy request, which asks by itself: no exception and no undecided age stops it.
    private func mayGoByRequest(_ index: Int, stays: Set<Int>) -> Bool {
        guard request?.contains(index) ?? false else { return false }
        return contents[index].union([index]).allSatisfy { part in
            let isInUse =
                Self.usable.contains(facts.nodes[part].kind) && facts.nodes[part].users.contains { stays.contains($0) }
            return keepers[part].matters.isEmpty && World.asOf >= keepers[part].late && !isInUse
                && !verdicts[part].pairs.contains { $0.state == .error } && !goesToReview(part) && !isShadowed(part)
        }
    }

    /// Whether a policy's `atLeast` counts: against a privacy request no internal reason does.
    private func obliges(_ policy: RetentionPolicy) -> Bool {
        policy.atLeast != nil && (request == nil || policy.basis != .internal)
    }

    /// Whether something that nobody read could keep the record.
    private func isShadowed(_ index: Int) -> Bool {
        if facts.world.sources[facts.nodes[index].source].complete.count == Kind.allCases.count { return false }
        let kind = facts.nodes[index].kind
        let unread = kind.allParts.union(kind.allHolders).kinds.filter { !facts.isComplete($0, for: index) }
        for other in unread {
            let isHeld = holds.contains { isInEffect($0) && facts.couldSpeak($0.match, of: other, besides: index) }
            let isExcepted = facts.world.exceptions.contains {
                request == nil && World.asOf < $0.expiresAt && facts.couldSpeak($0.match, of: other, besides: index)
            }
            let isKept = policies.contains {
                obliges($0) && facts.couldSpeak($0.match, of: other, besides: index)
            }
            let isUsed =
                other.targets.has(kind) && Self.usable.contains(kind)
                && (request != nil
                    || verdicts[index].pairs.contains { $0.rule == .atMost && policies[$0.policy].whileUsed == .keep })
            if isHeld || isExcepted || isKept || isUsed { return true }
        }
        return false
    }

    static let usable: Set<Kind> = [.file, .vectorStore, .container]

    private func isInEffect(_ hold: LegalHold) -> Bool {
        hold.from <= World.asOf && (hold.inEffectUntil.map { World.asOf < $0 } ?? true)
    }

    /// A hold by subject or tenant, and a record of which nobody knows the subject or the tenant.
    private func goesToReview(_ index: Int) -> Bool {
        let node = facts.nodes[index]
        return holds.contains { hold in
            var fields: [String] = hold.match.subjects.isEmpty ? [] : ["subject"]
            let condition = hold.match.condition?.text
            if condition == Expressions.isTenant || condition == Expressions.isOfOneTenant { fields.append("tenant") }
            let isUnknown = fields.contains { field in
                let value = node.fields[field] ?? .absent
                return value == .absent || value == .undecided || node.isContainerUnknown
            }
            return isUnknown && isInEffect(hold) && facts.couldSpeak(hold.match, of: node.kind, besides: index)
        }
    }

    // MARK: Beside the pairs

    private func earlyExpiry(_ index: Int) -> Set<ModelKeeper> {
        guard Self.usable.contains(facts.nodes[index].kind), let expires = facts.nodes[index].expires?.latest else {
            return []
        }
        let keeping = keepers[index]
        var result = expires < .unbounded ? Set(keeping.matters.map(ModelKeeper.hold)) : []
        for (hold, end) in keeping.ended where end > expires { result.insert(.hold(hold)) }
        for (policy, end) in keeping.policies where end.earliest > expires { result.insert(.policy(policy)) }
        return result
    }

    private func isUncovered(_ index: Int) -> Bool {
        !policies.contains { policy in
            policy.atMost != nil
                && above[index].union([index]).contains { facts.answer(policy.match, $0) != .no }
        }
    }
}
