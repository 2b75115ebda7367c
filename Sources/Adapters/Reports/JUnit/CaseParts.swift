internal import CanonicalJSON
internal import Evaluation
internal import Policies
internal import Records
internal import XML

/// The pieces of test cases that repeat, made once.
final class CaseParts {
    private let ids: ReportedIds
    private let outcomes: Outcomes
    private let because: Because
    private let policies: PolicySet
    /// By policy, then validation.
    private let validations: [[String]]
    /// By policy, then source.
    private let beginnings: [[XMLFragment]]
    /// By policy, then severity.
    private let details: [[XMLEscaped]]
    private let holds: [String]
    private let kinds: [[UInt8]]
    private let states: [String]
    private let types: [XMLEscaped]
    private let rowKinds: [Kind]
    private let rowSources: [UInt16]

    init(_ result: ScanResult, ids: ReportedIds) {
        self.ids = ids
        outcomes = Outcomes(result.policies)
        because = Because(result, ids: ids)
        policies = result.policies
        let reported = result.policies.reported
        validations = reported.map { $0.validations.map { " \(ObjectToken.plain($0))" } }
        let suites = reported.map(\.name) + [FindingCases.besidePolicies]
        beginnings = suites.map { suite in
            result.inventory.sourceNames.map { JUnitCases.beginning(classname: ObjectToken.classname($0, suite)) }
        }
        details = (reported.map(\.controls) + [[]]).map { controls in
            Severity.allCases.map { Self.detail($0, controls) }
        }
        holds = result.policies.holds.map { ObjectToken.plain($0.name) }
        kinds = Kind.allCases.map { Array("\($0.name)/".utf8) }
        states = State.allCases.map(\.name)
        types = states.map { XMLEscaped($0) }
        rowKinds = result.inventory.kinds
        rowSources = result.inventory.sources
    }

    func outcome(_ finding: Finding) -> Outcome { outcomes.outcome(finding) }

    func beginning(_ finding: Finding) -> XMLFragment {
        beginnings[policies.place(of: finding)][Int(rowSources[finding.row])]
    }

    func type(_ finding: Finding) -> XMLEscaped { types[Int(finding.state.rawValue)] }

    /// What follows the message of a failure.
    func detail(_ finding: Finding) -> XMLEscaped {
        details[policies.place(of: finding)][Int(finding.severity.rawValue)]
    }

    /// `file/file-abc atMost`.
    func appendName(_ finding: Finding, to name: inout [UInt8]) throws(ReportError) {
        name += kinds[Int(rowKinds[finding.row].rawValue)]
        try ids.withId(finding.row) { id throws(ReportError) in try ObjectToken.encode(id, into: &name) }
        switch finding.rule {
        case .atMost: name.append(literal: " atMost")
        case .atLeast: name.append(literal: " atLeast")
        case .coverage: name.append(literal: " coverage")
        case .suppression: name.append(literal: " suppression")
        case .validation:
            if let index = finding.validation {
                name.append(contentsOf: validations[policies.place(of: finding)][index].utf8)
            }
        }
        if finding.state == .earlyExpiry { name.append(literal: " early-expiry") }
        if finding.state == .lost { name.append(literal: " lost") }
        if let hold = finding.hold { name.append(contentsOf: " \(holds[hold])".utf8) }
    }

    func appendMessage(
        _ finding: Finding, _ outcome: Outcome, moments: inout MomentText, to message: inout [UInt8]
    ) {
        let isSkippedByMode =
            outcome == .skipped && finding.state != .held && finding.state != .excepted && !finding.isBaselined
        if finding.isBaselined { message.append(literal: "baselined: ") }
        message.append(contentsOf: states[Int(finding.state.rawValue)].utf8)
        message.append(literal: isSkippedByMode ? " (not enforced): " : ": ")
        because.append(finding, moments: &moments, to: &message)
    }

    private static func detail(_ severity: Severity, _ controls: [String]) -> XMLEscaped {
        let served = controls.isEmpty ? "" : "; controls \(controls.joined(separator: ", "))"
        return XMLEscaped(lines: "\nseverity \(severity.name)\(served)")
    }
}
