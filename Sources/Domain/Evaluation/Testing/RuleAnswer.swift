internal import Chronology
internal import Policies

/// What a rule makes of a record, in the words of a test.
struct RuleAnswer {
    var state: TestExpectation.State
    var finding: Finding?
    var exception: PolicyException.Citation?
    /// Why. Made only where somebody asks.
    var because: () -> String
}

/// Asks the result of a test's evaluation for single rules.
struct RuleAnswers {
    let result: ScanResult
    /// The findings of each row that has some, in their order.
    private let findings: [Int: [Finding]]

    init(result: ScanResult) {
        self.result = result
        findings = Dictionary(grouping: result.findings, by: \.row)
    }

    private var assessment: Assessment { result.assessment }
    private var policies: PolicySet { result.policies }

    /// What a rule makes of the record.
    func answer(_ expectation: TestExpectation, _ rule: String, _ row: Int) -> RuleAnswer {
        if result.isLost(row) { return lost(expectation, row) }
        switch (expectation.state, rule) {
        case (.uncovered, _), (.earlyExpiry, _): return beside(expectation, row)
        case (_, Finding.Rule.atMost.rawValue): return retention(expectation.policy, .atMost, row)
        case (_, Finding.Rule.atLeast.rawValue): return retention(expectation.policy, .atLeast, row)
        default: return validation(expectation.policy, rule, row)
        }
    }

    /// Of a record that is gone, a document says that it is lost, or nothing.
    private func lost(_ expectation: TestExpectation, _ row: Int) -> RuleAnswer {
        let finding = finding(row) { finding in
            result.policyName(finding) == expectation.policy
                && finding.hold.map { policies.holds[$0].name } == expectation.hold
        }
        guard let finding else {
            return RuleAnswer(state: .none) { "it is gone, and nothing that still obliges kept it" }
        }
        return RuleAnswer(state: .lost, finding: finding) { result.because(finding) }
    }

    /// What stands beside the pairs: there is a finding, or none.
    private func beside(_ expectation: TestExpectation, _ row: Int) -> RuleAnswer {
        let state: State = expectation.state == .uncovered ? .uncovered : .earlyExpiry
        let finding = finding(row) { finding in
            finding.state == state && result.policyName(finding) == expectation.policy
                && finding.hold.map { policies.holds[$0].name } == expectation.hold
        }
        guard let finding else {
            let reason =
                state == .uncovered
                ? "a policy with an atMost speaks of it, or of what contains it"
                : "nothing says that the provider removes it before its time"
            return RuleAnswer(state: .none) { reason }
        }
        return RuleAnswer(state: expectation.state, finding: finding) { result.because(finding) }
    }

    private func retention(_ name: String?, _ rule: Finding.Rule, _ row: Int) -> RuleAnswer {
        guard let index = policies.retention.firstIndex(where: { $0.name == name }) else { return none(name, row) }
        let isUsed = result.marks.isUsed[row]
        if let verdict = assessment.verdict(row, policy: index, rule, isUsed: isUsed) {
            let pair = assessment.plan(row).pairs.first { $0.policy == index }
            var answer = RuleAnswer(state: .init(verdict.state)) { result.phrases(nil).because(verdict, row) }
            answer.finding = finding(row) { $0.policy == index && $0.rule == rule && $0.state != .earlyExpiry }
            if verdict.state == .excepted {
                answer.exception = pair?.exception.map { policies.exceptions[$0].citation }
            }
            return answer
        }
        guard rule == .atLeast, assessment.plan(row).obliging.contains(index) else { return none(name, row) }
        return duty(index, row)
    }

    /// A duty is no pair, and makes no finding: it keeps its record until its time is over.
    func duty(_ policy: Int, _ row: Int) -> RuleAnswer {
        let ends = assessment.judge.obligation(of: policy, row)
        let asOf = assessment.rules.asOf
        let state: TestExpectation.State =
            switch (asOf < ends.early, asOf < ends.late) {
            case (true, true): .kept
            case (false, false): .allowed
            default: .undetermined
            }
        let period = policies.retention[policy].atLeast?.description ?? ""
        let clock = policies.retention[policy].clock.phrase
        return RuleAnswer(state: state) {
            let phrases = result.phrases(nil)
            let end = ends.early == Ends.never ? "without end" : "until \(phrases.time(ends.interval))"
            return "at least \(period) after \(clock): it obliges \(end)"
        }
    }

    private func validation(_ name: String?, _ rule: String, _ row: Int) -> RuleAnswer {
        guard let index = policies.access.firstIndex(where: { $0.name == name }),
            let validation = policies.access[index].validations.firstIndex(where: { $0.name == rule }),
            let entry = assessment.plan(row).access.first(where: { $0.policy == index })
        else { return none(name, row) }
        let verdict = assessment.accessVerdict(validation, entry, row)
        let finding = finding(row) { $0.accessPolicy == index && $0.validation == validation }
        let exception = verdict.state == .excepted ? verdict.exception.map { policies.exceptions[$0].citation } : nil
        return RuleAnswer(state: .init(verdict.state), finding: finding, exception: exception) {
            AccessPhrases(assessment: assessment, showsIds: true).because(verdict, row)
        }
    }

    private func finding(_ row: Int, _ fits: (Finding) -> Bool) -> Finding? {
        findings[row]?.first(where: fits)
    }

    /// The policy says nothing of the record: its match differs, or its limit gives way.
    private func none(_ name: String?, _ row: Int) -> RuleAnswer {
        RuleAnswer(state: .none) {
            let rule = result.explanation(for: row).rules.first { $0.name == name && $0.document.contains("policy") }
            guard let rule else { return "the policy takes no part" }
            guard rule.outcome == .differs else { return "its atMost gives way to another policy's" }
            return "the policy does not match: \(rule.condition ?? "match") differs"
        }
    }
}

extension TestExpectation.State {
    /// The state of an evaluation as tests name it.
    init(_ state: State) {
        self = TestExpectation.State(rawValue: state.name) ?? .none
    }
}
