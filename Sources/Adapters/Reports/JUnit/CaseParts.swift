internal import Evaluation
internal import Policies
internal import Records

/// The pieces of test cases that repeat, made once.
final class CaseParts {
    private let ids: ReportedIds
    private let outcomes: Outcomes
    private let because: Because
    private let noPolicy: Int
    /// By policy, then source.
    private let classnames: [[[UInt8]]]
    private let details: [String]
    private let holds: [String]
    private let kinds: [[UInt8]]
    private let states: [String]
    private let rowKinds: [Kind]
    private let rowSources: [UInt16]

    init(_ result: ScanResult, ids: ReportedIds) {
        self.ids = ids
        outcomes = Outcomes(result.policies)
        because = Because(result)
        noPolicy = result.policies.retention.count
        let suites = result.policies.retention.map(\.name) + [FindingCases.besidePolicies]
        classnames = suites.map { suite in
            result.inventory.sourceNames.map { Array(ObjectToken.classname($0, suite).utf8) }
        }
        details = result.policies.retention.map(Self.detail) + [""]
        holds = result.policies.holds.map { ObjectToken.plain($0.name) }
        kinds = Kind.allCases.map { Array("\($0.name)/".utf8) }
        states = State.allCases.map(\.name)
        rowKinds = result.inventory.kinds
        rowSources = result.inventory.sources
    }

    func outcome(_ finding: Finding) -> Outcome { outcomes.outcome(finding) }

    func classname(_ finding: Finding) -> [UInt8] {
        classnames[finding.policy ?? noPolicy][Int(rowSources[finding.row])]
    }

    func state(_ finding: Finding) -> String { states[Int(finding.state.rawValue)] }

    /// What follows the message of a failure.
    func detail(_ finding: Finding) -> String { details[finding.policy ?? noPolicy] }

    /// `file/file-abc atMost`.
    func appendName(_ finding: Finding, to name: inout [UInt8]) throws(ReportError) {
        name += kinds[Int(rowKinds[finding.row].rawValue)]
        try ids.withId(finding.row) { id throws(ReportError) in try ObjectToken.encode(id, into: &name) }
        switch finding.rule {
        case .atMost: name.append(literal: " atMost")
        case .atLeast: name.append(literal: " atLeast")
        case .coverage: name.append(literal: " coverage")
        }
        if let hold = finding.hold { name.append(literal: " \(holds[hold])") }
    }

    func appendMessage(
        _ finding: Finding, _ outcome: Outcome, moments: inout MomentText, to message: inout [UInt8]
    ) {
        let isSkippedByMode = outcome == .skipped && finding.state != .held && finding.state != .excepted
        message.append(literal: state(finding))
        message.append(literal: isSkippedByMode ? " (not enforced): " : ": ")
        because.append(finding, moments: &moments, to: &message)
    }

    private static func detail(_ policy: RetentionPolicy) -> String {
        let controls = policy.controls.isEmpty ? "" : "; controls \(policy.controls.joined(separator: ", "))"
        return "\nseverity \(policy.severity.name)\(controls)"
    }
}
