import Records
import Spelling
import YAML

/// What is wrong with tests only beside the documents that they test, and with what they expect beside their records.
struct TestChecks {
    private(set) var diagnostics: [Diagnostic] = []
    private let set: PolicySet
    private let policies: [String]

    /// - Parameters:
    ///   - tests: the tests that fit their shape.
    ///   - documents: all documents, for the places of names.
    ///   - set: all that governs.
    init(_ tests: [PolicyTest], _ documents: [Document], _ set: PolicySet) {
        self.set = set
        policies = set.retention.map(\.name) + set.access.map(\.name)
        let holds = set.holds.map(\.name)
        let exceptions = set.exceptions.map(\.name)
        for document in documents where document.kind == .policyTest {
            checkNames("policies", "policy", of: document, among: policies)
            checkNames("holds", "hold", of: document, among: holds)
            checkNames("exceptions", "exception", of: document, among: exceptions)
        }
        for test in tests {
            let records = TestRecordIndex(test)
            for expectation in test.expectations { check(expectation, test, records) }
            for record in test.records { check(record) }
        }
        // A test that is wrong may be meant for any policy.
        if diagnostics.isEmpty, tests.count == documents.count(where: { $0.kind == .policyTest }) {
            checkTested(documents, by: tests.expectedPolicies)
        }
    }

    /// What could help is looked for only as long as somebody reads it: a file may hold a million mistakes.
    private mutating func report(
        _ code: String, at location: SourceLocation, _ message: String, _ hint: @autoclosure () -> String?
    ) {
        guard diagnostics.count <= DocumentFile.mostTold else { return }
        guard diagnostics.count < DocumentFile.mostTold else {
            let whole = SourceLocation(file: location.file, line: 0, column: 0)
            let message = "more is wrong with tests, beyond the first \(DocumentFile.mostTold) mistakes"
            return diagnostics.append(
                Diagnostic(
                    .error, "more-errors", at: whole, message, hint: "mend those that are listed, and look again"))
        }
        diagnostics.append(Diagnostic(.error, code, at: location, message, hint: hint()))
    }

    /// Who tests some policies relies on the tests, and a policy without one changes unseen.
    private mutating func checkTested(_ documents: [Document], by expected: Set<String>) {
        for document in documents where document.kind == .retentionPolicy || document.kind == .accessPolicy {
            guard let name = document.name?.text, !expected.contains(name) else { continue }
            diagnostics.append(
                Diagnostic(
                    .warning, "untested-policy", at: document.nameLocation,
                    "no expectation of any PolicyTest names the policy '\(name)'",
                    hint: "add a record and the state that it gets; `tenure test` prints records to begin with"))
        }
    }

    private mutating func checkNames(_ key: String, _ noun: String, of test: Document, among known: [String]) {
        for name in test.spec?.scalars(key) ?? [] where !known.contains(name.text) {
            let place = SourceLocation(file: test.location.file, line: name.mark.line, column: name.mark.column)
            report(
                "unknown-name", at: place, "there is no \(noun) named '\(name.text)'",
                suggestion(for: name.text, among: known) ?? "name one that the directory has")
        }
    }

    private mutating func check(_ expectation: TestExpectation, _ test: PolicyTest, _ records: TestRecordIndex) {
        checkRecord(expectation, records)
        checkPresence(expectation, records)
        switch (expectation.state, expectation.policy, expectation.hold) {
        case (.uncovered, nil, nil), (.earlyExpiry, _?, nil), (.lost, _?, nil): break
        case (.earlyExpiry, nil, let hold?), (.lost, nil, let hold?):
            checkParticipation(hold, "hold", test.holds, set.holds.map(\.name), expectation)
        case (.uncovered, _, _):
            report(
                "impossible-expectation", at: expectation.location, "no policy says that a record is uncovered",
                "remove 'policy' and 'hold'")
        case (_, _, _?):
            report(
                "impossible-expectation", at: expectation.location, "only early-expiry and lost are expected of a hold",
                "name the policy of which '\(expectation.state.rawValue)' is expected, and the holds under 'matters'")
        case (_, nil, nil):
            report(
                "missing-key", at: expectation.location, "the expectation has no 'policy'",
                "name the policy of which '\(expectation.state.rawValue)' is expected")
        default: break
        }
        if let policy = expectation.policy { checkRule(policy, expectation, test) }
    }

