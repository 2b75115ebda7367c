internal import Chronology
internal import Evaluation
internal import Policies
internal import Records

/// Turns findings into JSON objects, one after the other. What many findings share is encoded once.
struct FindingLines {
    private let result: ScanResult
    private let ids: ReportedIds
    private let because: Because
    private let kinds: [Kind]
    private let sources: [UInt16]
    private let parts: FindingParts
    private var moments = MomentText()
    private var reason: [UInt8] = []

    init(_ result: ScanResult, ids: ReportedIds) {
        self.result = result
        self.ids = ids
        because = Because(result)
        kinds = result.inventory.kinds
        sources = result.inventory.sources
        parts = FindingParts(result)
    }

    /// Adds the finding as a JSON object on one line.
    mutating func append(_ finding: Finding, to line: inout [UInt8]) throws(ReportError) {
        let policy = finding.policy ?? parts.noPolicy
        let source = Int(sources[finding.row])
        let kind = kinds[finding.row]
        line += parts.policies[policy]
        line += parts.rules[finding.rule] ?? []
        line += parts.severities[Int(finding.severity.rawValue)]
        line += parts.controls[policy]
        line += parts.sources[source]
        line += parts.kinds[Int(kind.rawValue)]
        line.append(literal: "\"id\":")
        try ids.withId(finding.row, source: result.inventory.sourceNames[source], kind: kind) { id in
            line.append(jsonString: id)
        }
        line += parts.states[Int(finding.state.rawValue)]
        line += parts.clocks[policy]
        append("\"clockEarliest\":", finding.clock?.earliest, to: &line)
        append(",\"clockLatest\":", finding.clock?.latest, to: &line)
        append(",\"keepUntil\":", finding.keepUntil, to: &line)
        appendMatters(finding.matters, to: &line)
        append(",\"deleteAt\":", finding.deleteAt, to: &line)
        append(",\"dueAt\":", finding.dueAt, to: &line)
        append(",\"overdueAt\":", finding.overdueAt, to: &line)
        line.append(literal: finding.pastMax ? ",\"pastMax\":true" : ",\"pastMax\":false")
        line.append(literal: finding.mayGo ? ",\"mayGo\":true,\"because\":" : ",\"mayGo\":false,\"because\":")
        reason.removeAll(keepingCapacity: true)
        because.append(finding, moments: &moments, to: &reason)
        line.append(jsonString: reason.span)
        line.append(UInt8(ascii: "}"))
    }

    private mutating func append(_ name: String, _ moment: Moment?, to line: inout [UInt8]) {
        line.append(literal: name)
        guard let moment else { return line.append(literal: "null") }
        line.append(UInt8(ascii: "\""))
        moments.append(moment, to: &line)
        line.append(UInt8(ascii: "\""))
    }

    private func appendMatters(_ set: MatterSet, to line: inout [UInt8]) {
        guard set != .none else { return line.append(literal: ",\"matters\":[]") }
        line.append(literal: ",\"matters\":")
        line += FindingParts.list(result.matters(set))
    }
}

/// The pieces of findings that repeat, encoded: each ends where the next begins.
private struct FindingParts {
    let noPolicy: Int
    let policies: [[UInt8]]
    let controls: [[UInt8]]
    let clocks: [[UInt8]]
    let sources: [[UInt8]]
    let rules: [Finding.Rule: [UInt8]]
    let severities: [[UInt8]]
    let kinds: [[UInt8]]
    let states: [[UInt8]]

    init(_ result: ScanResult) {
        let all = result.policies.retention
        noPolicy = all.count
        policies = all.map { Self.member("{\"policy\":", $0.name) } + [Array("{\"policy\":null,".utf8)]
        controls = (all.map(\.controls) + [[]]).map { Array("\"controls\":".utf8) + Self.list($0) + Array(",".utf8) }
        clocks = all.map { Self.member("\"clock\":", $0.clock.name) } + [Array("\"clock\":null,".utf8)]
        sources = result.inventory.sourceNames.map { Self.member("\"source\":", $0) }
        rules = Dictionary(
            uniqueKeysWithValues: Finding.Rule.allCases.map { ($0, Self.member("\"rule\":", $0.rawValue)) })
        severities = Severity.allCases.map { Self.member("\"severity\":", $0.name) }
        kinds = Kind.allCases.map { Self.member("\"kind\":", $0.name) }
        states = State.allCases.map { Self.member(",\"state\":", $0.name) }
    }

    static func list(_ texts: [String]) -> [UInt8] {
        var bytes = Array("[".utf8)
        for (index, text) in texts.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(jsonString: text)
        }
        return bytes + Array("]".utf8)
    }

    private static func member(_ name: String, _ value: String) -> [UInt8] {
        var bytes = Array(name.utf8)
        bytes.append(jsonString: value)
        bytes.append(UInt8(ascii: ","))
        return bytes
    }
}
