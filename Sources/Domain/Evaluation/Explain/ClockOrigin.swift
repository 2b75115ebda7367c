internal import Chronology
internal import Policies
internal import Records

/// Says where a record's clocks come from.
struct ClockOrigin {
    let result: ScanResult
    let phrases: Phrases

    private var facts: RecordFacts { result.assessment.facts }
    private var inventory: Inventory { result.inventory }

    func created(_ row: Int) -> Explanation.Clock {
        let origin =
            if inventory.isConflicted(row) {
                "not known, for records of this id differ"
            } else {
                switch inventory.createdFact(row) {
                case .point: "as the source gives it"
                case .absent: "records of this kind have no such time"
                case .missing: "the source gives none"
                case .future: "the source gives one in the future"
                case .implausible: "the source gives one that cannot be"
                }
            }
        return Explanation.Clock(name: "created", interval: inventory.created(row), origin: origin)
    }

    func lastActivity(_ row: Int, counts: RoleSet) -> Explanation.Clock {
        let activity = facts.lastActivity(counts: counts)
        let ends = activity[row]
        let roles = Role.allCases.filter(counts.has).compactMap(\.name).joined(separator: ", ")
        return Explanation.Clock(
            name: "lastActivity (\(roles))", interval: ends.interval, origin: origin(row, ends, activity))
    }

    func given(_ name: String, _ interval: Interval?) -> Explanation.Clock {
        Explanation.Clock(
            name: name, interval: interval, origin: interval == nil ? "the source gives none" : "as the source gives it"
        )
    }

    func custom(_ policy: Int, _ row: Int) -> Explanation.Clock {
        let name = "custom (\(result.policies.retention[policy].name))"
        switch result.assessment.judge.clocks.read(policy, row) {
        case .time(let ends): return .init(name: name, interval: ends.interval, origin: "as the policy reads it")
        case .notBegun: return .init(name: name, interval: nil, origin: "what the policy reads is not there")
        case .failed(let failure): return .init(name: name, interval: nil, origin: failure.reason)
        }
    }

    private func origin(_ row: Int, _ ends: Ends, _ activity: LastActivity) -> String {
        let own = facts.times.newest(row)
        if own == ends { return "the record's own" }
        let relations = facts.relations
        let others =
            relations.parts(of: row) + relations.users(of: row) + relations.citing(row)
            + relations.containers(of: row)
        let givers = others.filter { activity[$0].late == ends.late && activity[$0].late > own.late }
        if let giver = givers.min(by: inventory.precedes) { return "from \(phrases.name(giver))" }
        return "the latest that it may be, for related records may be unread or have no certain time"
    }
}
