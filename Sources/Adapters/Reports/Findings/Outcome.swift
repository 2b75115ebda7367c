internal import Evaluation
internal import Policies

/// What a finding is to a test runner.
enum Outcome: Sendable {
    case passed
    /// A rule in force is broken.
    case failed
    /// Nothing could be decided.
    case errored
    /// A matter, an exception or the policy's mode stands between rule and record.
    case skipped

    init(_ finding: Finding, in policies: PolicySet) {
        let policy = finding.policy.map { policies.retention[$0] }
        switch finding.state {
        case .error: self = .errored
        case .undetermined: self = policy?.onUndetermined == .report ? .skipped : .errored
        case .overdue, .earlyExpiry, .uncovered:
            self = policy?.mode == .observe ? .skipped : finding.isViolation ? .failed : .passed
        case .held, .excepted: self = .skipped
        case .due, .inUse, .kept, .allowed: self = .passed
        }
    }
}
