/// What all evaluations of a run may cost together.
///
/// Kubernetes allows ten million units for everything that is asked about one object, besides a million for each
/// expression. When it is spent every further evaluation is an error: what was not decided is never a pass.
public struct CELBudget: Sendable {
    /// What is left, in the units of ``CELLimits/cost``.
    public private(set) var remaining: Int

    /// A budget of so many units.
    public init(_ units: Int) { remaining = max(units, 0) }

    fileprivate mutating func spend(_ units: Int) { remaining = max(remaining - units, 0) }
}

extension CELProgram {
    /// The value of the expression for these variables, paid from a budget that several evaluations share.
    ///
    /// The expression's own limit holds too. An evaluation that costs more than is left is an error with code `budget`.
    public func evaluate(_ activation: any CELActivation, spending budget: inout CELBudget) -> CELOutcome {
        var limits = plan.limits
        limits.cost = min(limits.cost, budget.remaining)
        limits.total = min(limits.total, budget.remaining)
        var evaluator = Evaluator(plan, activation, limits: limits)
        let outcome = evaluator.run(plan.root)
        budget.spend(outcome.cost)
        return outcome
    }
}
