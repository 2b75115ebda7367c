internal import CEL
internal import Policies
internal import Synchronization

/// What an access policy calls `variables`: each evaluated when it is first read of a record, and then known.
///
/// Only the record at hand is remembered, so that memory does not grow with the records.
final class LazyVariables: CELObjectSource {
    let objectType: CELObjectType
    private let variables: [AccessPolicy.Variable]
    private let scope: RecordScope
    private let known: Mutex<Known>

    private struct Known {
        var row = -1
        var values: [CELLookup?]
    }

    /// - Parameter scope: what the variables may look at, besides each other.
    init(_ policy: AccessPolicy, _ scope: RecordScope) {
        objectType = policy.variablesType
        variables = policy.variables
        self.scope = scope
        known = Mutex(Known(values: Array(repeating: nil, count: policy.variables.count)))
    }

    func field(at index: Int, of row: Int) -> CELLookup {
        let remembered = known.withLock { known in known.row == row ? known.values[index] : nil }
        if let remembered { return remembered }
        let value = evaluate(index, row)
        known.withLock { known in
            if known.row != row { known = Known(row: row, values: known.values.map { _ in nil }) }
            known.values[index] = value
        }
        return value
    }

    /// A variable may read only those before it, so this ends. It has a budget of its own: what one evaluation may cost
    /// is bounded by the number of variables, each of which is evaluated once.
    private func evaluate(_ index: Int, _ row: Int) -> CELLookup {
        let activation = RecordScope.Activation(scope: scope, variables: self, row: row)
        switch variables[index].expression.program.evaluate(activation).result {
        case .success(let value): return .value(value)
        case .failure: return .unknown("variables.\(variables[index].name) could not be evaluated")
        }
    }
}
