internal import Evaluation
internal import Policies
internal import Records

/// The pieces of findings that repeat, encoded once: each ends where the next begins.
final class FindingParts {
    private let result: ScanResult
    private let noPolicy: Int
    private let policies: [[UInt8]]
    private let controls: [[UInt8]]
    private let clocks: [[UInt8]]
    private let sources: [[UInt8]]
    private let severities: [[UInt8]]
    private let kinds: [[UInt8]]
    private let states: [[UInt8]]
    private let rowKinds: [Kind]
    private let rowSources: [UInt16]

    init(_ result: ScanResult) {
        let all = result.policies.retention
        self.result = result
        noPolicy = all.count
        policies = all.map { Self.member("{\"policy\":", $0.name) } + [Array("{\"policy\":null,".utf8)]
        controls = (all.map(\.controls) + [[]]).map { Array("\"controls\":".utf8) + Self.list($0) + Array(",".utf8) }
        clocks = all.map { Self.member("\"clock\":", $0.clock.name) } + [Array("\"clock\":null,".utf8)]
        sources = result.inventory.sourceNames.map { Self.member("\"source\":", $0) }
        severities = Severity.allCases.map { Self.member("\"severity\":", $0.name) }
        kinds = Kind.allCases.map { Self.member("\"kind\":", $0.name) }
        states = State.allCases.map { Self.member(",\"state\":", $0.name) }
        rowKinds = result.inventory.kinds
        rowSources = result.inventory.sources
    }

    /// From the brace to what stands before the id.
    func appendHead(_ finding: Finding, to line: inout [UInt8]) {
        let policy = finding.policy ?? noPolicy
        line += policies[policy]
        switch finding.rule {
        case .atMost: line.append(literal: "\"rule\":\"atMost\",")
        case .atLeast: line.append(literal: "\"rule\":\"atLeast\",")
        case .coverage: line.append(literal: "\"rule\":\"coverage\",")
        }
        line += severities[Int(finding.severity.rawValue)]
        line += controls[policy]
        line += sources[Int(rowSources[finding.row])]
        line += kinds[Int(rowKinds[finding.row].rawValue)]
    }

    /// From behind the id to what stands before the clock's ends.
    func appendState(_ finding: Finding, to line: inout [UInt8]) {
        line += states[Int(finding.state.rawValue)]
        line += clocks[finding.policy ?? noPolicy]
    }

    func appendMatters(_ set: MatterSet, to line: inout [UInt8]) {
        guard set != .none else { return line.append(literal: ",\"matters\":[]") }
        line.append(literal: ",\"matters\":")
        line += Self.list(result.matters(set))
    }

    private static func list(_ texts: [String]) -> [UInt8] {
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
