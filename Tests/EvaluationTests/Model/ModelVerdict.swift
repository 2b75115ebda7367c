import Chronology
import Evaluation
import RuleSupport

/// What one record's own policies and holds oblige to.
struct ModelObligation {
    /// The two ends, by policy.
    var policies: [Int: Interval] = [:]
    /// Holds in force.
    var matters: Set<Int> = []
    /// Released holds, with the instant until which they stay in effect.
    var ended: [Int: Moment] = [:]
}

/// K(r): all obligations that reach a record, joined.
struct ModelKeeping {
    var policies: [Int: Interval] = [:]
    var matters: Set<Int> = []
    var ended: [Int: Moment] = [:]

    init(_ obligations: [ModelObligation]) {
        for obligation in obligations {
            matters.formUnion(obligation.matters)
            policies.merge(obligation.policies, uniquingKeysWith: ModelFacts.later)
            ended.merge(obligation.ended) { first, _ in first }
        }
    }

    var early: Moment { max(policies.values.map(\.earliest).max() ?? .beginning, ended.values.max() ?? .beginning) }
    var late: Moment { max(policies.values.map(\.latest).max() ?? .beginning, ended.values.max() ?? .beginning) }
}

/// Who keeps a record that the provider will remove.
enum ModelKeeper: Hashable {
    case policy(Int)
    case hold(Int)
}

/// One pair of record and policy, decided.
struct ModelPair: Equatable {
    var policy: Int
    var rule: Finding.Rule
    var state: State = .error
    var blocks = true
    var pastMax = false
    var clock: Interval?
    var keepUntil: Moment?
    var deleteAt: Moment?
    var dueAt: Moment?
    var overdueAt: Moment?
}

/// Everything that is said of one record.
struct ModelVerdict: Equatable {
    var pairs: [ModelPair]
    var mayGo = false
    var earlyExpiry: Set<ModelKeeper> = []
    var isUncovered = false
    var validations: [ModelValidation] = []
}
