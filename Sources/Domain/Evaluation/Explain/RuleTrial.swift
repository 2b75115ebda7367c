internal import Policies
internal import Records

/// Asks the conditions of a `match` one by one, so that a person sees which of them fails.
struct RuleTrial {
    let rule: MatchRule
    let facts: RecordFacts

    /// Every condition that the document states, and whether it holds. Values are never named, for they may be a
    /// person's.
    func conditions(_ row: Int) -> [(name: String, outcome: Outcome)] {
        let match = rule.match
        let inventory = facts.inventory
        var result: [(name: String, outcome: Outcome)] = []
        if let kinds = match.kinds { result.append(("kinds", kinds.has(inventory.kinds[row]) ? .yes : .no)) }
        if !match.sources.isEmpty {
            let name = inventory.sourceNames[Int(inventory.sources[row])]
            result.append(("sources", match.sources.contains { $0.matches(name) } ? .yes : .no))
        }
        for condition in match.metadata {
            result.append(("metadata.\(condition.key)", outcome(condition.values, key: condition.key, row)))
        }
        if !match.subjects.isEmpty { result.append(("subjects", outcome(match.subjects, inventory.subjects[row]))) }
        if !match.ids.isEmpty { result.append(("ids", rule.hasId(row) ? .yes : .no)) }
        if match.createdBetween != nil { result.append(("createdBetween", rule.createdBetween(row))) }
        if match.condition != nil { result.append(("where", rule.condition(row))) }
        return result
    }

    private func outcome(_ values: [String], key: String, _ row: Int) -> Outcome {
        guard let index = facts.inventory.metadataKey(named: key) else { return .no }
        return outcome(values, facts.inventory.metadataColumn(index)[row])
    }

    private func outcome(_ values: [String], _ code: StringTable.Code) -> Outcome {
        if code == StringTable.undecided { return .undecided }
        guard code != StringTable.absent else { return .no }
        return values.contains { facts.inventory.strings.knownCode($0) == code } ? .yes : .no
    }
}
