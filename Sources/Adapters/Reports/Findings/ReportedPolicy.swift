internal import Evaluation
internal import Policies

/// A policy of either kind as reports list it: retention policies first, then access policies, each by name.
struct ReportedPolicy {
    let kind: String
    let name: String
    let severity: Severity
    let mode: RetentionPolicy.Mode
    let controls: [String]
    /// What it counts from; nil for an access policy.
    let clock: String?
    /// Whether what is undetermined is only reported.
    let reportsUndetermined: Bool
    /// The names of its validations; empty for a retention policy.
    let validations: [String]

    init(_ policy: RetentionPolicy) {
        kind = "RetentionPolicy"
        name = policy.name
        severity = policy.severity
        mode = policy.mode
        controls = policy.controls
        clock = policy.clock.name
        reportsUndetermined = policy.onUndetermined == .report
        validations = []
    }

    init(_ policy: AccessPolicy) {
        kind = "AccessPolicy"
        name = policy.name
        severity = policy.severity
        mode = policy.mode
        controls = policy.controls
        clock = nil
        reportsUndetermined = false
        validations = policy.validations.map(\.name)
    }
}

extension PolicySet {
    /// All policies that make findings, in the order of reports.
    var reported: [ReportedPolicy] { retention.map(ReportedPolicy.init) + access.map(ReportedPolicy.init) }

    /// The place of a finding's policy among those reported; the place after all for what no policy says.
    func place(of finding: Finding) -> Int {
        finding.policy ?? retention.count + (finding.accessPolicy ?? access.count)
    }
}

extension Summary {
    /// The counts of all policies, in the order of reports.
    var reported: [PolicyCounts] { policies + access }
}
