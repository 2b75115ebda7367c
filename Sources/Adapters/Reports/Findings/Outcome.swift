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
}

/// Decides what findings are to a test runner.
struct Outcomes {
    private let observed: [Bool]
    private let reportsUndetermined: [Bool]

    init(_ policies: PolicySet) {
        observed = policies.retention.map { $0.mode == .observe }
        reportsUndetermined = policies.retention.map { $0.onUndetermined == .report }
    }

    func outcome(_ finding: Finding) -> Outcome {
        switch finding.state {
        case .error: .errored
        case .undetermined: finding.policy.map { reportsUndetermined[$0] } == true ? .skipped : .errored
        case .overdue, .earlyExpiry, .uncovered:
            finding.policy.map { observed[$0] } == true ? .skipped : finding.isViolation ? .failed : .passed
        case .held, .excepted: .skipped
        case .due, .inUse, .kept, .allowed: .passed
        }
    }
}
