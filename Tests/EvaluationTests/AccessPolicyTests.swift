import CEL
import Chronology
import Policies
import Records
import RuleSupport
import Testing

@testable import Evaluation

@Suite struct AccessPolicyTests {
    /// Files of one tenant, of two, and of which somebody forgot to say.
    private var estate: Estate {
        var estate = Estate()
        estate.add(.thread, "t1", created: "2026-01-01", ["tenant": "A", "owner": "x"])
        estate.add(.thread, "t2", created: "2026-01-01", ["tenant": "B"])
        estate.add(.thread, "t3", created: "2026-01-01")
        for file in ["own", "shared", "untold"] { estate.add(.file, file, created: "2026-01-01") }
        estate.add(.message, "m1", created: "2026-01-01", in: "t1", uses: [(.file, "own"), (.file, "shared")])
        estate.add(.message, "m2", created: "2026-01-01", in: "t2", uses: [(.file, "shared")])
        estate.add(.message, "m3", created: "2026-01-01", in: "t3", uses: [(.file, "untold")])
        return estate
    }

    private let oneTenant = access(
        "isolation", match([.file]), [("one-tenant", "object.usedBy.all(u, u.tenant == object.usedBy[0].tenant)")])

    private func answer(
        _ policies: [AccessPolicy], retention: [RetentionPolicy] = [], exceptions: [PolicyException] = [],
        in estate: Estate? = nil, options: ScanOptions = ScanOptions()
    ) -> ScanResult {
        let set = PolicySet(retention: retention, access: policies, exceptions: exceptions)
        return Evaluator(policies: set, asOf: asOf, options: options).evaluate((estate ?? self.estate).inventory())
    }

    @Test func `a record of which a validation is false is denied, and one of which it fails is an error`() {
        let result = answer([oneTenant])
        #expect(result.accessLines == ["isolation one-tenant shared denied", "isolation one-tenant untold error"])
        #expect(result.findings.allSatisfy { $0.isViolation && $0.policy == nil && $0.hold == nil })
        #expect(result.summary[.denied] == 1 && result.summary[.error] == 1 && result.summary[.allowed] == 1)
        #expect(result.summary.access[0].matched == 3 && result.summary.access[0][.denied] == 1)
        #expect(result.summary.violations == 2 && result.exitCode == 1)
        #expect(result.incomplete.map(\.message) == ["policy isolation: 1 validation could not be decided"])
    }

    @Test func `an error is never a pass, whatever the severity and the mode`() {
        var observed = oneTenant
        observed.mode = .observe
        let result = answer([observed])
        #expect(result.findings.map(\.state) == [.denied, .error] && result.findings.allSatisfy { !$0.isViolation })
        #expect(result.summary.violations == 0 && result.exitCode == 3)
        var info = oneTenant
        info.severity = .info
        #expect(answer([info]).exitCode == 3)
    }

    @Test func `severity decides what fails the run`() {
        let owner = access("owner", match([.thread]), [("owned", "has(object.owner)")], severity: .low)
        #expect(answer([owner]).exitCode == 1)
        var options = ScanOptions()
        options.failOn = .medium
        #expect(answer([owner], options: options).exitCode == 0)
        #expect(answer([owner], options: options).accessLines == ["owner owned t2 denied", "owner owned t3 denied"])
    }