    /// Of a record that is gone only what it leaves behind can be said.
    private mutating func checkPresence(_ expectation: TestExpectation, _ records: TestRecordIndex) {
        let named = records.records(of: expectation)
        guard named.count == 1, let record = named.first else { return }
        if record.isGone, expectation.state != .lost, expectation.state != .none {
            report(
                "impossible-expectation", at: expectation.location,
                "a record that is gone is never '\(expectation.state.rawValue)'", "it is lost, or none")
        } else if !record.isGone, expectation.state == .lost {
            report(
                "impossible-expectation", at: expectation.location, "a record that is there is not lost",
                "add 'gone: true' to the record, or expect another state")
        }
    }

    private mutating func checkRecord(_ expectation: TestExpectation, _ records: TestRecordIndex) {
        let named = records.records(withId: expectation.id)
        guard !named.isEmpty else {
            report(
                "unknown-record", at: expectation.location, "the test has no record with the id '\(expectation.id)'",
                suggestion(for: expectation.id, among: records.ids.sorted()) ?? "name the id of one of its records")
            return
        }
        let fitting = records.records(of: expectation).count
        guard fitting != 1 else { return }
        report(
            "unknown-record", at: expectation.location,
            fitting == 0
                ? "no record '\(expectation.id)' is of that kind and source"
                : "several records have the id '\(expectation.id)'",
            "there are \(Set(named.map { "\($0.kind.name) of \($0.source)" }).sorted().joined(separator: ", "))"
                + "; name 'kind' and 'source'")
    }

    private mutating func checkParticipation(
        _ name: String, _ noun: String, _ participants: [String]?, _ known: [String], _ expectation: TestExpectation
    ) {
        if !known.contains(name) {
            report(
                "unknown-name", at: expectation.location, "there is no \(noun) named '\(name)'",
                suggestion(for: name, among: known) ?? "name one that the directory has")
        } else if let participants, !participants.contains(name) {
            report(
                "impossible-expectation", at: expectation.location, "\(noun) '\(name)' takes no part in the test",
                "add it to the test's '\(noun == "policy" ? "policies" : "\(noun)s")', or leave that key out")
        }
    }

    private mutating func checkRule(_ policy: String, _ expectation: TestExpectation, _ test: PolicyTest) {
        checkParticipation(policy, "policy", test.policies, policies, expectation)
        guard policies.contains(policy), expectation.state != .uncovered else { return }
        let rules = set.rules(ofPolicy: policy)
        guard let rule = set.rule(of: expectation) else {
            let list = rules.joined(separator: ", ")
            report(
                "unknown-rule", at: expectation.location,
                expectation.rule.map { "policy '\(policy)' has no rule '\($0)'" }
                    ?? "policy '\(policy)' has several rules",
                expectation.rule.flatMap { suggestion(for: $0, among: rules) } ?? "add 'rule': one of \(list)")
            return
        }
        let states = Self.states(of: rule)
        guard !states.contains(expectation.state) else { return }
        report(
            "impossible-expectation", at: expectation.location,
            "rule '\(rule)' never makes a record '\(expectation.state.rawValue)'",
            "it makes \(states.map(\.rawValue).joined(separator: ", "))")
    }

    /// The states that a rule can give.
    private static func states(of rule: String) -> [TestExpectation.State] {
        switch rule {
        case "atMost": [.error, .overdue, .undetermined, .due, .held, .excepted, .inUse, .kept, .allowed, .none]
        case "atLeast": [.error, .lost, .earlyExpiry, .undetermined, .kept, .allowed, .none]
        default: [.error, .denied, .excepted, .allowed, .none]
        }
    }

    /// Owner, subject and tenant stand for metadata keys, and say nothing else than those.
    private mutating func check(_ record: TestRecord) {
        let fields = set.sources.first { $0.name == record.source }?.fields ?? Source.Fields()
        let short = [
            ("owner", fields.owner, record.owner), ("subject", fields.subject, record.subject),
            ("tenant", fields.tenant, record.tenant),
        ]
        for (name, key, value) in short {
            guard value != nil, record.metadata.contains(where: { $0.key == key }) else { continue }
            report(
                "duplicate-key", at: record.location,
                "'\(name)' stands for the metadata key '\(key)', which the record has too", "remove one of the two")
        }
    }
}
