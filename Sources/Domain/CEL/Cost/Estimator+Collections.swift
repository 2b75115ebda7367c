extension Estimator {
    /// A list pays for its elements before it looks at them. One behind a question mark may be left out.
    mutating func list(_ elements: Operation.Operands) -> Estimate {
        var path = CostPath.node
        path.charge((CELBounds(exactly: Int(elements.count)) * Footprint.element).tenth)
        var certain = 0
        var extents: [CELExtent] = []
        for index in elements.range {
            let (part, isCertain) = part(plan.tables.operands[index])
            path.follow(part)
            path.mayFail()
            extents.append(isCertain ? part.extent : part.extent.wrapped)
            certain += isCertain ? 1 : 0
        }
        return path.giving(.list(CELBounds(certain, Int(elements.count)), of: CELExtent(ofAll: extents)))
    }

    mutating func map(_ entries: Operation.Operands) -> Estimate {
        var path = CostPath.node
        path.charge((CELBounds(exactly: Int(entries.count) / 2) * Footprint.entry).tenth)
        var certain = 0
        var keys: [CELExtent] = []
        var values: [CELExtent] = []
        for index in stride(from: entries.range.lowerBound, to: entries.range.upperBound - 1, by: 2) {
            let key = estimate(plan.tables.operands[index])
            path.follow(key)
            keys.append(key.extent)
            let (part, isCertain) = part(plan.tables.operands[index + 1])
            path.follow(part)
            path.mayFail()
            values.append(isCertain ? part.extent : part.extent.wrapped)
            certain += isCertain ? 1 : 0
        }
        path.mayFail()
        return path.giving(
            .map(
                CELBounds(certain, Int(entries.count) / 2), keys: CELExtent(ofAll: keys),
                values: CELExtent(ofAll: values)))
    }

    private mutating func part(_ operand: Int) -> (Estimate, isCertain: Bool) {
        operand < 0 ? (estimate(~operand), false) : (estimate(operand), true)
    }
}
