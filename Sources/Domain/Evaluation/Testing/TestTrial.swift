internal import Chronology
internal import Policies
internal import Records

/// One test: its records decided, and its expectations held against the answer.
struct TestTrial {
    private let test: PolicyTest
    private let records: TestRecordIndex
    private let result: ScanResult
    private let answers: RuleAnswers

    /// What a finding is of, or an expectation.
    private struct Subject: Hashable {
        let row: Int
        let rulebook: String?
        let rule: String
        let isBeside: Bool
    }

    /// - Parameter set: the documents that take part, at the test's instant.
    init(_ test: PolicyTest, _ set: PolicySet) {
        self.test = test
        records = TestRecordIndex(test)
        var options = ScanOptions()
        options.requireCoverage = true
        options.failOn = .info
        result = TestInventory.evaluate(test, set, options)
        answers = RuleAnswers(result: result)
    }

    func outcome() -> TestOutcome {
        var failures: [TestFailure] = []
        var rules: [String] = []
        var isMet: [Bool] = []
        var exceptions: [PolicyException.Citation?] = []
        var named: Set<Subject> = []
        for (index, expectation) in test.expectations.enumerated() {
            let rule = result.policies.rule(of: expectation)
            rules.append(rule ?? "-")
            if isSilent(expectation), rule != nil {
                isMet.append(true)
                exceptions.append(nil)
                continue
            }
            guard let row = row(expectation), let rule else {
                // The loader refuses such a test; one that was made in memory fails.
                isMet.append(false)
                exceptions.append(nil)
                failures.append(unanswerable(index, expectation))
                continue
            }
            named.insert(subject(expectation, rule, row))
            let answer = answers.answer(expectation, rule, row)
            let comparison = compare(expectation, answer, row)
            isMet.append(comparison == nil)
            exceptions.append(answer.exception)
            guard let comparison else { continue }
            failures.append(
                failure(
                    row, index, expectation.location, rulebook: expectation.policy ?? expectation.hold, rule,
                    expected: comparison.expected, found: comparison.found, answer.exception,
                    answer.because(),
                    advice(expectation, answer)))
        }
        for finding in result.findings where test.requiresCoverage || finding.state != .uncovered {
            if !named.contains(subject(finding)) { failures.append(unexpected(finding)) }
        }
        return TestOutcome(test: test, failures: failures, rules: rules, isMet: isMet, exceptions: exceptions)
    }

    private func row(_ expectation: TestExpectation) -> Int? {
        guard let record = records.records(of: expectation).first,
            let source = result.inventory.sourceNames.firstIndex(of: record.source)
        else { return nil }
        if record.isGone { return result.lostRow(source: record.source, kind: record.kind, id: record.id) }
        return result.inventory.row(source: source, kind: record.kind, id: record.id)
    }

    /// Whether nothing is expected of a record that is gone, and nothing was found.
    private func isSilent(_ expectation: TestExpectation) -> Bool {
        guard expectation.state == .none, let record = records.records(of: expectation).first, record.isGone else {
            return false
        }
        guard let row = row(expectation) else { return true }
        return !result.findings.contains { $0.row == row && rulebook($0) == expectation.policy ?? expectation.hold }
    }

    private func subject(_ expectation: TestExpectation, _ rule: String, _ row: Int) -> Subject {
        Subject(
            row: row, rulebook: expectation.policy ?? expectation.hold, rule: rule,
            isBeside: expectation.state == .earlyExpiry || expectation.state == .lost)
    }

    private func subject(_ finding: Finding) -> Subject {
        Subject(
            row: finding.row, rulebook: rulebook(finding), rule: result.ruleName(finding),
            isBeside: finding.state == .earlyExpiry || finding.state == .lost)
    }

    private func rulebook(_ finding: Finding) -> String? {
        result.policyName(finding) ?? finding.hold.map { result.policies.holds[$0].name }
    }

