internal import Chronology
internal import Policies
internal import Records

extension Completeness {
    /// What fails nothing and deserves a look.
    func warnings() -> [String] {
        idleDocuments() + register() + expiredGaps()
    }

    /// - Source: hard case 28: a selector with a typo is how retention silently stops.
    private func idleDocuments() -> [String] {
        let plans = assessment.plansInUse
        let set = assessment.rules.policies
        let settled = assessment.facts.inventory.coverage.compactMap { $0.rereading?.tally }
        let holds = Set(plans.flatMap(\.holds)).union(settled.flatMap(\.holds))
        let exceptions = Set(plans.flatMap(\.exceptions)).union(settled.flatMap(\.exceptions))
        var warnings = set.retention.indices.filter { summary.policies[$0].matched == 0 }
            .map { "policy \(set.retention[$0].name) matches nothing" }
        warnings += set.access.indices.filter { summary.access[$0].matched == 0 }
            .map { "policy \(set.access[$0].name) matches nothing" }
        warnings += set.holds.indices.filter { !holds.contains($0) }.map {
            "hold \(set.holds[$0].name) matches nothing"
        }
        warnings += set.exceptions.indices.filter { !exceptions.contains($0) }
            .map { "exception \(set.exceptions[$0].name) matches nothing" }
        return warnings.sorted()
    }

    private func register() -> [String] {
        guard let register = assessment.rules.policies.register else {
            return ["there is no hold register, so nothing can be deleted"]
        }
        guard assessment.rules.asOf >= register.freshUntil.microseconds else { return [] }
        return ["the hold register \(register.name) is stale since \(register.freshUntil), so nothing can be deleted"]
    }

    private func expiredGaps() -> [String] {
        assessment.rules.policies.sources.flatMap { source in
            source.acceptedGaps.filter { assessment.rules.asOf >= $0.until.microseconds }.map { gap in
                let kinds = gap.kinds.kinds.map(\.name).joined(separator: ", ")
                return "source \(source.name): the accepted gap of \(kinds) ended with \(gap.untilText)"
            }
        }
    }
}
