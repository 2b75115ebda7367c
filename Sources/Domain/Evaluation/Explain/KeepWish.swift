internal import Policies
internal import Records

/// What an explanation looks for: the nearest record on which something of this worth lies.
struct KeepWish: Sendable {
    /// What counts.
    enum Subject: Sendable, Hashable {
        /// The hold lies on the record.
        case matter(Int)
        /// The early end of what one policy obliges to.
        case policy(Int)
        /// One end of whatever the record's own documents oblige to.
        case end(End)
    }

    /// Which end of what is not known for certain.
    enum End: Sendable, Hashable {
        case early, late

        func of(_ ends: Ends) -> Int64 { self == .early ? ends.early : ends.late }
    }

    let subject: Subject
    /// The least worth that will do.
    let least: Int64
}

extension Assessment {
    /// What the record itself is worth to such a wish; the least number of all where nothing of it speaks to it.
    func worth(_ row: Int, to subject: KeepWish.Subject) -> Int64 {
        let plan = plan(row)
        switch subject {
        case .matter(let hold): return plan.holds.contains(hold) ? 0 : .min
        case .policy(let policy):
            return plan.obliging.contains(policy) ? judge.obligation(of: policy, row).early : .min
        case .end(let end):
            let policies = plan.obliging.map { end.of(judge.obligation(of: $0, row)) }
            return (policies + plan.holds.compactMap(rules.releasedUntil)).max() ?? .min
        }
    }

    /// Whether K leaves it possible that the record, or one from which an obligation reaches it, fulfils the wish.
    func mayLead(_ row: Int, to wish: KeepWish) -> Bool {
        switch wish.subject {
        case .matter(let hold): matterSets.isEmpty || matterSets[Int(matters(row))].contains(hold)
        case .policy: keep(row).early >= wish.least
        case .end(let end): end.of(keep(row)) >= wish.least
        }
    }

    /// The document that fulfils the wish on this record: a policy before a hold, and each by name.
    func keeper(_ row: Int, _ wish: KeepWish) -> KeepPath.Keeper? {
        guard worth(row, to: wish.subject) >= wish.least else { return nil }
        switch wish.subject {
        case .matter(let hold): return .hold(hold)
        case .policy(let policy): return .policy(policy)
        case .end(let end):
            let plan = plan(row)
            let policies = rules.policies.retention
            let holds = rules.policies.holds
            let policy = plan.obliging.filter { end.of(judge.obligation(of: $0, row)) >= wish.least }
                .min { policies[$0].name < policies[$1].name }
            let hold = plan.holds.filter { (rules.releasedUntil($0) ?? .min) >= wish.least }
                .min { holds[$0].name < holds[$1].name }
            return policy.map { .policy($0) } ?? hold.map { .hold($0) }
        }
    }
}
