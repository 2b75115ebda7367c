/// What has been said of the numbers of a record, as differences between two of them: exact, for they are whole.
struct QuantityDomain {
    private var isPresent: Set<Quantity> = [.origin, .now]
    private var isAbsent: Set<Quantity> = []
    private var required: [Bound] = []
    private var refused: [Bound] = []
    private var distances = Distances()
    private var isSettled = false

    func has(_ quantity: Quantity) -> Bool { isPresent.contains(quantity) }

    /// Whether it can be there beside everything said so far.
    mutating func require(_ quantity: Quantity) -> Bool {
        guard !isAbsent.contains(quantity) else { return false }
        return !isPresent.insert(quantity).inserted || settle()
    }

    mutating func require(_ bound: Bound) -> Bool {
        guard !isAbsent.contains(bound.left), !isAbsent.contains(bound.right) else { return false }
        isPresent.formUnion([bound.left, bound.right])
        required.append(bound)
        return settle()
    }

    mutating func refuse(_ quantity: Quantity) -> Bool {
        isAbsent.insert(quantity)
        return !isPresent.contains(quantity)
    }

    mutating func refuse(_ bound: Bound) -> Bool {
        refused.append(bound)
        return !isComparable(bound) || settle()
    }

    /// A bound between numbers of which one may be absent says nothing yet.
    private func isComparable(_ bound: Bound) -> Bool { has(bound.left) && has(bound.right) }

    private mutating func settle() -> Bool {
        isSettled = true
        distances = Distances()
        for quantity in isPresent { distances.add(quantity.bounds) }
        if has(.created), has(.lastActivity) { distances.add([Bound(.created, .lastActivity, atMost: 0)]) }
        distances.add(required)
        distances.add(refused.filter(isComparable).map(\.opposite))
        return distances.close()
    }

    /// Values for all that are there. What is preferred is taken where it is possible, in this order.
    func values(preferring preferences: [(Quantity, Int128)]) -> [Quantity: Int128] {
        var copy = self
        if !isSettled { _ = copy.settle() }
        var values: [Quantity: Int128] = [:]
        for (quantity, preferred) in preferences where has(quantity) {
            guard let range = copy.distances.range(of: quantity) else { continue }
            let value = min(max(preferred, range.lowerBound), range.upperBound)
            values[quantity] = value
            copy.distances.add([
                Bound(quantity, .origin, atMost: value), Bound(.origin, quantity, atMost: -value),
            ])
            _ = copy.distances.close()
        }
        return values
    }
}

/// The tightest bounds between all pairs of numbers: shortest paths, by Floyd and Warshall.
private struct Distances {
    private static let count = Quantity.allCases.count
    private var limits = [Int128?](repeating: nil, count: count * count)

    mutating func add(_ bounds: [Bound]) {
        for bound in bounds { tighten(bound.left.rawValue, bound.right.rawValue, bound.limit) }
    }

    private mutating func tighten(_ left: Int, _ right: Int, _ limit: Int128) {
        let place = left * Self.count + right
        limits[place] = limits[place].map { min($0, limit) } ?? limit
    }

    /// Whether values exist that meet all bounds.
    mutating func close() -> Bool {
        for middle in 0..<Self.count {
            for left in 0..<Self.count {
                guard let first = limits[left * Self.count + middle] else { continue }
                for right in 0..<Self.count {
                    guard let second = limits[middle * Self.count + right] else { continue }
                    tighten(left, right, first + second)
                }
            }
        }
        return (0..<Self.count).allSatisfy { limits[$0 * Self.count + $0].map { $0 >= 0 } ?? true }
    }

    func range(of quantity: Quantity) -> ClosedRange<Int128>? {
        guard let most = limits[quantity.rawValue * Self.count], let least = limits[quantity.rawValue], -least <= most
        else { return nil }
        return -least...most
    }
}
