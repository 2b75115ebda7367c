internal import Chronology
internal import Records
internal import Terminal

extension Explanation {
    /// The explanation as lines for people.
    public var text: [String] {
        var lines = ["\(kind.name) \(id) in \(source)" + (place.map { ", read at \($0.file):\($0.line)" } ?? "")]
        guard losses.isEmpty else { return (lines + section("lost", losses)).map(\.visible) }
        lines += section("clocks", clocks.map { "\($0.name): \(Self.time($0.interval)), \($0.origin)" })
        lines += section("decisions", decisionLines)
        lines += section("validations", validationLines)
        lines += section("kept", keeperLines)
        lines += section("documents", ruleLines)
        lines += section("may it go", goingLines)
        lines += section(
            "what would change that",
            changes.map { "to \($0.goal.rawValue) it: \($0.steps.map(\.text).joined(separator: ", and "))" })
        return (lines + ["precedence: \(Self.precedence)"]).map(\.visible)
    }

    private func section(_ title: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["\(title):"] + lines.map { "  \($0)" }
    }

    private var decisionLines: [String] {
        if decisions.isEmpty { return ["no policy with a limit speaks of it"] }
        return zip(policyNames, decisions).flatMap { name, decision in
            var lines = ["\(decision.state.name) by \(name) (\(decision.rule.rawValue)): \(decision.because)"]
            if decision.early != decision.late {
                lines.append("  at the earliest: \(Self.line(decision.early))")
                lines.append("  at the latest: \(Self.line(decision.late))")
            }
            return lines
        }
    }

    private var validationLines: [String] {
        validations.map { "\($0.state.name) by \($0.policy) (\($0.validation)): \($0.because)" }
    }

    private static func line(_ reading: PairDecision.Reading) -> String {
        let times = [
            ("clock", reading.clock), ("delete at", reading.deleteAt), ("due at", reading.dueAt),
            ("overdue at", reading.overdueAt),
        ]
        return ([reading.state.name] + times.compactMap { label, time in time.map { "\(label) \($0)" } })
            .joined(separator: ", ")
    }

    private var keeperLines: [String] {
        guard let keepUntil else { return matters.isEmpty ? ["nothing obliges to keep it"] : keepers.map(\.text) }
        return ["until \(Self.time(keepUntil))"] + keepers.map(\.text)
    }

    /// Every document that speaks of the record or nearly does, and the others in one line for each first difference.
    private var ruleLines: [String] {
        let far = rules.filter { $0.outcome == .differs && !$0.isNearMiss }
        let byCondition = Dictionary(grouping: far) { $0.condition ?? "a condition" }
        return rules.filter { $0.outcome != .differs || $0.isNearMiss }.map(Self.line)
            + byCondition.sorted { $0.key < $1.key }.map { condition, rules in
                "not matched by \(condition): " + rules.map { "\($0.document) \($0.name)" }.joined(separator: ", ")
            }
    }

    private static func line(_ rule: Rule) -> String {
        let start = "\(rule.document) \(rule.name)"
        switch rule.outcome {
        case .matches: return "\(start) matches" + (rule.effect.map { ": \($0)" } ?? "")
        case .undecided: return "\(start) may match: \(rule.condition ?? "a condition") cannot be decided\(part(rule))"
        case .differs: return "\(start) nearly matches: only \(rule.condition ?? "a condition") differs\(part(rule))"
        }
    }

    private static func part(_ rule: Rule) -> String {
        guard let part = rule.part, let place = rule.partLocation else { return "" }
        return ", at \(place): \(part)"
    }

    private var goingLines: [String] {
        if mayGo { return ["yes"] + accessNote }
        let start = goes ? "not by itself, but what contains it may go, and it goes with it" : "no"
        return [start] + blockers.map(\.text) + accessNote
    }

    /// What is denied looks as if it could not go, or had to.
    private var accessNote: [String] {
        validations.contains { $0.state != .allowed }
            ? ["what access policies say neither keeps it nor lets it go"] : []
    }

    private static func time(_ interval: Interval?) -> String {
        guard let interval else { return "has not begun" }
        return interval.isPoint ? "\(interval.earliest)" : "\(interval.earliest) to \(interval.latest)"
    }
}
