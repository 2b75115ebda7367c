internal import Chronology
internal import Policies
internal import Records

extension ScanResult {
    /// Everything that led to the decisions about a record.
    public func explanation(for row: Int, naming name: ((Int) -> String)? = nil) -> Explanation {
        let explainer = Explainer(result: self, phrases: phrases(name))
        return isLost(row) ? explainer.explainLost(row) : explainer.explain(row, decisions(for: row, naming: name))
    }
}

/// Gathers what an explanation says.
private struct Explainer {
    let result: ScanResult
    let phrases: Phrases

    private var assessment: Assessment { result.assessment }
    private var inventory: Inventory { result.inventory }
    private var policies: PolicySet { result.policies }

    func explain(_ row: Int, _ decisions: [PairDecision]) -> Explanation {
        let keep = assessment.keep(row)
        let matters = result.matters(MatterSet(index: assessment.matters(row)))
        return Explanation(
            row: row, source: inventory.sourceNames[Int(inventory.sources[row])], kind: inventory.kinds[row],
            id: inventory.id(row), place: inventory.place(row), clocks: clocks(row), rules: rules(row),
            keepUntil: keep.late == Ends.open ? nil : keep.interval, matters: matters,
            keepers: Keepers(result: result, phrases: phrases).list(row),
            decisions: decisions, policyNames: decisions.map { policies.retention[$0.policy].name },
            validations: result.validations(for: row), losses: [],
            mayGo: result.mayGo(row), goes: result.goes(row),
            blockers: Blockers(result: result, phrases: phrases).list(row),
            changes: ChangeSearch(result: result, row: row).changes())
    }

    /// Of a record that is gone nothing is known but what obliged to keep it.
    func explainLost(_ row: Int) -> Explanation {
        let findings = result.findings.filter { $0.row == row }
        return Explanation(
            row: row, source: inventory.sourceNames[Int(inventory.sources[row])], kind: inventory.kinds[row],
            id: inventory.id(row), place: nil, clocks: [], rules: [],
            keepUntil: findings.first?.keepUntil.map { Interval(earliest: $0, latest: $0) },
            matters: result.matters(of: row), keepers: [], decisions: [], policyNames: [], validations: [],
            losses: findings.map(result.becauseLost), mayGo: false, goes: false, blockers: [], changes: [])
    }

    private func clocks(_ row: Int) -> [Explanation.Clock] {
        let origin = ClockOrigin(result: result, phrases: phrases)
        var clocks = [origin.created(row)]
        var seen: Set<RoleSet> = []
        for case .lastActivity(let counts) in policies.retention.map(\.clock) where seen.insert(counts).inserted {
            clocks.append(origin.lastActivity(row, counts: counts))
        }
        if seen.isEmpty { clocks.append(origin.lastActivity(row, counts: RecordFacts.defaultCounts)) }
        clocks.append(origin.given("lastModified", inventory.modified(row)))
        clocks.append(origin.given("expires", inventory.expires(row)))
        for policy in assessment.plan(row).matched {
            if case .custom = policies.retention[policy].clock { clocks.append(origin.custom(policy, row)) }
        }
        return clocks
    }

    private func rules(_ row: Int) -> [Explanation.Rule] {
        let rules = assessment.book.rules.map { rule(RuleTrial(rule: $0, facts: assessment.facts), row) }
        let order: [Explanation.Rule.Outcome] = [.matches, .undecided, .differs]
        let documents = ["hold", "policy", "access policy", "exception"]
        return rules.sorted { left, right in
            let l = (order.firstIndex(of: left.outcome) ?? 0, left.isNearMiss ? 0 : 1)
            let r = (order.firstIndex(of: right.outcome) ?? 0, right.isNearMiss ? 0 : 1)
            if l != r { return l < r }
            let kinds = (documents.firstIndex(of: left.document) ?? 0, documents.firstIndex(of: right.document) ?? 0)
            return kinds.0 == kinds.1 ? left.name < right.name : kinds.0 < kinds.1
        }
    }

    /// Conditions that say what a document is about; who misses only these misses nothing.
    private static let scope = ["kinds", "sources"]

