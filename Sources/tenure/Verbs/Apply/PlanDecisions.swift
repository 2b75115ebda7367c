internal import Chronology
internal import Disposition
internal import Evaluation
internal import Policies
internal import Records

/// Decides anew, about records as they are now, what a plan was made from: under its reviews, and for its privacy request.
struct PlanDecisions: Sendable {
    let asOf: Instant
    let inventory: Inventory
    private let plan: Plan

    init(_ plan: Plan, _ survey: Survey) {
        self.plan = plan
        asOf = survey.asOf
        inventory = survey.inventory
    }

    /// The answer about every record under these documents.
    func decide(_ policies: PolicySet) -> ScanResult {
        let result = Evaluator(
            policies: policies.deciding(plan.binding.reviews), asOf: Moment(asOf), options: ScanOptions()
        ).evaluate(inventory)
        return plan.request == nil ? result : result.deciding(request: requested)
    }

    /// The rows of what a privacy request asks for. What its plan clears the way of was not asked for.
    private var requested: [Int] {
        plan.actions.filter { $0.toClear == nil }.flatMap { action in
            ([action.name] + action.along).flatMap { name in
                inventory.rows(withId: name.id).filter {
                    inventory.kinds[$0] == name.kind
                        && inventory.sourceNames[Int(inventory.sources[$0])] == action.source
                }
            }
        }
    }
}
