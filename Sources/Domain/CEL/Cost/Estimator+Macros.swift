extension Estimator {
    /// How often a macro's parts are evaluated, and what it names each time.
    private struct Rounds {
        var count: CELBounds
        var first: CELExtent
        var second: CELExtent
        /// What is paid before the first.
        var preparation = CELBounds.none
    }

    mutating func estimate(_ comprehension: Operation.Comprehension) -> Estimate {
        let range = estimate(Int(comprehension.range))
        var path = CostPath.node
        path.follow(range)
        path.mayFail()
        let local = Int(comprehension.local)
        switch comprehension.operation {
        case .bind:
            locals[local] = range.extent
            let result = estimate(Int(comprehension.transform))
            path.follow(result)
            return path.giving(result.extent)
        case .optMap, .optFlatMap:
            locals[local] = range.extent.wrapped
            var result = estimate(Int(comprehension.transform))
            let held = comprehension.operation == .optMap ? .optional(result.extent) : result.extent
            // Of nothing there is nothing to transform.
            result.value = Units()
            path.follow(result)
            path.mayFail()
            return path.giving(held.joined(.optional(.scalar)))
        default: break
        }
        let rounds = rounds(over: range.extent, isPaired: comprehension.isPaired)
        path.charge(rounds.preparation)
        locals[local] = rounds.first
        if comprehension.isPaired { locals[local + 1] = rounds.second }
        let loop = loop(rounds, comprehension)
        path.follow(loop)
        return path.giving(loop.extent)
    }

    private func rounds(over range: CELExtent, isPaired: Bool) -> Rounds {
        switch range {
        case .list(let count, let element):
            isPaired
                ? Rounds(count: count, first: .scalar, second: element)
                : Rounds(count: count, first: element, second: .scalar)
        case .map(let count, let keys, let values):
            Rounds(count: count, first: keys, second: values, preparation: (count * Footprint.element).tenth)
        case .anything: Rounds(count: .any, first: .anything, second: .anything, preparation: .any)
        case .scalar, .text, .optional, .object: Rounds(count: .none, first: .scalar, second: .scalar)
        }
    }

    private mutating func loop(_ rounds: Rounds, _ comprehension: Operation.Comprehension) -> Estimate {
        let condition = comprehension.condition < 0 ? nil : estimate(Int(comprehension.condition))
        let transform = comprehension.transform < 0 ? nil : estimate(Int(comprehension.transform))
        let count = rounds.count
        switch comprehension.operation {
        case .all, .exists: return decision(count, condition)
        case .existsOne:
            return loop(count, begins: .none, condition?.value, most: condition?.most ?? Units(), giving: .scalar)
        case .transformMap, .transformMapEntry: return entries(rounds, condition, transform, comprehension.operation)
        default: break
        }
        let element = (CELBounds(exactly: 1) * Footprint.element).tenth
        // Where a condition is false nothing is made.
        let value = condition.map(\.value) ?? transform?.value
        let most = (condition?.most ?? Units()) + (transform?.most ?? Units())
        return loop(
            count, begins: element, value, most: most,
            giving: .list(condition == nil ? count : count.orNone, of: transform?.extent ?? rounds.first))
    }

    /// `all` and `exists` end at the first element that decides, and an element that fails does not end them. One that the
    /// host does not know costs a unit.
    private func decision(_ count: CELBounds, _ condition: Estimate?) -> Estimate {
        let round = condition ?? Estimate(value: Units(), failure: nil, most: Units(), extent: .scalar)
        let least = round.least.least(Units(own: 1))
        return Estimate(
            value: count.least == 0 ? Units() : round.value,
            failure: count.most == 0 ? nil : least * max(count.least, 1),
            most: round.most.most(Units(own: 1)) * count.most, extent: .scalar)
    }

    /// A macro that looks at every element, and ends at the first that fails.
    private func loop(
        _ count: CELBounds, begins: CELBounds, _ value: Units?, most: Units, giving extent: CELExtent
    ) -> Estimate {
        let beginning = Units(own: begins.least)
        return Estimate(
            value: count.least == 0 ? Units() : value.map { ($0 + beginning) * count.least },
            failure: count.most == 0 ? nil : beginning,
            most: (most + Units(own: begins.most)) * count.most, extent: extent)
    }

    /// Maps that are made of keys and values, or joined of maps.
    private func entries(
        _ rounds: Rounds, _ condition: Estimate?, _ transform: Estimate?,
        _ operation: CELSyntax.Comprehension.Operation
    ) -> Estimate {
        let made = transform?.extent ?? .scalar
        let count = condition == nil ? rounds.count : rounds.count.orNone
        let joins = operation == .transformMapEntry
        let joining = joins ? (made.count * (Footprint.element + Footprint.entry)).tenth : .none
        let value = condition.map(\.value) ?? transform?.value.map { $0 + Units(own: joining.least) }
        let most = (condition?.most ?? Units()) + (transform?.most ?? Units()) + Units(own: joining.most)
        return loop(
            rounds.count, begins: (CELBounds(exactly: 1) * Footprint.entry).tenth, value, most: most,
            giving: joins
                ? .map(count * made.count, keys: made.keys, values: made.values)
                : .map(count, keys: rounds.first, values: made))
    }
}
