internal import CEL
internal import Policies
internal import Synchronization

/// What an access policy calls `variables`: each evaluated when it is first read of a record, and then known.
///
/// Only the record at hand is remembered, so that memory does not grow with the records.
final class LazyVariables: CELObjectSource {
    let objectType: CELObjectType
    private let variables: [AccessPolicy.Variable]
    /// For each variable those that it reads, directly or through others, in the order in which they can be evaluated.
    private let needed: [[Int]]
    private let scope: RecordScope
    private let known: Mutex<Known>

    private struct Known {
        var row: Int
        var values: [CELLookup?]
        /// What each cost, with those that it read itself.
        var costs: [Int]
        /// Variables that failed on the record, and would whatever more were read.
        var faults: Set<Int> = []
        /// What the evaluation of each absorbed.
        var absorbed: [[CELError]]

        init(row: Int = -1, count: Int) {
            self.row = row
            values = Array(repeating: nil, count: count)
            costs = Array(repeating: 0, count: count)
            absorbed = Array(repeating: [], count: count)
        }
    }

    /// - Parameter scope: what the variables may look at, besides each other.
    init(_ policy: AccessPolicy, _ scope: RecordScope) {
        let objectType = policy.variablesType
        self.objectType = objectType
        variables = policy.variables
        self.scope = scope
        known = Mutex(Known(count: policy.variables.count))
        var needed: [[Int]] = []
        for variable in policy.variables {
            // A variable may name only those before it.
            let direct = variable.expression.program.variablesRead.compactMap { objectType.index(of: $0) }
                .filter { $0 < needed.count }
            needed.append(Set(direct.flatMap { needed[$0] } + direct).sorted())
        }
        self.needed = needed
    }

    /// What the variable needs is evaluated first, so that evaluations stand two deep and no deeper.
    func field(at index: Int, of row: Int) -> CELLookup {
        if let value = remembered(index, row) { return value }
        for other in needed[index] where remembered(other, row) == nil { evaluate(other, row) }
        return evaluate(index, row)
    }

    /// Whoever reads a variable pays for it, remembered or not, so that what an expression may cost hangs on nothing that
    /// was asked before.
    func cost(ofReading index: Int, of row: Int) -> Int {
        known.withLock { known in known.row == row ? known.costs[index] : 0 }
    }

    /// What each absorbed, of those that were read of this row.
    func absorbed(_ row: Int) -> [[CELError]] {
        known.withLock { known in known.row == row ? known.absorbed : [] }
    }

    private func remembered(_ index: Int, _ row: Int) -> CELLookup? {
        known.withLock { known in known.row == row ? known.values[index] : nil }
    }

    @discardableResult
    private func evaluate(_ index: Int, _ row: Int) -> CELLookup {
        let activation = RecordScope.Activation(scope: scope, variables: self, row: row)
        let outcome = variables[index].expression.program.evaluate(activation)
        let value: CELLookup
        var isFault = false
        switch outcome.result {
        case .success(let found): value = .value(found)
        case .failure(let error):
            value = .unknown(reason(index))
            isFault = self.isFault(error, row)
        }
        known.withLock { known in
            if known.row != row { known = Known(row: row, count: known.values.count) }
            known.values[index] = value
            known.costs[index] = outcome.cost
            known.absorbed[index] = outcome.absorbed
            if isFault { known.faults.insert(index) }
        }
        return value
    }

    /// Whether an error of an expression over the record has another reason than that something was not read. To whoever
    /// reads a variable that failed, its value is not known, whatever it failed of.
    func isFault(_ error: CELError, _ row: Int) -> Bool {
        guard error.code == .unknown else { return true }
        return known.withLock { known in
            known.row == row && known.faults.contains { reason($0) == error.message }
        }
    }

    private func reason(_ index: Int) -> String { "variables.\(variables[index].name) could not be evaluated" }
}
