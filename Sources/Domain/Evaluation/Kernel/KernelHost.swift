internal import CEL
internal import Policies
internal import Records

/// What a kernel reads: the columns of the inventory, and the variables of its document's expressions.
struct KernelHost {
    let scope: RecordScope
    let variables: LazyVariables?

    var facts: RecordFacts { scope.facts }
    var inventory: Inventory { scope.facts.inventory }

    func activation(_ row: Int) -> RecordScope.Activation {
        RecordScope.Activation(scope: scope, variables: variables, row: row)
    }
}
