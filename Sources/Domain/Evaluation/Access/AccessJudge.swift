internal import CEL
internal import Policies
internal import Records

/// Asks the validations of access policies about records.
struct AccessJudge: Sendable {
    private struct Reader: Sendable {
        let policy: AccessPolicy
        let scope: RecordScope
        let variables: LazyVariables?
    }

    private let readers: [Reader]

    init(_ facts: RecordFacts, _ policies: [AccessPolicy]) {
        readers = policies.map { policy in
            let scope = RecordScope(facts, parameters: policy.parameters)
            return Reader(
                policy: policy, scope: scope,
                variables: policy.variables.isEmpty ? nil : LazyVariables(policy, scope))
        }
    }

    /// What the validation comes to.
    func outcome(_ validation: Int, of policy: Int, _ row: Int) -> CELOutcome {
        evaluate(readers[policy].policy.validations[validation].expression, of: policy, row)
    }

    /// The message that the policy makes for the record; nil where it makes none, or cannot.
    func message(_ validation: Int, of policy: Int, _ row: Int) -> String? {
        guard let expression = readers[policy].policy.validations[validation].messageExpression,
            case .string(let text)? = evaluate(expression, of: policy, row).value
        else { return nil }
        return text
    }

    private func evaluate(_ expression: Expression, of policy: Int, _ row: Int) -> CELOutcome {
        let reader = readers[policy]
        return expression.program.evaluate(
            RecordScope.Activation(scope: reader.scope, variables: reader.variables, row: row))
    }
}

/// What an access policy's validation makes of one record.
struct AccessVerdict: Sendable, Hashable {
    let policy: Int
    let validation: Int
    /// Whether the policy certainly speaks of the record.
    let isCertain: Bool
    /// The live exception that covers the record.
    let exception: Int?
    /// Denied, excepted, error, or allowed where the validation holds.
    let state: State
}

extension Assessment {
    /// The verdicts of all access policies that speak of the record, or may.
    func accessVerdicts(_ row: Int) -> [AccessVerdict] {
        plan(row).access.flatMap { entry in
            rules.policies.access[entry.policy].validations.indices.map { accessVerdict($0, entry, row) }
        }
    }

    /// A match that cannot be decided is an error, and so is a validation that fails: never a pass. An exception covers
    /// neither.
    func accessVerdict(_ validation: Int, _ entry: CellPlan.Access, _ row: Int) -> AccessVerdict {
        let holds = entry.isCertain ? access.outcome(validation, of: entry.policy, row).condition : nil
        return accessVerdict(validation, entry, holds: holds)
    }

    func accessVerdict(_ validation: Int, _ entry: CellPlan.Access, holds: Bool?) -> AccessVerdict {
        let state: State =
            switch holds {
            case nil: .error
            case true?: .allowed
            case false?: entry.exception == nil ? .denied : .excepted
            }
        return AccessVerdict(
            policy: entry.policy, validation: validation, isCertain: entry.isCertain, exception: entry.exception,
            state: state)
    }
}
