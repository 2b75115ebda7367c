internal import CEL
internal import Chronology
internal import Policies

/// What a document's expressions may look at: any record, the as-of instant, and the document's constants.
struct RecordScope: Sendable {
    let facts: RecordFacts
    private let now: CELLookup
    private let parameters: CELLookup

    init(_ facts: RecordFacts, parameters: Parameters?) {
        self.facts = facts
        now = facts.asOf.instant.map { .value(.timestamp($0)) } ?? .unknown("the as-of instant is open")
        self.parameters = parameters.map { .value($0.value) } ?? .absent
    }

    func activation(_ row: Int) -> Activation { Activation(scope: self, variables: nil, row: row) }

    /// The variables of one evaluation.
    struct Activation: CELActivation {
        let scope: RecordScope
        let variables: LazyVariables?
        let row: Int

        func variable(at slot: Int) -> CELLookup {
            switch ExpressionVariable(rawValue: slot) {
            case .object: .value(.object(CELObject(scope.facts, row: row)))
            case .now: scope.now
            case .params: scope.parameters
            case .variables: variables.map { .value(.object(CELObject($0, row: row))) } ?? .absent
            case nil: .absent
            }
        }
    }
}
