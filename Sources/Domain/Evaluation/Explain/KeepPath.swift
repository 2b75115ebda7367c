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

        var edge: Explanation.Step.Edge {
            switch self {
            case .isContained: .containedBy
            case .isUsed: .usedBy
            case .contains: .contains
            }
        }

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
        search(row, KeepWish(subject: .matter(hold), least: 0))
    }

    /// The nearest record that a policy keeps beyond an instant, for certain.
    func path(toPolicy policy: Int, after instant: Int64, from row: Int) -> KeepPath? {
        instant == .max ? nil : search(row, KeepWish(subject: .policy(policy), least: instant + 1))
    }

    /// The nearest record whose own obligation reaches this instant at its late end, or at its early one.
    func path(to end: KeepWish.End, _ instant: Int64, from row: Int) -> KeepPath? {
        search(row, KeepWish(subject: .end(end), least: instant))
    }

    /// Of equally near records, the first in the order of records.
    private func search(_ row: Int, _ wish: KeepWish) -> KeepPath? {
        let start = Place(row: row, isDescending: true)
        if let keeper = assessment.keeper(row, wish) { return KeepPath(keeper: keeper, steps: []) }
        var cameFrom: [Place: (place: Place, step: KeepPath.Step)] = [:]
        var seen: Set<Place> = [start]
        var frontier = [start]
        var beyondHub: Steps?
        var distance = 0
        while !frontier.isEmpty, distance < beyondHub?.count ?? .max {
            var next: [Place] = []
            for place in frontier {
                if isHub(place) {
                    let cone = assessment.cones.cone(place.row, wish.subject, assessment)
                    guard let way = cone.path(toWorth: wish.least) else { continue }
                    beyondHub = nearer(beyondHub, steps(to: place, cameFrom) + way)
                } else {
                    for (other, step) in neighbours(place)
                    where assessment.mayLead(other.row, to: wish) && seen.insert(other).inserted {
                        cameFrom[other] = (place, step)
                        next.append(other)
                    }
                }
            }
            next.sort { left, right in
                left.row == right.row ? left.isDescending : assessment.facts.inventory.precedes(left.row, right.row)
            }
            distance += 1
            if let found = next.first(where: { assessment.keeper($0.row, wish) != nil }) {
                beyondHub = nearer(steps(to: found, cameFrom), beyondHub)
                break
            }
            frontier = next
        }
        guard let steps = beyondHub, let last = steps.last else { return nil }
        return assessment.keeper(last.row, wish).map { KeepPath(keeper: $0, steps: steps) }
    }

    private typealias Steps = [(row: Int, step: KeepPath.Step)]

    /// Whether so many records refer to it that the way through it is worth remembering.
    private func isHub(_ place: Place) -> Bool {
        !place.isDescending && assessment.facts.relations.countReferring(to: place.row) > KeepCones.fewUsers
    }

    /// The shorter way, and of two that are as long, the one whose end comes first.
    private func nearer(_ left: Steps?, _ right: Steps?) -> Steps? {
        guard let left, let leftEnd = left.last else { return right }
        guard let right, let rightEnd = right.last else { return left }
        if left.count != right.count { return left.count < right.count ? left : right }
        return assessment.facts.inventory.precedes(rightEnd.row, leftEnd.row) ? right : left
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
    ) -> Steps {
        var steps: [(row: Int, step: KeepPath.Step)] = []
        var current = place
        while let (previous, step) = cameFrom[current] {
            steps.append((current.row, step))
            current = previous
        }
        return steps.reversed()
    }
}
