extension Estimator {
    /// `&&` and `||` end at the first term that decides; a term that fails does not end them.
    mutating func decision(_ terms: Operation.Operands) -> Estimate {
        var soFar = Units(own: 1)
        var most = soFar
        var value: Units?
        for index in terms.range {
            let term = estimate(plan.tables.operands[index])
            if let decided = term.value { value = (soFar + decided).least(value) }
            soFar = soFar + term.least
            most = most + term.most
        }
        return Estimate(value: value, failure: soFar, most: most, extent: .scalar)
    }

    mutating func choice(_ parts: Operation.Operands) -> Estimate {
        let first = parts.range.lowerBound
        var path = CostPath.node
        path.follow(estimate(plan.tables.operands[first]))
        path.mayFail()
        let results = [1, 2].map { estimate(plan.tables.operands[first + $0]) }
        path.follow(results[0].joined(results[1]))
        return path.giving(results[0].extent.joined(results[1].extent))
    }

    /// `a.or(b)` and `a.orValue(b)`.
    mutating func fallback(_ first: Int, _ second: Int, unwraps: Bool) -> Estimate {
        let optional = estimate(first)
        let other = estimate(second)
        var path = CostPath.node
        path.follow(optional)
        path.mayFail()
        let held = unwraps ? optional.extent.wrapped : optional.extent
        path.follow(other.joined(Estimate(value: Units(), failure: nil, most: Units(), extent: held)))
        return path.giving(held.joined(other.extent))
    }
}
