/// Units of an expression's own, and of what others evaluated for it.
struct Units {
    var own = 0
    var reading = 0

    var total: Int { own.saturatingSum(reading) }

    static func + (left: Units, right: Units) -> Units {
        Units(own: left.own.saturatingSum(right.own), reading: left.reading.saturatingSum(right.reading))
    }

    static func * (left: Units, right: Int) -> Units {
        Units(own: left.own.saturatingProduct(right), reading: left.reading.saturatingProduct(right))
    }

    /// No more than either.
    func least(_ other: Units?) -> Units {
        guard let other else { return self }
        return Units(own: min(own, other.own), reading: min(reading, other.reading))
    }

    /// No less than either.
    func most(_ other: Units) -> Units { Units(own: max(own, other.own), reading: max(reading, other.reading)) }
}

/// What evaluating a node costs, and how large its value is.
struct Estimate {
    /// The least that it costs to come to a value; nil where it never does.
    var value: Units?
    /// The least that it costs to fail; nil where it never does.
    var failure: Units?
    /// The most that it costs, either way.
    var most: Units
    /// The size of the value, where there is one.
    var extent: CELExtent

    /// The least that it costs, either way.
    var least: Units { value?.least(failure) ?? failure ?? Units() }

    /// What holds whichever of the two is evaluated.
    func joined(_ other: Estimate) -> Estimate {
        Estimate(
            value: value?.least(other.value) ?? other.value, failure: failure?.least(other.failure) ?? other.failure,
            most: most.most(other.most), extent: extent.joined(other.extent))
    }
}

/// Costs in the order in which they arise, where the first failure ends everything.
struct CostPath {
    /// The least that it costs to come as far as this; nil where nothing does.
    private var least: Units? = Units()
    private var failure: Units?
    private var most = Units()

    /// A node's evaluation begins with a unit for the node itself.
    static var node: CostPath {
        var path = CostPath()
        path.charge(CELBounds(exactly: 1))
        return path
    }

    mutating func charge(_ units: CELBounds) {
        least = least.map { $0 + Units(own: units.least) }
        most = most + Units(own: units.most)
    }

    mutating func read(_ units: CELBounds) {
        least = least.map { $0 + Units(reading: units.least) }
        most = most + Units(reading: units.most)
    }

    /// It may end here without a value.
    mutating func mayFail() {
        if let least { failure = least.least(failure) }
    }

    /// What is evaluated next, whose failure is the failure of the whole.
    mutating func follow(_ next: Estimate) {
        if let least, let nextFailure = next.failure { failure = (least + nextFailure).least(failure) }
        if let reached = least, let nextValue = next.value { least = reached + nextValue } else { least = nil }
        most = most + next.most
    }

    func giving(_ extent: CELExtent) -> Estimate {
        Estimate(value: least, failure: failure, most: most, extent: extent)
    }
}
