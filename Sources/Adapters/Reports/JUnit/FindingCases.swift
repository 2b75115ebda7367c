internal import Evaluation
internal import Policies
internal import Records
internal import XML

/// Turns findings into test cases. Names are stable: they hold no age and no count, so that a viewer's history of one
/// record under one rule stays one history.
struct FindingCases {
    /// The suite of findings that no policy makes.
    static let besidePolicies = "beside-policies"

    private let result: ScanResult
    private let ids: ReportedIds
    private let because: Because
    private let kinds: [Kind]
    private let sources: [UInt16]
    /// By policy, then source.
    private let classnames: [[[UInt8]]]
    private let details: [String]
    private var moments = MomentText()
    private var cases = JUnitCases()
    private var name: [UInt8] = []
    private var message: [UInt8] = []

    init(_ result: ScanResult, ids: ReportedIds) {
        self.result = result
        self.ids = ids
        because = Because(result)
        kinds = result.inventory.kinds
        sources = result.inventory.sources
        let suites = result.policies.retention.map(\.name) + [Self.besidePolicies]
        classnames = suites.map { suite in
            result.inventory.sourceNames.map { Array(ObjectToken.classname($0, suite).utf8) }
        }
        details = result.policies.retention.map(Self.detail) + [""]
    }

    /// Adds the case of the policy itself, so that no suite is empty.
    mutating func addPolicy(_ name: String) {
        cases.add(
            classname: Array(ObjectToken.classname(name).utf8), name: Array("policy".utf8), outcome: .passed, type: "",
            message: [])
    }

    /// Adds the cases of a range of findings, and hands over all that was added.
    mutating func add(_ range: Range<Int>, to writer: inout XMLWriter, _ sink: ReportSink) throws(ReportError) {
        for index in range {
            try add(result.findings[index])
            try cases.passOn(to: &writer, sink)
        }
        try cases.flush(to: &writer, sink)
    }

    private mutating func add(_ finding: Finding) throws(ReportError) {
        let policy = finding.policy ?? result.policies.retention.count
        let source = Int(sources[finding.row])
        name.removeAll(keepingCapacity: true)
        try appendName(finding, source: result.inventory.sourceNames[source], to: &name)
        let outcome = Outcome(finding, in: result.policies)
        message.removeAll(keepingCapacity: true)
        if outcome != .passed {
            message.append(literal: finding.state.name)
            message.append(literal: outcome == .skipped && !finding.state.isSkipped ? " (not enforced): " : ": ")
            because.append(finding, moments: &moments, to: &message)
        }
        let classname = classnames[policy][source]
        cases.add(
            classname: classname, name: name, outcome: outcome, type: finding.state.name, message: message,
            detail: details[policy])
    }

    private func appendName(
        _ finding: Finding, source: String, to name: inout [UInt8]
    ) throws(ReportError) {
        let kind = kinds[finding.row]
        name.append(literal: kind.name)
        name.append(UInt8(ascii: "/"))
        try ids.withId(finding.row, source: source, kind: kind) { id throws(ReportError) in
            try ObjectToken.encode(id, into: &name)
        }
        name.append(literal: " \(finding.rule.rawValue)")
        if let hold = finding.hold { name.append(literal: " \(ObjectToken.plain(result.policies.holds[hold].name))") }
    }

    private static func detail(_ policy: RetentionPolicy) -> String {
        let controls = policy.controls.isEmpty ? "" : "; controls \(policy.controls.joined(separator: ", "))"
        return "\nseverity \(policy.severity.name)\(controls)"
    }
}

extension State {
    /// Whether the state itself is a skip, whatever the policy's mode.
    fileprivate var isSkipped: Bool { self == .held || self == .excepted }
}
