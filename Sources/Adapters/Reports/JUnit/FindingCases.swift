internal import Evaluation
internal import XML

/// Turns findings into test cases. Names are stable: they hold no age and no count, so that a viewer's history of one
/// record under one rule stays one history.
struct FindingCases {
    /// The suite of findings that no policy makes.
    static let besidePolicies = "beside-policies"

    private let parts: CaseParts
    private var moments = MomentText()
    private var cases = JUnitCases()
    private var name: [UInt8] = []
    private var message: [UInt8] = []
    private var escapedName = XMLEscaped()
    private var escapedMessage = XMLEscaped()

    init(_ result: ScanResult, ids: ReportedIds) {
        parts = CaseParts(result, ids: ids)
    }

    /// Adds the case of the policy itself, so that no suite is empty.
    mutating func addPolicy(_ policy: ReportedPolicy) {
        // Policies of different kinds may have one name, and cases must not.
        let name = policy.validations.isEmpty ? "policy" : "access policy"
        cases.add(
            beginning: JUnitCases.beginning(classname: ObjectToken.classname(policy.name)), name: XMLEscaped(name),
            outcome: .passed)
    }

    /// Adds the cases of findings, and hands over all that was added.
    mutating func add(
        _ findings: ArraySlice<Finding>, to writer: inout XMLWriter, _ sink: ReportSink
    ) throws(ReportError) {
        for finding in findings {
            try add(finding)
            try cases.passOn(to: &writer, sink)
        }
        try cases.flush(to: &writer, sink)
    }

    private mutating func add(_ finding: Finding) throws(ReportError) {
        name.removeAll(keepingCapacity: true)
        try parts.appendName(finding, to: &name)
        escapedName.set(name)
        let outcome = parts.outcome(finding)
        message.removeAll(keepingCapacity: true)
        if outcome != .passed {
            parts.appendMessage(finding, outcome, moments: &moments, to: &message)
            message.shorten()
            escapedMessage.set(message)
        }
        cases.add(
            beginning: parts.beginning(finding), name: escapedName, outcome: outcome, type: parts.type(finding),
            message: escapedMessage, detail: parts.detail(finding))
    }
}