    @Test func `where a related kind was not read to its end, all is error`() {
        var estate = estate
        estate.unread = KindSet(.batch)
        let result = answer([oneTenant], in: estate)
        #expect(result.findings.map(\.state) == [.error, .error, .error])
        #expect(
            result.because(result.findings[0])
                == "one-tenant could not be decided: a kind of related record was not read to its end, "
                + "at: object.usedBy")
    }

    @Test func `a match that cannot be decided is an error of every validation`() {
        var estate = Estate()
        estate.add(.thread, "t", created: "2026-01-01", undecided: ["product"])
        let policy = access(
            "p", match(nil, ["product": ["support"]]), [("a", "has(object.owner)"), ("b", "has(object.id)")])
        let result = answer([policy], in: estate)
        #expect(result.accessLines == ["p a t error", "p b t error"])
        #expect(result.because(result.findings[0]) == "whether the policy speaks of it cannot be decided")
    }

    @Test func `a live exception covers what is denied, and never an error`() {
        let files = match([.file])
        let result = answer([oneTenant], exceptions: [exception("pilot", ["isolation"], files)])
        #expect(result.accessLines == ["isolation one-tenant shared excepted", "isolation one-tenant untold error"])
        #expect(result.because(result.findings[0]) == "Not so; excepted by pilot until 2027-03-31 (T-1)")
        let over = answer([oneTenant], exceptions: [exception("over", ["isolation"], files, expiresAt: "2026-11-20")])
        #expect(over.findings[0].state == .denied)
        let other = answer([oneTenant], exceptions: [exception("other", ["else"], files)])
        #expect(other.findings[0].state == .denied)
    }

    @Test func `what is denied, excepted or an error neither obliges nor stops a deletion`() {
        let month = policy("month", match([.file]), atMost: "30d", whileUsed: .delete)
        let plain = answer([], retention: [month])
        let denied = answer([oneTenant], retention: [month])
        let excepted = answer(
            [oneTenant], retention: [month], exceptions: [exception("pilot", ["isolation"], match([.file]))])
        for id in ["own", "shared", "untold"] {
            #expect(plain.mayGo(id) && denied.mayGo(id) && excepted.mayGo(id))
        }
        #expect(denied.findings.filter { $0.accessPolicy != nil }.allSatisfy { $0.mayGo && $0.keepUntil == nil })
        let text = denied.explanation(for: denied.row("shared")).text
        #expect(text.contains("  denied by isolation (one-tenant): Not so"))
        #expect(text.contains("  access policy isolation matches: 0 of 1 validations hold"))
        #expect(text.contains("  what access policies say neither keeps it nor lets it go"))
    }

    @Test func `variables are evaluated when they are read, once for each record, and typed`() {
        var policy = access(
            "p", match([.file]),
            [("few", "has(object.owner) || variables.users.size() < 2"), ("some", "variables.count > 0")],
            variables: [
                ("users", "object.usedBy"), ("count", "variables.users.size()"),
                ("broken", "object.metadata.product"),
            ])
        #expect(answer([policy]).accessLines == ["p few shared denied"])
        policy.validations =
            access(
                "p", Match(), [("broken", "variables.broken == 'x'")],
                variables: [("users", "object.usedBy"), ("count", "1"), ("broken", "object.metadata.product")]
            ).validations
        let failed = answer([policy])
        #expect(failed.findings.map(\.state) == [.error, .error, .error])
        #expect(failed.findings.allSatisfy(\.isViolation) && failed.exitCode == 1)
        #expect(
            failed.because(failed.findings[0])
                == "broken could not be decided: variables.broken could not be evaluated, at: variables.broken")
    }

    /// Hard failure behind two variables, lack of data behind two, and both at once: an unread kind could still decide.
    @Test(arguments: [
        ("variables.far > 0", true), ("variables.open > 0", false), ("variables.far > variables.open", true),
    ])
    func `a variable that fails is a violation, and one that was not read is none`(condition: String, isWrong: Bool) {
        var estate = self.estate
        estate.unread = KindSet(.batch)
        let policy = access(
            "p", match([.file]), [("v", condition)],
            variables: [
                ("near", "int(object.kind)"), ("far", "variables.near + 1"), ("users", "object.usedBy"),
                ("open", "variables.users.size()"),
            ])
        let result = answer([policy], in: estate)
        #expect(result.findings.map(\.state) == [.error, .error, .error])
        #expect(result.findings.allSatisfy { $0.isViolation == isWrong })
        #expect(result.exitCode == (isWrong ? 1 : 3))
    }

    @Test func `a variable that is read again and again costs one evaluation`() {
        let facts = RecordFacts(estate.inventory(), asOf: asOf)
        let policy = access(
            "p", Match(), [("a", "variables.users.all(u, variables.users.size() > 0)")],
            variables: [("users", "object.usedBy.filter(u, u.kind == 'message')")])
        let variables = LazyVariables(policy, RecordScope(facts, parameters: nil))
        guard case .value(.list(let first)) = variables.field(at: 0, of: 4) else {
            Issue.record("the variable has no value")
            return
        }
        #expect(first.count == 2)
        guard case .value(.list(let other)) = variables.field(at: 0, of: 3) else {
            Issue.record("the variable has no value")
            return
        }
        #expect(other.count == 1)
    }

    @Test func `variables may read each other in long chains, and evaluations stand two deep`() {
        var chain = [("v0", "object.usedBy.size()")]
        for index in 1..<100 { chain.append(("v\(index)", "variables.v\(index - 1) + variables.v0")) }
        let policy = access("p", match([.file]), [("few", "variables.v99 < 200")], variables: chain)
        #expect(answer([policy]).accessLines == ["p few shared denied"])
        let broken = access(
            "p", match([.file]), [("few", "variables.b < 2 || object.id == 'own'")],
            variables: [("a", "object.metadata.product"), ("b", "variables.a.size()")])
        #expect(answer([broken]).accessLines == ["p few shared error", "p few untold error"])
    }

    @Test func `a message is made for the record, and the plain one stands in where it fails or would name ids`() {
        var policy = access("p", match([.file]), [("few", "object.usedBy.size() < 2")])
        func with(_ text: String, readsIds: Bool = false) -> ScanResult {
            policy.validations = [
                .init(
                    name: "few", expression: policy.validations[0].expression, message: "Too many",
                    messageExpression: expression(text, .string), messageReadsIds: readsIds)
            ]
            return answer([policy])
        }
        let counted = with("string(object.usedBy.size()) + ' records\\nuse \\u202eit'")
        #expect(counted.because(counted.findings[0]) == "2 records use  it")
        let failing = with("object.metadata.product")
        #expect(failing.because(failing.findings[0]) == "Too many")
        let naming = with("object.usedBy[0].id + ' uses it'", readsIds: true)
        #expect(naming.because(naming.findings[0]) == "m1 uses it")
        #expect(naming.because(naming.findings[0], showsIds: false) == "Too many")
        let long = with("'\(String(repeating: "x", count: 400))'")
        #expect(long.because(long.findings[0]) == String(repeating: "x", count: 300) + "…")
    }

    @Test func `why a validation failed is said without any value of the record`() {
        var estate = Estate()
        estate.add(.thread, "t", created: "2026-01-01", ["closed_at": "secret@example.org"])
        let policy = access("p", Match(), [("closed", "timestamp(object.metadata.closed_at) < now")])
        let result = answer([policy], in: estate)
        #expect(
            result.because(result.findings[0])
                == "closed could not be decided: an operation does not take these values, "
                + "at: timestamp(object.metadata.closed_at)")
    }

    @Test func `findings stand by policy's name among the others, and in the order of the document`() {
        let retention = [policy("b", match([.thread]), atMost: "1d"), policy("d", match([.thread]), atMost: "1d")]
        let validations = [("z", "has(object.owner)"), ("a", "has(object.tenant)")]
        let result = answer(
            [access("a", match([.thread]), validations), access("c", match([.thread]), validations)],
            retention: retention)
        #expect(
            result.findings.map { result.policyName($0) ?? "" }
                == result.findings.map { result.policyName($0) ?? "" }.sorted())
        let third = result.findings.filter { result.policyName($0) == "a" && $0.row == result.row("t3") }
        #expect(third.map { result.ruleName($0) } == ["z", "a"])
        #expect(result.findings.allSatisfy { result.ruleLocation($0) == place })
    }

    @Test func `what no record matches is worth a look, and what cannot look is incomplete`() {
        var estate = estate
        #expect(
            answer([access("p", match([.batch]), [("a", "has(object.owner)")])]).warnings.contains(
                "policy p matches nothing"))
        estate.unread = KindSet(.batch)
        let blind = answer([access("p", match([.batch]), [("a", "has(object.owner)")])], in: estate)
        #expect(blind.incomplete.map(\.message) == ["policy p could not look: nothing was read of batch"])
    }

    @Test func `answers by code and answers by record are the same`() {
        var estate = Estate()
        for index in 0..<500 {
            var metadata: [String: String] = [:]
            if index % 3 > 0 { metadata["owner"] = "o\(index % 5)" }
            if index % 7 > 0 { metadata["product"] = "p\(index % 4)" }
            estate.add(
                index % 2 == 0 ? .thread : .file, "r\(index)", created: "2026-01-01", metadata,
                undecided: index % 11 == 0 ? ["product"] : [])
        }
        let text = "has(object.owner) && object.metadata.product != 'p1' || object.kind == 'file'"
        let byCode = answer([access("p", Match(), [("v", text)])], in: estate)
        let byRecord = answer([access("p", Match(), [("v", "(\(text)) && object.id != ''")])], in: estate)
        #expect(byCode.accessLines == byRecord.accessLines)
        #expect(Set(byCode.findings.map(\.state)) == [.denied, .error])
    }
}

extension ScanResult {
    fileprivate var accessLines: [String] {
        findings.map { "\(policyName($0) ?? "-") \(ruleName($0)) \(inventory.id($0.row)) \($0.state.name)" }
    }
}

/// An access policy in words: each validation by name and expression.
func access(
    _ name: String, _ match: Match = Match(), _ validations: [(String, String)],
    variables: [(String, String)] = [], severity: Severity = .medium
) -> AccessPolicy {
    var policy = AccessPolicy(name: name, location: place)
    policy.match = match
    policy.severity = severity
    for (name, text) in variables {
        policy.variables.append(.init(name: name, expression: expression(text, nil, variables: policy.variablesType)))
    }
    policy.validations = validations.map { name, text in
        .init(name: name, expression: expression(text, .bool, variables: policy.variablesType), message: "Not so")
    }
    return policy
}
