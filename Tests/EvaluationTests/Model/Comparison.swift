import Chronology
import Evaluation
import Policies
import Records
import RuleSupport

/// What engine and model say of one world, in lines that can be compared and read.
struct Comparison {
    let decided: Model
    let engine: [String]
    let model: [String]

    init(_ world: World) {
        self.init(world, engine: Comparison.evaluate(world))
    }

    init(_ world: World, engine result: ScanResult) {
        engine = Comparison.lines(result)
        decided = Model(world)
        model = Comparison.lines(decided)
    }

    var agrees: Bool { engine == model }

    /// The lines that only one of the two has.
    var difference: String {
        let onlyEngine = engine.filter { !model.contains($0) }.map { "  engine: \($0)" }
        let onlyModel = model.filter { !engine.contains($0) }.map { "  model:  \($0)" }
        return (onlyEngine + onlyModel).joined(separator: "\n")
    }

    static func evaluate(_ world: World, windowSize: Int = 1000) -> ScanResult {
        var options = ScanOptions()
        options.requireCoverage = world.requireCoverage
        return Evaluator(policies: world.policySet, asOf: World.asOf, options: options)
            .evaluate(world.inventory(windowSize: windowSize))
    }

    // MARK: The engine's words

    static func lines(_ result: ScanResult) -> [String] {
        let findings = result.findings.map { line($0, result) }.sorted()
        return findings + [counts(result.summary.states, mayGo: result.summary.mayGo)]
    }

    static func line(_ finding: Finding, _ result: ScanResult) -> String {
        let inventory = result.inventory
        let record = [
            inventory.sourceNames[Int(inventory.sources[finding.row])], inventory.kinds[finding.row].name,
            inventory.id(finding.row),
        ].joined(separator: " ")
        var words = [
            record, result.policyName(finding) ?? "-",
            finding.hold.map { result.policies.holds[$0].name } ?? "-", result.ruleName(finding), finding.state.name,
            finding.severity.name, finding.isViolation ? "violation" : "fine", finding.mayGo ? "may go" : "stays",
        ]
        if finding.accessPolicy == nil, ![.error, .earlyExpiry, .uncovered].contains(finding.state) {
            words += [
                finding.pastMax ? "past max" : "-", "clock \(interval(finding.clock))",
                "keep \(moment(finding.keepUntil))", "delete \(moment(finding.deleteAt))",
                "due \(moment(finding.dueAt))", "overdue \(moment(finding.overdueAt))",
                "matters \(result.matters(finding.matters))",
            ]
        }
        return words.joined(separator: "; ")
    }

    // MARK: The model's words

    static func lines(_ model: Model) -> [String] {
        let verdicts = Verdicts(model)
        return verdicts.lines + [counts(verdicts.states, mayGo: verdicts.mayGo)]
    }

    /// The model's findings in lines, and its counts.
    struct Verdicts {
        var lines: [String] = []
        var states = [Int](repeating: 0, count: State.allCases.count)
        var mayGo = 0

        init(_ model: Model) {
            for (index, verdict) in model.verdicts.enumerated() {
                for pair in verdict.pairs {
                    states[Int(pair.state.rawValue)] += 1
                    if pair.state == .allowed || pair.state == .kept && !pair.pastMax { continue }
                    lines.append(model.line(pair, index))
                }
                for keeper in verdict.earlyExpiry {
                    states[Int(State.earlyExpiry.rawValue)] += 1
                    lines.append(model.line(keeper, index))
                }
                for validation in verdict.validations {
                    states[Int(validation.state.rawValue)] += 1
                    if validation.state != .allowed { lines.append(model.line(validation, index)) }
                }
                if verdict.isUncovered {
                    states[Int(State.uncovered.rawValue)] += 1
                    if model.facts.world.requireCoverage { lines.append(model.uncoveredLine(index)) }
                }
                mayGo += verdict.mayGo ? 1 : 0
            }
            lines.sort()
        }
    }

    static func counts(_ states: [Int], mayGo: Int) -> String {
        let words = State.allCases.map { "\($0.name) \(states[Int($0.rawValue)])" }
        return (words + ["may go \(mayGo)"]).joined(separator: ", ")
    }

    static func moment(_ moment: Moment?) -> String { moment.map(\.description) ?? "-" }

    static func interval(_ interval: Interval?) -> String {
        interval.map { $0.isPoint ? "\($0.earliest)" : "\($0.earliest)…\($0.latest)" } ?? "-"
    }
}

extension Model {
    private func name(_ index: Int) -> String {
        let node = facts.nodes[index]
        return "\(facts.world.sources[node.source].name) \(node.kind.name) \(node.id)"
    }

    private func goes(_ index: Int) -> String { verdicts[index].mayGo ? "may go" : "stays" }

    func line(_ pair: ModelPair, _ index: Int) -> String {
        let policy = policies[pair.policy]
        let isFailure =
            pair.state == .error || pair.state == .overdue
            || pair.state == .undetermined && policy.onUndetermined == .fail
        var words = [
            name(index), policy.name, "-", pair.rule.rawValue, pair.state.name, policy.severity.name,
            isFailure && policy.mode == .enforce ? "violation" : "fine", goes(index),
        ]
        if pair.state != .error {
            words += [
                pair.pastMax ? "past max" : "-", "clock \(Comparison.interval(pair.clock))",
                "keep \(Comparison.moment(pair.keepUntil))", "delete \(Comparison.moment(pair.deleteAt))",
                "due \(Comparison.moment(pair.dueAt))", "overdue \(Comparison.moment(pair.overdueAt))",
                "matters \(keepers[index].matters.map { holds[$0].name }.sorted())",
            ]
        }
        return words.joined(separator: "; ")
    }

    func line(_ keeper: ModelKeeper, _ index: Int) -> String {
        var policy = "-"
        var hold = "-"
        var isViolation = true
        switch keeper {
        case .policy(let number):
            policy = policies[number].name
            isViolation = policies[number].mode == .enforce
        case .hold(let number): hold = holds[number].name
        }
        return [
            name(index), policy, hold, "atLeast", "early-expiry", "critical", isViolation ? "violation" : "fine",
            goes(index),
        ].joined(separator: "; ")
    }

    func line(_ validation: ModelValidation, _ index: Int) -> String {
        let policy = facts.world.access[validation.policy]
        let isViolation = policy.mode == .enforce && validation.state != .excepted && !validation.isUnread
        return [
            name(index), policy.name, "-", policy.validations[validation.validation].name, validation.state.name,
            policy.severity.name, isViolation ? "violation" : "fine", goes(index),
        ].joined(separator: "; ")
    }

    func uncoveredLine(_ index: Int) -> String {
        [name(index), "-", "-", "coverage", "uncovered", "medium", "violation", goes(index)].joined(separator: "; ")
    }
}
