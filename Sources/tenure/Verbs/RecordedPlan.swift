internal import Chronology
internal import Disposition
internal import Evaluation

/// A plan in its file, and before that in the audit log.
struct RecordedPlan {
    let head: PlanHead
    /// What must be opened before it is executed, as far as that can be said now.
    let gates: [Gate]
    let exitCode: ExitCode

    /// Writes it. Where its entry cannot be logged, there is no plan.
    ///
    /// - Parameters:
    ///   - result: the scan that it follows from.
    ///   - trail: the audit log; nil for none.
    ///   - verb: who says so where something is wrong.
    init(
        _ draft: DraftPlan, _ binding: PlanBinding, of result: ScanResult, to file: String, _ trail: AuditTrail?,
        for verb: String, _ console: Console
    ) throws(Failure) {
        let (now, policies) = (result.asOf, result.policies)
        let isStopped = draft.exceedsLimits || !policies.closedRegister(at: now).isEmpty
        let exitCode: ExitCode = isStopped ? .safetyStop : result.incomplete.isEmpty ? .clean : .incomplete
        var refusal: Failure?
        let written: String?
        do throws(PlanError) {
            written = try PlanWriter(draft, binding).write(to: file) { digest in
                let entry = RunEntry.Planned(draft, binding, exitCode: Int(exitCode.rawValue), plan: digest)
                do throws(Failure) { try trail?.record(.planned(entry), console) } catch { refusal = error }
                return refusal == nil
            }
        } catch {
            throw .usage("\(verb): \(error)")
        }
        if let refusal { throw refusal }
        head = draft.head(binding, digest: written ?? "")
        gates =
            head.closedGates(policies, at: now)
            + Approvals(of: .plan, digest: head.digest).closedGates(head, policies) + head.unconfirmed(policies)
        self.exitCode = exitCode
    }
}
