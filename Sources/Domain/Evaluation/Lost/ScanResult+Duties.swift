public import Chronology
internal import Policies
public import Records

extension ScanResult {
    /// What each document obliges to keep beyond this run's instant, by itself or through what it speaks of: what a later
    /// run must know of a record to tell that it is lost.
    ///
    /// - Parameter body: is called for each document that obliges something, with the early end for a row; nil for a row
    ///   that it obliges to nothing, or to nothing beyond the instant.
    public func forEachDuty<Failure: Error>(
        _ body: (_ origin: Duty.Origin, _ name: String, _ until: (Int) -> Moment?) throws(Failure) -> Void
    ) throws(Failure) {
        let asOf = asOf.microseconds
        func later(_ kept: Obligations) -> (Int) -> Moment? {
            { row in kept.ends[row].early > asOf ? Moment(microseconds: kept.ends[row].early) : nil }
        }
        guard !assessment.keepEnds.isEmpty else { return }
        for policy in policies.retention.indices where assessment.rules.atLeast[policy] != nil {
            try body(.policy, policies.retention[policy].name, later(assessment.kept(byPolicy: policy)))
        }
        for hold in policies.holds.indices {
            if let until = assessment.rules.releasedUntil(hold), until > asOf {
                try body(.hold, policies.holds[hold].name, later(assessment.kept(byHold: hold, until: until)))
            } else if assessment.rules.isMatter(hold) {
                let sets = Set(matterSets.indices.filter { matterSets[$0].contains(hold) })
                try body(.hold, policies.holds[hold].name) { row in
                    sets.contains(Int(assessment.matters(row))) ? .unbounded : nil
                }
            }
        }
    }
}

extension Assessment {
    /// K as it would be if one policy alone obliged.
    func kept(byPolicy policy: Int) -> Obligations {
        spread(where: { $0.obliging.contains(policy) }, { judge.obligation(of: policy, $0) })
    }

    /// K as it would be if one released hold alone obliged.
    func kept(byHold hold: Int, until: Int64) -> Obligations {
        spread(where: { $0.holds.contains(hold) }, { _ in Ends(until, until) })
    }

    private func spread(where isObliging: (CellPlan) -> Bool, _ end: (Int) -> Ends) -> Obligations {
        var obligations = Obligations(count: cells.count, sets: MatterSets(holdNames: []))
        let obliges = plans.map(isObliging)
        for row in 0..<cells.count where obliges[cells[row]] { obligations.ends.raise(row, end(row)) }
        ObligationFlow(facts: facts, isLayered: isLayered).spread(&obligations)
        return obligations
    }
}
