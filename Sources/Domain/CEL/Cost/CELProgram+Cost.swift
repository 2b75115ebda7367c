extension CELProgram {
    /// What an evaluation may cost: the limits of the environment in which it was compiled.
    public var costLimits: CELLimits { plan.limits }

    /// How large the value is, over values that keep what `sizes` promises.
    public func extent(of sizes: CELSizes) -> CELExtent {
        var estimator = Estimator(self, sizes)
        return estimator.estimate(plan.root).extent
    }

    /// What evaluating the expression can cost, told without evaluating it.
    ///
    /// The bounds hold for every evaluation that no limit stops, over values that keep what `sizes` promises and of the
    /// types that were declared. Every part is looked at once, however often it would be evaluated.
    ///
    /// - Parameter sizes: what the host promises; without it only what is written in the expression has a bound.
    public func estimatedCost(of sizes: CELSizes = CELSizes()) -> CELCostEstimate {
        var estimator = Estimator(self, sizes)
        let whole = estimator.estimate(plan.root)
        let value = whole.value ?? Units(own: CELBounds.unlimited)
        return CELCostEstimate(
            cost: CELBounds(whole.least.own, whole.most.own),
            total: CELBounds(whole.least.total, whole.most.total),
            leastCostOfValue: value.own, leastTotalOfValue: value.total,
            costliest: costliest(estimator.mostOfNode))
    }

    /// From the whole downwards to the last part that alone may pass a limit.
    private func costliest(_ most: [Units?]) -> CELSyntax.ID {
        func passes(_ id: CELSyntax.ID) -> Bool {
            guard let most = most[id] else { return false }
            return most.own > plan.limits.cost || most.total > plan.limits.total
        }
        var part = plan.root
        while let inner = syntax.children(of: part).first(where: passes) { part = inner }
        return part
    }
}
