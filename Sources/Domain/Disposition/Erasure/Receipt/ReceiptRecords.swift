internal import Chronology
internal import Records

/// What became of each record that the plans of a request name.
///
/// The plan that was made last says what is still to be done. What an earlier one deleted stays told; what it could not
/// delete is the last one's concern, which looked for everything again.
struct ReceiptRecords {
    /// How a record stands by one action.
    fileprivate struct Standing {
        let plan: Int
        let number: Int
        let action: Plan.Action
        let outcome: LoggedOutcomes.Outcome?

        var isGone: Bool { outcome?.outcome.isGone ?? false }
        /// Whether a matter keeps it that was placed after the plan was made.
        var isHeld: Bool { outcome?.outcome == .heldSincePlan }
    }

    private let plans: [Plan]
    /// In the order of the plans and their actions, each record once.
    private let standings: [Standing]
    /// How many records the plans found to be the person's.
    let found: Int

    /// - Parameter plans: the first first.
    init(_ plans: [Plan], _ outcomes: LoggedOutcomes) {
        self.plans = plans
        var found: Set<PlacedName> = []
        var chosen: [PlacedName: Standing] = [:]
        for (place, plan) in plans.enumerated() {
            for staying in plan.staying { found.insert(PlacedName(source: staying.source, name: staying.name)) }
            for (index, action) in plan.actions.enumerated() where action.verb != .cancel {
                if action.toClear == nil {
                    for name in [action.name] + action.along {
                        found.insert(PlacedName(source: action.source, name: name))
                    }
                }
                let standing = Standing(
                    plan: place, number: index + 1, action: action, outcome: outcomes[plan.digest, index + 1])
                let isLast = place == plans.count - 1
                guard standing.isGone || isLast else { continue }
                // What went after the last plan was made is gone, whichever plan it went by.
                if isLast, !standing.isGone, let earlier = chosen[action.record], earlier.went(after: plan) { continue }
                chosen[action.record] = standing
            }
        }
        self.found = found.count
        standings = chosen.values.sorted { ($0.plan, $0.number) < ($1.plan, $1.number) }
    }

    /// The places in the log of what is told, ascending.
    var places: [Int] { Set(standings.compactMap { $0.outcome?.index }).sorted() }

    /// What was to be deleted, apart from what is kept by now.
    func dispositions(_ evidence: [Int: ErasureReceipt.Evidence]) -> [ErasureReceipt.Disposition] {
        standings.filter { !$0.isHeld }.map { standing in
            ErasureReceipt.Disposition(
                source: standing.action.source, name: standing.action.name, plan: plans[standing.plan].digest,
                number: standing.number, along: standing.action.along, outcome: standing.outcome?.outcome,
                residual: standing.outcome?.residual.map(standing.action.names) ?? [], search: standing.outcome?.search,
                at: standing.outcome?.at, latestRemoval: latest(standing),
                evidence: standing.outcome.flatMap { evidence[$0.index] })
        }
    }

    /// What the law keeps: by the last plan, or by a matter that was placed since, which has no end yet.
    var kept: [ErasureReceipt.Kept] {
        let planned = (plans.last?.staying ?? []).filter { !$0.grounds.isEmpty }.map { staying in
            ErasureReceipt.Kept(
                source: staying.source, name: staying.name,
                grounds: staying.grounds.map { ($0.ground, $0.until) })
        }
        let since = standings.filter(\.isHeld).flatMap { standing in
            ([standing.action.name] + standing.action.along).map { name in
                ErasureReceipt.Kept(source: standing.action.source, name: name, grounds: [(.claims, nil)])
            }
        }
        return planned + since
    }

    private func latest(_ standing: Standing) -> CivilDate? {
        guard let outcome = standing.outcome, standing.isGone, let instant = try? Instant(rfc3339: outcome.at),
            let type = plans[standing.plan].binding.places.first(where: { $0.name == standing.action.source })?.type
        else { return nil }
        return LatestRemoval.period(ofType: type).flatMap { Zone.utc.civil(at: instant).date.adding($0) }
    }
}

extension ReceiptRecords.Standing {
    /// Whether it was gone only after a plan looked.
    fileprivate func went(after plan: Plan) -> Bool {
        guard isGone, let at = outcome.flatMap({ try? Instant(rfc3339: $0.at) }) else { return false }
        return Moment(at) > plan.binding.asOf
    }
}
