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
        gates += plan.closedReviews(policies, at: now)
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
    ///
    /// Who does not answer, or lets nobody in, says nothing of whose account it is, and may not tell the time either.
    func of(_ place: PlanBinding.Place, _ standing: ServiceStanding) -> [Gate] {
        let surfaces = standing.surfaces.sorted { $0.key < $1.key }.map(\.value)
        if let words = surfaces.lazy.compactMap(Self.refusal).first ?? Self.silence(surfaces, standing) {
            let isEarly = standing.skew.map { abs($0) > Gate.mostSkewSeconds } ?? false
            return [.unreachable(place: place.name, words: words)]
                + (isEarly ? [.clockSkew(place: place.name, seconds: standing.skew)] : [])
        }
        var gates: [Gate] = []
        if place.account != nil, place.account != standing.account { gates.append(.otherAccount(place: place.name)) }
        guard let skew = standing.skew, abs(skew) <= Gate.mostSkewSeconds else {
            gates.append(.clockSkew(place: place.name, seconds: standing.skew))
            return gates
        }
        return gates
    }

    /// The words of a place from which nothing came that says anything.
    private static func silence(_ surfaces: [ServiceStanding.Surface], _ standing: ServiceStanding) -> String? {
        guard standing.account == nil else { return nil }
        let words = surfaces.map { if case .unreadable(let words) = $0 { words } else { nil as String? } }
        return words.contains(nil) ? nil : words.lazy.compactMap(\.self).first
    }

    private static func refusal(_ surface: ServiceStanding.Surface) -> String? {
        if case .refused(let words) = surface { words } else { nil }
    }
}
