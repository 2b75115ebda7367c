internal import Chronology
internal import Policies
internal import Records

/// What must be so when a plan is executed, beside what must be so when it is made.
struct ExecutionGates {
    let plan: Plan
    let policies: PolicySet
    /// The places as the documents have them now.
    let places: [PlanBinding.Place]
    let now: Moment

    /// What the plan and the documents say by themselves, in a fixed order.
    func ofDocuments() -> [Gate] {
        var gates = plan.closedGates(policies, at: now)
        if now >= plan.binding.expires { gates.append(.expired(plan.binding.expires)) }
        let allowance = Int64(Gate.mostSkewSeconds) * 1_000_000
        if plan.binding.asOf.microseconds > now.microseconds + allowance {
            gates.append(.ahead(asOf: plan.binding.asOf))
        }
        if policies.rulesDigest != plan.binding.policies { gates.append(.policiesChanged) }
        let named = Set(plan.binding.places.map(\.name))
        for source in Set(plan.actions.lazy.map(\.source)).subtracting(named).sorted() {
            gates.append(.placeChanged(place: source))
        }
        for planned in plan.binding.places {
            let current = places.first { $0.name == planned.name }
            if current?.type != planned.type || current?.address != planned.address {
                gates.append(.placeChanged(place: planned.name))
            }
        }
        return gates
    }

    /// What a place says of itself.
    func of(_ place: PlanBinding.Place, _ standing: ServiceStanding) -> [Gate] {
        var gates: [Gate] = []
        if let words = standing.surfaces.sorted(by: { $0.key < $1.key }).lazy.compactMap({ Self.refusal($0.value) })
            .first
        {
            gates.append(.unreachable(place: place.name, words: words))
        }
        if place.account != nil, place.account != standing.account { gates.append(.otherAccount(place: place.name)) }
        guard let skew = standing.skew, abs(skew) <= Gate.mostSkewSeconds else {
            // Who is not let in is not told the time either.
            return gates.isEmpty ? [.clockSkew(place: place.name, seconds: standing.skew)] : gates
        }
        return gates
    }

    private static func refusal(_ surface: ServiceStanding.Surface) -> String? {
        if case .refused(let words) = surface { words } else { nil }
    }
}
