import CEL
import Chronology
import Policies
import Records
import RuleSupport
import Testing

@testable import Evaluation

/// What an expression may cost, alone and with the variables that it reads: beyond that it is an error, never a pass.
@Suite struct CostBudgetTests {
    private var estate: Estate {
        var estate = Estate()
        for thread in ["big", "small"] { estate.add(.thread, thread, created: "2026-01-01") }
        for number in 0..<40 { estate.add(.message, "m\(number)", created: "2026-01-01", in: "big") }
        estate.add(.message, "n", created: "2026-01-01", in: "small")
        return estate
    }

    /// Costs some units for every pair of what the record contains.
    private static let quadratic = "object.contains.all(a, object.contains.all(b, a.id + b.id != 'x'))"

    private func expression(
        _ text: String, _ type: CELType? = .bool, cost: Int = 3_000, total: Int = 10_000,
        variables: CELObjectType? = nil
    ) throws -> Expression {
        let now = try #require(asOf.instant)
        var environment = ExpressionEnvironment.environment(asOf: now, zone: .utc, variables: variables)
        environment.limits.cost = cost
        environment.limits.total = total
        return Expression(text: text, location: place, program: try environment.compile(text, expecting: type))
    }

    private func condition(_ text: String) throws -> Match {
        var match = match([.thread])
        match.condition = try expression(text)
        return match
    }

    @Test(arguments: ["", " || true", " || object.kind == 'thread'"])
    func `a condition over its budget is an error of the pair, whatever stands beside it`(more: String) throws {
        let result = scan(estate, [policy("p", try condition(Self.quadratic + more), atMost: "9y")])
        #expect(result.state("p", "big") == .error)
        #expect(result.state("p", "small") == .allowed)
        #expect(result.exitCode == 1)
        let observed = policy("p", try condition(Self.quadratic + more), atMost: "9y", mode: .observe)
        #expect(scan(estate, [observed]).exitCode == 3)
    }

    @Test func `a hold and an obligation over their budget apply, and an exception does not`() throws {
        let costly = try condition(Self.quadratic)
        let rules = [policy("due", match([.thread]), atMost: "1d")]
        #expect(scan(estate, rules, holds: [hold("h", costly)]).state("due", "big") == .held)
        #expect(scan(estate, rules + [policy("keep", costly, atLeast: "9y")]).state("due", "big") == .kept)
        let excepted = scan(estate, rules, exceptions: [exception("e", ["due"], costly)])
        #expect(excepted.state("due", "big") == .overdue && excepted.state("due", "small") == .excepted)
    }

    @Test func `a clock over its budget is an error`() throws {
        let clock = RetentionPolicy.Clock.custom(
            try expression("\(Self.quadratic) ? object.created : now", .timestamp))
        let result = scan(estate, [policy("p", match([.thread]), clock: clock, atMost: "9y")])
        #expect(result.state("p", "big") == .error && result.state("p", "small") == .allowed)
    }

    /// A policy of which each variable costs about 2,000 units for the big thread.
    private func access(_ validations: [String], cost: Int = 3_000) throws -> AccessPolicy {
        var policy = AccessPolicy(name: "a", location: place)
        policy.match = match([.thread])
        for number in 0..<8 {
            let text = "object.contains.filter(a, object.contains.filter(b, a.id < b.id).size() > \(number)).size()"
            policy.variables.append(
                .init(name: "v\(number)", expression: try expression(text, nil, cost: 20_000, total: 20_000)))
        }
        policy.validations = try validations.enumerated().map { index, text in
            .init(
                name: "r\(index)",
                expression: try expression(text, cost: cost, total: 60_000, variables: policy.variablesType))
        }
        return policy
    }

    private func states(_ policy: AccessPolicy, _ id: String) -> [State] {
        let result = Evaluator(policies: PolicySet(access: [policy]), asOf: asOf, options: ScanOptions())
            .evaluate(estate.inventory())
        let swept = result.findings.filter { $0.row == result.row(id) }.reduce(into: [Int: State]()) {
            $0[$1.validation ?? 0] = $1.state
        }
        let explained = result.assessment.accessVerdicts(result.row(id)).map(\.state)
        #expect(policy.validations.indices.map { swept[$0] ?? .allowed } == explained)
        return explained
    }

    @Test func `a validation pays for the variables that it reads, and for no others`() throws {
        let few = "variables.v0 + variables.v1 >= 0"
        let many = (0..<8).map { "variables.v\($0)" }.joined(separator: " + ") + " >= 0"
        let policy = try access([few, many, few, "\(many) || true"])
        #expect(states(policy, "big") == [.allowed, .error, .allowed, .error])
        #expect(states(policy, "small") == [.allowed, .allowed, .allowed, .allowed])
        let turned = try access([many, few, many, few])
        #expect(states(turned, "big") == [.error, .allowed, .error, .allowed])
    }

    /// What a run says of its errors: why it is incomplete, and why the findings are what they are.
    private func words(_ policies: PolicySet) -> [String] {
        let result = Evaluator(policies: policies, asOf: asOf, options: ScanOptions()).evaluate(estate.inventory())
        let errors = result.findings.filter { $0.state == .error }
        let names = { (row: Int) in "row \(row)" }
        return result.incomplete.map(\.message)
            + errors.map { result.because($0, naming: names, showsIds: true) }
    }

    @Test func `whoever is over a budget is told so, in the summary and at the finding`() throws {
        let matching = policy("p", try condition(Self.quadratic), atMost: "9y")
        let own = "the evaluation costs more than its budget of 3000 units"
        #expect(
            words(PolicySet(retention: [matching])) == [
                "policy p could not be decided for 1 record: \(own)",
                "whether the policy speaks of it cannot be decided: \(own)",
            ])
        let time = RetentionPolicy.Clock.custom(try expression("\(Self.quadratic) ? object.created : now", .timestamp))
        let clock = policy("p", match([.thread]), clock: time, atMost: "9y")
        #expect(
            words(PolicySet(retention: [clock])) == [
                "policy p could not be decided for 1 record: \(own)", "the clock's expression failed on it: \(own)",
            ])
        let few = (0..<8).map { "variables.v\($0)" }.joined(separator: " + ") + " >= 0"
        let both = "the evaluation and what it reads cost more than their budget of 60000 units"
        let told = words(PolicySet(access: [try access([few, "1 / (object.contains.size() - 40) == 1"])]))
        #expect(told.count == 3)
        // Of two errors one has another reason.
        #expect(
            told.first == "policy a: 2 validations could not be decided: \(both) (1 of the 2 that were asked again)")
        #expect(told.contains("r0 could not be decided: \(both), at: \(few)"))
        #expect(told.contains { $0.hasPrefix("r1 could not be decided: it divides by zero") })
    }

    @Test func `the order of records changes nothing`() throws {
        var turned = estate
        turned.items.reverse()
        let rules = [policy("p", try condition(Self.quadratic), atMost: "9y")]
        #expect(scan(estate, rules).lines == scan(turned, rules).lines)
    }
}
