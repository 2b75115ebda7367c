internal import Policies
internal import Records

/// What stops the deletion of records: what of it there is, and no words for it.
struct Stops {
    let result: ScanResult

    private var assessment: Assessment { result.assessment }

    /// One thing beside obligations that stops a record.
    enum Own {
        case verdict(PairVerdict)
        /// Something that stays uses it, which a privacy request does not override.
        case use
        /// Kinds that may hold what protects it.
        case unread(KindSet)
        case review
    }

    /// Whether a policy in force, or a privacy request, would have it gone.
    func isAsked(_ row: Int) -> Bool {
        if let request = assessment.request { return request[row] }
        return assessment.verdicts(row, isUsed: result.marks.isUsed[row]).contains { verdict in
            let policy = result.policies.retention[verdict.policy]
            return verdict.isDue && policy.mode == .enforce && policy.whenDue == .delete
        }
    }

    /// Whether K of the record is not reached, or holds a matter.
    func isKept(_ row: Int) -> Bool {
        assessment.matters(row) != 0 || assessment.keep(row).late > assessment.rules.asOf
    }

    /// What stops it beside obligations.
    func own(_ row: Int) -> [Own] {
        let plan = assessment.plan(row)
        var stops = assessment.verdicts(row, isUsed: result.marks.isUsed[row])
            .filter(assessment.blocksDeletion).map(Own.verdict)
        if assessment.request != nil, result.marks.isUsed[row] { stops.append(.use) }
        let unread = assessment.unread.protecting(
            plan.kind, source: plan.source, whileUsedKeeps: plan.asksForUsers(assessment.rules))
        if !unread.isEmpty { stops.append(.unread(unread)) }
        if assessment.review.sendsToReview(row, plan.kind, source: plan.source) { stops.append(.review) }
        return stops
    }

    /// The rows of everything that a record contains, at any depth.
    func parts(of row: Int) -> [Int] {
        guard !assessment.plan(row).kind.allParts.isEmpty else { return [] }
        var seen: Set<Int> = [row]
        var stack = [row]
        while let current = stack.popLast() {
            for part in assessment.facts.relations.parts(of: current) where seen.insert(part).inserted {
                stack.append(part)
            }
        }
        return seen.filter { $0 != row }
    }
}

extension ScanResult {
    /// What kinds of things stop the deletion of these records, or of what is in them; empty where nothing does.
    ///
    /// What `obstacles` says in words and with paths takes a search for each record: this takes a look at each record and
    /// each part.
    public func reasonsToStay(_ rows: [Int]) -> [Set<Explanation.Blocker.Reason>] {
        let stops = Stops(result: self)
        func own(_ row: Int) -> [Explanation.Blocker.Reason] {
            stops.own(row).map { stop in
                switch stop {
                case .verdict, .use: .state
                case .unread: .unread
                case .review: .review
                }
            }
        }
        return rows.map { row in
            guard !mayGo(row) else { return [] }
            var reasons = Set(own(row))
            if !stops.isAsked(row) { reasons.insert(.notDue) }
            if stops.isKept(row) { reasons.insert(.kept) }
            for part in stops.parts(of: row) { reasons.formUnion(own(part)) }
            return reasons
        }
    }
}
