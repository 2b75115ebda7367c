public import Policies

extension ScanResult {
    /// Why a finding is one, in one sentence without content or metadata.
    ///
    /// - Parameters:
    ///   - name: how other records are named; by kind and id unless said otherwise.
    ///   - showsIds: false where the message that an access policy makes may name no record by its id.
    public func because(
        _ finding: Finding, naming name: ((Int) -> String)? = nil, showsIds: Bool = true
    ) -> String {
        if finding.state == .lost { return becauseLost(finding) }
        if let policy = finding.accessPolicy, let validation = finding.validation,
            let entry = assessment.plan(finding.row).access.first(where: { $0.policy == policy })
        {
            return AccessPhrases(assessment: assessment, showsIds: showsIds)
                .because(assessment.accessVerdict(validation, entry, finding.row), finding.row)
        }
        let phrases = phrases(name)
        switch finding.state {
        case .uncovered: return "no policy with an atMost speaks of it, nor of anything that contains it"
        case .resurrected: return "it names somebody whose data was erased: it came back"
        case .earlyExpiry: return phrases.becauseExpiring(finding)
        default:
            let verdict = finding.policy.flatMap {
                assessment.verdict(finding.row, policy: $0, finding.rule, isUsed: marks.isUsed[finding.row])
            }
            return verdict.map { phrases.because($0, finding.row) } ?? finding.state.name
        }
    }

    /// The live exception that covers a finding; nil where none does.
    public func exception(of finding: Finding) -> PolicyException? {
        exceptionIndex(of: finding).map { policies.exceptions[$0] }
    }

    func exceptionIndex(of finding: Finding) -> Int? {
        guard finding.state == .excepted else { return nil }
        let plan = assessment.plan(finding.row)
        if let policy = finding.accessPolicy { return plan.access.first { $0.policy == policy }?.exception }
        return plan.pairs.first { $0.policy == finding.policy }?.exception
    }

    /// What every rule that speaks of a record makes of it, what is allowed and kept included, by policy's name.
    public func decisions(for row: Int, naming name: ((Int) -> String)? = nil) -> [PairDecision] {
        let phrases = phrases(name)
        let plan = assessment.plan(row)
        return assessment.verdicts(row, isUsed: marks.isUsed[row])
            .sorted { policies.retention[$0.policy].name < policies.retention[$1.policy].name }
            .map { verdict in
                let exception = plan.pairs.first { $0.policy == verdict.policy }?.exception
                return PairDecision(
                    verdict, exception: exception.map { policies.exceptions[$0].citation },
                    because: phrases.because(verdict, row))
            }
    }

    /// What every validation of an access policy that speaks of a record makes of it, by policy's name and then in the
    /// order of the document; what holds is included, and allowed.
    public func validations(for row: Int) -> [ValidationDecision] {
        let phrases = AccessPhrases(assessment: assessment, showsIds: true)
        return assessment.accessVerdicts(row).map { verdict in
            let policy = policies.access[verdict.policy]
            return ValidationDecision(
                policy: policy.name, validation: policy.validations[verdict.validation].name, state: verdict.state,
                exception: verdict.exception.map { policies.exceptions[$0].citation },
                because: phrases.because(verdict, row))
        }.enumerated().sorted { ($0.element.policy, $0.offset) < ($1.element.policy, $1.offset) }.map(\.element)
    }

    /// The name of the policy that a finding is of; nil for what no policy says.
    public func policyName(_ finding: Finding) -> String? {
        finding.policy.map { policies.retention[$0].name } ?? finding.accessPolicy.map { policies.access[$0].name }
    }

    /// The name of a finding's rule: a part of a retention policy, or the validation of an access policy.
    public func ruleName(_ finding: Finding) -> String {
        guard let policy = finding.accessPolicy, let validation = finding.validation else {
            return finding.rule.rawValue
        }
        return policies.access[policy].validations[validation].name
    }

    /// Where the rule of a finding stands: the policy's document, or the validation's expression in it. Nil for what no
    /// policy says.
    public func ruleLocation(_ finding: Finding) -> SourceLocation? {
        guard let policy = finding.accessPolicy, let validation = finding.validation else {
            return finding.policy.map { policies.retention[$0].location }
        }
        return policies.access[policy].validations[validation].expression.location
    }

    /// Whether the record may be deleted now.
    public func mayGo(_ row: Int) -> Bool { row < assessment.cells.count && marks.mayGo[row] }

    /// Whether the record goes: it may, or something that contains it may.
    public func goes(_ row: Int) -> Bool { assessment.goes(row, marks) }

    func phrases(_ name: ((Int) -> String)?) -> Phrases {
        Phrases(assessment: assessment, marks: marks, name: name ?? assessment.name)
    }
}
