import Evaluation
import Policies

/// One validation of an access policy about one record.
struct ModelValidation: Equatable {
    var policy: Int
    var validation: Int
    var state: State
    /// An error for want of what was not read, or is in doubt: it ends no run with a violation.
    var isUnread = false
}

extension Model {
    /// What access policies say of a record: beside the pairs, and without any effect on them.
    func validations(_ index: Int) -> [ModelValidation] {
        facts.world.access.indices.flatMap { number -> [ModelValidation] in
            let policy = facts.world.access[number]
            let match = facts.answer(policy.match, index)
            guard match != .no else { return [] }
            return policy.validations.indices.map { validation in
                let text = policy.validations[validation].expression.text
                let holds = match == .undecided ? .undecided : facts.answer(text, index)
                let state: State =
                    switch holds {
                    case .yes: .allowed
                    case .undecided: .error
                    case .no: isExcepted(policy.name, index) ? .excepted : .denied
                    }
                let isUnread = state == .error && match == .yes && !facts.fails(text, index)
                return ModelValidation(policy: number, validation: validation, state: state, isUnread: isUnread)
            }
        }
    }
}