    private func rule(_ trial: RuleTrial, _ row: Int) -> Explanation.Rule {
        let conditions = trial.conditions(row)
        let failing = conditions.filter { $0.outcome == .no }
        let open = conditions.first { $0.outcome == .undecided }
        let outcome: Explanation.Rule.Outcome =
            !failing.isEmpty ? .differs : open != nil ? .undecided : .matches
        let (document, name, effect) = describe(trial.rule.document, row)
        let condition = (failing.first ?? open)?.name
        let part = condition == "where" ? trial.rule.failingPart(row) : nil
        return Explanation.Rule(
            document: document, name: name, outcome: outcome, condition: condition,
            isNearMiss: failing.count == 1 && !Self.scope.contains(failing[0].name),
            effect: outcome == .matches ? effect : nil,
            obligation: outcome == .differs ? nil : obligation(trial.rule.document, row),
            exception: exception(trial.rule.document), isInForce: isInForce(trial.rule.document),
            location: location(trial.rule.document), part: part?.text, partLocation: part?.place)
    }

    /// What cannot be decided protects, so a document that only may match obliges too.
    private func obligation(_ document: MatchRule.Document, _ row: Int) -> Explanation.Obligation? {
        switch document {
        case .policy(let index):
            guard policies.retention[index].atLeast != nil else { return nil }
            return .init(isMatter: false, until: assessment.judge.obligation(of: index, row).interval)
        case .hold(let index):
            if assessment.rules.isMatter(index) { return .init(isMatter: true, until: nil) }
            guard let until = assessment.rules.releasedUntil(index) else { return nil }
            return .init(isMatter: false, until: Ends(until, until).interval)
        case .access, .exception: return nil
        }
    }

    private func exception(_ document: MatchRule.Document) -> PolicyException.Citation? {
        if case .exception(let index) = document { policies.exceptions[index].citation } else { nil }
    }

    private func isInForce(_ document: MatchRule.Document) -> Bool {
        switch document {
        case .policy, .access: true
        case .hold(let index): assessment.rules.isInEffect(index)
        case .exception(let index): assessment.rules.isLive(exception: index)
        }
    }

    private func location(_ document: MatchRule.Document) -> SourceLocation {
        switch document {
        case .policy(let index): policies.retention[index].location
        case .hold(let index): policies.holds[index].location
        case .access(let index): policies.access[index].location
        case .exception(let index): policies.exceptions[index].location
        }
    }

    private func describe(_ document: MatchRule.Document, _ row: Int) -> (String, String, String?) {
        switch document {
        case .policy(let index):
            return ("policy", policies.retention[index].name, effect(policies.retention[index], index, row))
        case .hold(let index):
            let hold = policies.holds[index]
            if assessment.rules.isMatter(index) { return ("hold", hold.name, "its matter is on the record") }
            guard let until = assessment.rules.releasedUntil(index) else {
                return ("hold", hold.name, "not in effect before \(hold.from)")
            }
            return ("hold", hold.name, "released, and in effect until \(Moment(microseconds: until))")
        case .access(let index):
            let access = policies.access[index]
            let verdicts = assessment.accessVerdicts(row).filter { $0.policy == index }
            return ("access policy", access.name, Self.effect(access, verdicts))
        case .exception(let index):
            let exception = policies.exceptions[index]
            let end = assessment.rules.isLive(exception: index) ? "lives until" : "ended with"
            let ticket = exception.ticket.map { " (\($0))" } ?? ""
            return ("exception", exception.name, "\(end) \(exception.expiresText)\(ticket)")
        }
    }

    /// An access policy keeps nothing and lets nothing go, which is said once for all under what may go.
    private static func effect(_ policy: AccessPolicy, _ verdicts: [AccessVerdict]) -> String {
        let holding = verdicts.count { $0.state == .allowed }
        let parts = ["\(holding) of \(verdicts.count) validations hold"]
        return (parts + (policy.mode == .observe ? ["observed only"] : [])).joined(separator: ", ")
    }

    private func effect(_ policy: RetentionPolicy, _ index: Int, _ row: Int) -> String {
        var parts: [String] = []
        if let atLeast = policy.atLeast { parts.append("keeps at least \(atLeast) (\(policy.basis.rawValue))") }
        if let atMost = policy.atMost {
            let applies = assessment.plan(row).pairs.contains { $0.policy == index }
            parts.append(applies ? "at most \(atMost)" : "its atMost gives way to another policy's")
        }
        if policy.mode == .observe { parts.append("observed only") }
        return parts.joined(separator: ", ")
    }
}
