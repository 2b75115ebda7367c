internal import Chronology
internal import Policies
internal import Records

/// Lists what stops the deletion of a record.
struct Blockers {
    let result: ScanResult
    let phrases: Phrases

    private static let namedParts = 5

    private var assessment: Assessment { result.assessment }

    func list(_ row: Int) -> [Explanation.Blocker] {
        guard !result.mayGo(row) else { return [] }
        var blockers: [Explanation.Blocker] = []
        if !isAsked(row) {
            blockers.append(.init(reason: .notDue, text: "no policy in force whose whenDue is delete is due"))
        }
        if assessment.matters(row) != 0 || assessment.keep(row).late > assessment.rules.asOf {
            blockers.append(.init(reason: .kept, text: phrases.keepers(row)))
        }
        blockers += own(row)
        let parts = parts(of: row).lazy.filter { !own($0).isEmpty }.sorted(by: result.inventory.precedes)
        for part in parts.prefix(Self.namedParts) {
            blockers += own(part).map { blocker in
                var blocker = blocker
                blocker.record = result.name(part)
                blocker.text = "\(phrases.name(part)) in it: \(blocker.text)"
                return blocker
            }
        }
        let more = parts.count - Self.namedParts
        if more > 0 { blockers.append(.init(reason: .more, text: "and \(more) more records in it")) }
        return blockers
    }

    private func isAsked(_ row: Int) -> Bool {
        if let request = assessment.request { return request[row] }
        return assessment.verdicts(row, isUsed: result.marks.isUsed[row]).contains(where: asksToGo)
    }

    private func asksToGo(_ verdict: PairVerdict) -> Bool {
        let policy = result.policies.retention[verdict.policy]
        return verdict.isDue && policy.mode == .enforce && policy.whenDue == .delete
    }

    /// What stops it beside obligations, which flow up from parts by themselves.
    private func own(_ row: Int) -> [Explanation.Blocker] {
        let plan = assessment.plan(row)
        var blockers: [Explanation.Blocker] = []
        for verdict in assessment.verdicts(row, isUsed: result.marks.isUsed[row])
        where assessment.blocksDeletion(verdict) {
            let policy = result.policies.retention[verdict.policy].name
            let text = "\(policy) is \(verdict.state.name)"
            blockers.append(.init(reason: .state, policy: policy, state: verdict.state, text: text))
        }
        if assessment.request != nil, result.marks.isUsed[row] {
            blockers.append(.init(reason: .state, state: .inUse, text: "something that stays uses it"))
        }
        let unread = assessment.unread.protecting(
            plan.kind, source: plan.source, whileUsedKeeps: plan.asksForUsers(assessment.rules))
        if !unread.isEmpty {
            let names = unread.kinds.map(\.name).joined(separator: ", ")
            let text = "not read to the end, and may hold what protects it: \(names)"
            blockers.append(.init(reason: .unread, kinds: unread.kinds, text: text))
        }
        if assessment.review.sendsToReview(row, plan.kind, source: plan.source) {
            blockers.append(.init(reason: .review, text: "a hold asks whose it is, and nobody can say"))
        }
        return blockers
    }

    private func parts(of row: Int) -> [Int] {
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
