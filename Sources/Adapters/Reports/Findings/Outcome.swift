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
    private let policies: PolicySet
    private let observed: [Bool]
    private let reportsUndetermined: [Bool]

    init(_ policies: PolicySet) {
        self.policies = policies
        let reported = policies.reported
        observed = reported.map { $0.mode == .observe } + [false]
        reportsUndetermined = reported.map(\.reportsUndetermined) + [false]
    }

    func outcome(_ finding: Finding) -> Outcome {
        if finding.isBaselined { return .skipped }
        return switch finding.state {
        case .error: .errored
        case .undetermined: reportsUndetermined[policies.place(of: finding)] ? .skipped : .errored
        case .overdue, .denied, .lost, .resurrected, .earlyExpiry, .uncovered:
            observed[policies.place(of: finding)] ? .skipped : finding.isViolation ? .failed : .passed
        case .held, .excepted: .skipped
        case .due, .inUse, .kept, .allowed: .passed
        }
    }
}
