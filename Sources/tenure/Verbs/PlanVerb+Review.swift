internal import Chronology
internal import Disposition
internal import Evaluation
internal import Files
internal import Policies
internal import Records
internal import Reports

/// Reviews: what people are asked to decide, and what they decided.
extension PlanVerb {
    /// Where the list goes: beside the plan, where nobody names another place.
    private var list: String { file == "plan.json" ? "review.json" : file }

    func askForReview(_ console: Console) throws(Failure) -> ExitCode {
        let requester = try requester()
        let trail = try AuditTrail(log: auditLog, key: auditKey, for: Self.name)
        let asOf = Instant(seconds: Instant.now().seconds)
        let survey = try Survey(
            policies: policies, export: export, ledger: ledger, needsHolds: true, asOf: asOf, console)
        let result = survey.decide()
        guard let expires = Zone.utc.adding(ReviewList.usualLife, to: result.asOf) else {
            throw .usage("plan: a list of this year would expire after the year 9999")
        }
        let asked = ReviewList(result, requester: requester, expires: expires)
        let digest = try planning { () throws(PlanError) in try asked.digest() }
        try trail?.record(
            .listed(RunEntry.Listed(list: asked, policies: result.policies.digest, review: digest)), console)
        try planning { () throws(PlanError) in try asked.write(to: list) }
        let options = GivenOptions(policies: policies, export: export, ledger: ledger)
        let count = asked.entries.count
        try console.print(
            "REVIEW: \(count) decision\(count == 1 ? "" : "s") asked for by \(asked.requester), until \(expires)")
        var counts: [String: Int] = [:]
        for entry in asked.entries {
            counts["\(entry.policy): \(entry.source) \(entry.name.kind.name)", default: 0] += 1
        }
        for (words, count) in counts.sorted(by: { $0.key < $1.key }) { try console.print("  \(words)  \(count)") }
        try console.print(
            "\nNext: decide each line of \(list), then tenure approve \(list)\(options.ofDocuments), then plan make --reviewed \(list)\(options.ofScan)"
        )
        return result.incomplete.isEmpty ? .clean : .incomplete
    }

    /// The decisions of the lists that were named, as far as they are about what is there now.
    func decisions(_ result: ScanResult, _ console: Console) throws(Failure) -> [PlannedReview] {
        var reviews: [PlannedReview] = []
        for path in reviewed { reviews.append(try decisions(in: path, result, console)) }
        return reviews
    }

    private func decisions(
        in path: String, _ result: ScanResult, _ console: Console
    ) throws(Failure) -> PlannedReview {
        let (asked, digest) = try planning { () throws(PlanError) in
            let asked = try ReviewList(path: path)
            return (asked, try asked.digest())
        }
        guard result.asOf < asked.expires else {
            throw Failure(
                exitCode: .safetyStop,
                message: "plan: \(path): its decisions have expired at \(asked.expires); ask again: tenure plan review")
        }
        let approvals: Approvals
        do throws(ApprovalError) {
            approvals = try Approvals(beside: path, of: .review, digest: digest)
        } catch {
            throw .usage("plan: \(error)")
        }
        let gates = approvals.closedGates(asked, digest: digest, result.policies)
        guard gates.isEmpty else {
            var failure = Failure(
                exitCode: .safetyStop, message: "plan: \(path) is not approved as it stands (tenure approve \(path))")
            failure.details = gates.map { "  \($0.description)" }
            throw failure
        }
        let review = PlannedReview(asked, approvals, for: result)
        let changed = asked.entries.count { $0.decision == .release } - review.released.count
        if changed > 0 {
            console.note("plan: \(path): \(changed) released records have changed since, and stay: ask again")
        }
        return review
    }
}