    /// What was expected beside what was found, as far as they differ; nil where the expectation is met.
    private func compare(
        _ expectation: TestExpectation, _ answer: RuleAnswer, _ row: Int
    ) -> (expected: String, found: String)? {
        var expected: [String] = [expectation.state.rawValue]
        var found: [String] = [answer.state.rawValue]
        func compare<Value: Equatable>(_ name: String, _ wanted: Value?, _ is: Value?, _ text: (Value) -> String) {
            guard let wanted, wanted != `is` else { return }
            expected.append("\(name) \(text(wanted))")
            found.append("\(name) \(`is`.map(text) ?? "none")")
        }
        compare("mayGo", expectation.mayGo, result.mayGo(row)) { String($0) }
        compare("violation", expectation.violation, answer.finding?.isViolation ?? false) { String($0) }
        compare("severity", expectation.severity, answer.finding?.severity) { $0.name }
        compare("pastMax", expectation.pastMax, answer.finding?.pastMax ?? false) { String($0) }
        let matters = result.matters(of: row)
        compare("matters", expectation.matters, matters) { "[\($0.joined(separator: ", "))]" }
        compare("exception", expectation.exception, answer.exception?.name) { $0 }
        if let part = expectation.because, !answer.because().contains(part) {
            expected.append("because '\(part)'")
            found.append("another reason")
        }
        guard expected.count > 1 || expectation.state != answer.state else { return nil }
        return (expected.joined(separator: ", "), found.joined(separator: ", "))
    }

    private func failure(
        _ row: Int, _ expectation: Int?, _ location: SourceLocation, rulebook: String?, _ rule: String,
        expected: String, found: String, _ exception: PolicyException.Citation?, _ because: String, _ advice: String
    ) -> TestFailure {
        let inventory = result.inventory
        return TestFailure(
            expectation: expectation, location: location, rulebook: rulebook, rule: rule,
            source: inventory.sourceNames[Int(inventory.sources[row])], kind: inventory.kinds[row],
            id: inventory.id(row), expected: expected, found: found, exception: exception, because: because,
            advice: advice)
    }

    private func unanswerable(_ index: Int, _ expectation: TestExpectation) -> TestFailure {
        TestFailure(
            expectation: index, location: expectation.location, rulebook: expectation.policy ?? expectation.hold,
            rule: expectation.rule ?? "-", source: expectation.source ?? PolicyTest.defaultSource,
            kind: expectation.kind.flatMap { Kind(named: $0) } ?? test.records.first?.kind ?? .thread,
            id: expectation.id, expected: expectation.state.rawValue, found: "nothing",
            exception: nil, because: "the test has no such record, or the policy no such rule",
            advice: "name a record of the test, and a rule of the policy")
    }

    private func unexpected(_ finding: Finding) -> TestFailure {
        let row = finding.row
        let record = records.record(
            source: result.inventory.sourceNames[Int(result.inventory.sources[row])], kind: result.inventory.kinds[row],
            id: result.inventory.id(row))
        let rule = result.ruleName(finding)
        let policy = result.policyName(finding).map { "policy: \($0), " }
        let hold = finding.hold.map { "hold: \(result.policies.holds[$0].name), " }
        let line =
            "{\(policy ?? hold ?? "")id: \(result.inventory.id(row)), rule: \(rule), state: \(finding.state.name)}"
        return failure(
            row, nil, record?.location ?? test.location, rulebook: rulebook(finding), rule, expected: "nothing",
            found: finding.state.name, result.exception(of: finding)?.citation, result.because(finding),
            "if it is right, expect it: \(line)\(policy == nil ? "" : "; or name the policies that take part")")
    }

    private func advice(_ expectation: TestExpectation, _ answer: RuleAnswer) -> String {
        let policy = expectation.policy.flatMap { name in
            result.policies.retention.first { $0.name == name }?.location
                ?? result.policies.access.first { $0.name == name }?.location
        }
        let correct =
            answer.state == expectation.state
            ? "correct what is expected" : "expect state: \(answer.state.rawValue)"
        return policy.map { "if the policy is right, \(correct); else change the policy at \($0)" }
            ?? "if the documents are right, \(correct)"
    }
}
