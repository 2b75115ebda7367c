internal import Chronology
internal import Policies
internal import Records

/// Lists what stops the deletion of a record.
struct Blockers {
    let result: ScanResult
    let phrases: Phrases

    private static let namedParts = 5

    private var assessment: Assessment { result.assessment }

    func list(_ row: Int) -> [String] {
        guard !result.mayGo(row) else { return [] }
        let plan = assessment.plan(row)
        var lines: [String] = []
        if !assessment.verdicts(row, isUsed: result.marks.isUsed[row]).contains(where: asksToGo) {
            lines.append("no policy in force whose whenDue is delete is due")
        }
        if assessment.matters(row) != 0 || assessment.keep(row).late > assessment.rules.asOf {
            lines.append(phrases.keepers(row))
        }
        lines += own(row, plan)
        let parts = parts(of: row).filter { !own($0, assessment.plan($0)).isEmpty }
            .sorted(by: result.inventory.precedes)
        for part in parts.prefix(Self.namedParts) {
            for line in own(part, assessment.plan(part)) { lines.append("\(phrases.name(part)) in it: \(line)") }
        }
        if parts.count > Self.namedParts { lines.append("and \(parts.count - Self.namedParts) more records in it") }
        return lines
    }

    private func asksToGo(_ verdict: PairVerdict) -> Bool {
        let policy = result.policies.retention[verdict.policy]
        return verdict.isDue && policy.mode == .enforce && policy.whenDue == .delete
    }

    /// What stops it beside obligations, which flow up from parts by themselves.
    private func own(_ row: Int, _ plan: CellPlan) -> [String] {
        var lines = assessment.verdicts(row, isUsed: result.marks.isUsed[row]).filter(\.blocksDeletion).map {
            "\(result.policies.retention[$0.policy].name) is \($0.state.name)"
        }
        let unread = assessment.unread.protecting(
            plan.kind, source: plan.source, whileUsedKeeps: plan.pairs.contains(where: \.mayBeInUse))
        if !unread.isEmpty {
            let names = unread.kinds.map(\.name).joined(separator: ", ")
            lines.append("not read to the end, and may hold what protects it: \(names)")
        }
        if assessment.review.sendsToReview(row, plan.kind, source: plan.source) {
            lines.append("a hold asks whose it is, and nobody can say")
        }
        return lines
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
