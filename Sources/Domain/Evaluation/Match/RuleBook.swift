internal import Policies
internal import Records

/// Every document that matches records, ready to be asked.
struct RuleBook: Sendable {
    let facts: RecordFacts
    let rules: [MatchRule]

    init(_ policies: PolicySet, _ facts: RecordFacts) {
        self.facts = facts
        rules =
            policies.retention.enumerated().map {
                MatchRule(.policy($0), $1.match, facts: facts, parameters: $1.parameters)
            }
            + policies.holds.enumerated().map { MatchRule(.hold($0), $1.match, facts: facts, parameters: nil) }
            + policies.exceptions.enumerated().map {
                MatchRule(.exception($0), $1.match, facts: facts, parameters: nil)
            }
            + policies.access.enumerated().map {
                MatchRule(.access($0), $1.match, facts: facts, parameters: $1.parameters)
            }
    }

    /// The rules that can speak of a kind in a source.
    func rules(_ kind: Kind, source: Int) -> [Int] {
        rules.indices.filter { !rules[$0].isImpossible && rules[$0].covers(kind, source: source) }
    }
}
