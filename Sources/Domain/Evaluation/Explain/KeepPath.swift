internal import Chronology
internal import Policies
internal import Records

/// What keeps a record: the document, the record on which it lies, and the references between the two.
struct KeepPath: Sendable {
    enum Keeper: Sendable, Hashable {
        case policy(Int), hold(Int)
    }

    /// How the path goes from one record to the next.
    enum Step: Sendable, Hashable {
        case isContained, isUsed, contains

        /// What the record at the far end does to the one before.
        var phrase: String {
            switch self {
            case .isContained: "which contains it"
            case .isUsed: "which uses it"
            case .contains: "which it contains"
            }
        }
    }

    let keeper: Keeper
    /// From the record that is kept to the one on which the document lies.
    let steps: [(row: Int, step: Step)]
}

/// Looks for the nearest record that satisfies a wish, where obligations come from: down through parts, and from any of
/// these up through containers and users.
struct KeepSearch {
    let assessment: Assessment

    private struct Place: Hashable {
        let row: Int
        /// Whether the path still goes through parts: K flows up from them, and only then did `needed` flow down.
        let isDescending: Bool
    }

    /// The nearest record with this matter on it.
    func path(toMatter hold: Int, from row: Int) -> KeepPath? {
        search(row) { assessment.plan($0).holds.contains(hold) ? .hold(hold) : nil }
    }

    /// The nearest record that a policy keeps beyond an instant, for certain.
    func path(toPolicy policy: Int, after instant: Int64, from row: Int) -> KeepPath? {
        search(row) { candidate in
            guard assessment.plan(candidate).obliging.contains(policy) else { return nil }
            return assessment.judge.obligation(of: policy, candidate).early > instant ? .policy(policy) : nil
        }
    }

    /// The nearest record whose own obligation reaches this late end.
    func path(toLateEnd late: Int64, from row: Int) -> KeepPath? {
        search(row) { candidate in
            let plan = assessment.plan(candidate)
            let names = assessment.rules.policies.retention
            for policy in plan.obliging.sorted(by: { names[$0].name < names[$1].name })
            where assessment.judge.obligation(of: policy, candidate).late >= late { return .policy(policy) }
            let holds = assessment.rules.policies.holds
            for hold in plan.holds.sorted(by: { holds[$0].name < holds[$1].name })
            where assessment.rules.releasedUntil(hold).map({ $0 >= late }) ?? false { return .hold(hold) }
            return nil
        }
    }

    private func search(_ row: Int, _ wish: (Int) -> KeepPath.Keeper?) -> KeepPath? {
        let start = Place(row: row, isDescending: true)
        if let keeper = wish(row) { return KeepPath(keeper: keeper, steps: []) }
        var cameFrom: [Place: (place: Place, step: KeepPath.Step)] = [:]
        var seen: Set<Place> = [start]
        var frontier = [start]
        while !frontier.isEmpty {
            var next: [Place] = []
            for place in frontier {
                for (other, step) in neighbours(place) where seen.insert(other).inserted {
                    cameFrom[other] = (place, step)
                    next.append(other)
                }
            }
            next.sort { left, right in
                left.row == right.row ? left.isDescending : assessment.facts.inventory.precedes(left.row, right.row)
            }
            for place in next {
                guard let keeper = wish(place.row) else { continue }
                return KeepPath(keeper: keeper, steps: steps(to: place, cameFrom))
            }
            frontier = next
        }
        return nil
    }

    private func neighbours(_ place: Place) -> [(Place, KeepPath.Step)] {
        let relations = assessment.facts.relations
        var result: [(Place, KeepPath.Step)] = relations.containers(of: place.row).map {
            (Place(row: $0, isDescending: false), .isContained)
        }
        result += relations.users(of: place.row).map { (Place(row: $0, isDescending: false), .isUsed) }
        if place.isDescending {
            result += relations.parts(of: place.row).map { (Place(row: $0, isDescending: true), .contains) }
        }
        return result
    }

    private func steps(
        to place: Place, _ cameFrom: [Place: (place: Place, step: KeepPath.Step)]
    ) -> [(row: Int, step: KeepPath.Step)] {
        var steps: [(row: Int, step: KeepPath.Step)] = []
        var current = place
        while let (previous, step) = cameFrom[current] {
            steps.append((current.row, step))
            current = previous
        }
        return steps.reversed()
    }
}
