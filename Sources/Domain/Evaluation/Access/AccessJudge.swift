internal import CEL
internal import Policies
internal import Records

/// Asks the validations of access policies about records.
struct AccessJudge: Sendable {
    /// A validation ready to be asked, by reference, so that asking copies nothing.
    private final class Reader: Sendable {
        let program: CELProgram
        let message: CELProgram?
        let scope: RecordScope
        let variables: LazyVariables?

        init(_ validation: AccessPolicy.Validation, _ scope: RecordScope, _ variables: LazyVariables?) {
            program = validation.expression.program
            message = validation.messageExpression?.program
            self.scope = scope
            self.variables = variables
        }

        func activation(_ row: Int) -> RecordScope.Activation {
            RecordScope.Activation(scope: scope, variables: variables, row: row)
        }
    }

    /// By policy, then validation.
    private let readers: [[Reader]]

    init(_ facts: RecordFacts, _ policies: [AccessPolicy]) {
        readers = policies.map { policy in
            let scope = RecordScope(facts, parameters: policy.parameters)
            let variables = policy.variables.isEmpty ? nil : LazyVariables(policy, scope)
            return policy.validations.map { Reader($0, scope, variables) }
        }
    }

    /// What the validation comes to.
    func outcome(_ validation: Int, of policy: Int, _ row: Int) -> CELOutcome {
        let reader = readers[policy][validation]
        return reader.program.evaluate(reader.activation(row))
    }

    /// The same in one word.
    func answer(_ validation: Int, of policy: Int, _ row: Int) -> Answer {
        let outcome = outcome(validation, of: policy, row)
        let answer = Answer(outcome)
        guard answer == .unknown, let error = outcome.error,
            let variables = readers[policy][validation].variables, variables.isFault(error, row)
        else { return answer }
        return .fails
    }

    /// What each of the policy's variables absorbed that was read when the validations were asked of this row last.
    func absorbedByVariables(of policy: Int, _ row: Int) -> [[CELError]] {
        readers[policy].first?.variables?.absorbed(row) ?? []
    }

    /// What the answer of the validation's kernel means. It does not tell why a variable failed, so that is asked again.
    func answer(_ mark: UInt8, _ validation: Int, of policy: Int, _ row: Int) -> Answer {
        let asksAgain = mark == Mark.unknown && readers[policy][validation].variables != nil
        return asksAgain ? answer(validation, of: policy, row) : Answer(mark: mark)
    }

    /// The message that the policy makes for the record; nil where it makes none, or cannot.
    func message(_ validation: Int, of policy: Int, _ row: Int) -> String? {
        let reader = readers[policy][validation]
        guard case .string(let text)? = reader.message?.evaluate(reader.activation(row)).value else { return nil }
        return text
    }

    /// Every validation for blocks of rows, by policy.
    func kernels() -> [[Kernel]] {
        readers.map { $0.map { Kernel($0.program, $0.scope, $0.variables) } }
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
    /// Whether it is an error for no other reason than that something was not read: then nothing is known to be wrong.
    let isUnread: Bool
}

extension Assessment {
    /// The verdicts of all access policies that speak of the record, or may.
    func accessVerdicts(_ row: Int) -> [AccessVerdict] {
        plan(row).access.flatMap { entry in
            rules.policies.access[entry.policy].validations.indices.map { accessVerdict($0, entry, row) }
        }
    }

    func accessVerdict(_ validation: Int, _ entry: CellPlan.Access, _ row: Int) -> AccessVerdict {
        let answer = entry.isCertain ? access.answer(validation, of: entry.policy, row) : .fails
        return Self.accessVerdict(validation, entry, answer)
    }

    /// A match that cannot be decided is an error, and so is a validation that fails: never a pass. An exception covers
    /// neither.
    static func accessVerdict(_ validation: Int, _ entry: CellPlan.Access, _ answer: Answer) -> AccessVerdict {
        let state: State =
            switch answer {
            case .fails, .unknown: .error
            case .yes: .allowed
            case .no: entry.exception == nil ? .denied : .excepted
            }
        return AccessVerdict(
            policy: entry.policy, validation: validation, isCertain: entry.isCertain, exception: entry.exception,
            state: state, isUnread: answer == .unknown)
    }
}
