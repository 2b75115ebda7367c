internal import CanonicalJSON
internal import Evaluation
internal import Policies
internal import Records

/// What many findings in a row have in common.
struct FindingShape: Equatable {
    var policy: Int
    var rule: Finding.Rule
    var validation: Int?
    var severity: Severity
    var state: State
    var source: UInt16
    var kind: Kind
}

/// The pieces of findings that repeat, encoded once: each ends where the next begins.
final class FindingParts {
    private let result: ScanResult
    private let rules: [[[UInt8]]]
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
        let all = result.policies.reported
        self.result = result
        rules = all.map { $0.validations.map { Self.member("\"rule\":", $0) } }
        policies = all.map { Self.member("{\"policy\":", $0.name) } + [Array("{\"policy\":null,".utf8)]
        controls = (all.map(\.controls) + [[]]).map { Array("\"controls\":".utf8) + Self.list($0) + Array(",".utf8) }
        clocks =
            all.map { policy in
                policy.clock.map { Self.member("\"clock\":", $0) } ?? Array("\"clock\":null,".utf8)
            } + [Array("\"clock\":null,".utf8)]
        sources = result.inventory.sourceNames.map { Self.member("\"source\":", $0) }
        severities = Severity.allCases.map { Self.member("\"severity\":", $0.name) }
        kinds = Kind.allCases.map { Self.member("\"kind\":", $0.name) }
        states = State.allCases.map { Self.member("\",\"state\":", $0.name) }
        rowKinds = result.inventory.kinds
        rowSources = result.inventory.sources
    }

    func shape(_ finding: Finding) -> FindingShape {
        FindingShape(
            policy: result.policies.place(of: finding), rule: finding.rule, validation: finding.validation,
            severity: finding.severity, state: finding.state,
            source: rowSources[finding.row], kind: rowKinds[finding.row])
    }

    /// From the brace to the id's opening quote.
    func head(_ shape: FindingShape) -> [UInt8] {
        policies[shape.policy]
            + (shape.validation.map { rules[shape.policy][$0] } ?? Self.member("\"rule\":", shape.rule.rawValue))
            + severities[Int(shape.severity.rawValue)] + controls[shape.policy] + sources[Int(shape.source)]
            + kinds[Int(shape.kind.rawValue)] + Array("\"id\":\"".utf8)
    }

    /// From the id's closing quote to what stands before the clock's ends.
    func middle(_ shape: FindingShape) -> [UInt8] {
        states[Int(shape.state.rawValue)] + clocks[shape.policy]
    }

    func appendMatters(_ set: MatterSet, to line: inout [UInt8]) {
        guard set != .none else { return line.append(literal: ",\"matters\":[]") }
        line.append(literal: ",\"matters\":")
        line += Self.list(result.matters(set))
    }

    func appendException(_ finding: Finding, to line: inout [UInt8]) {
        guard let exception = result.exception(of: finding) else { return line.append(literal: ",\"exception\":null") }
        line += Array(",\"exception\":".utf8) + Self.member("{\"name\":", exception.name)
        if let ticket = exception.ticket {
            line += Self.member("\"ticket\":", ticket)
        } else {
            line.append(literal: "\"ticket\":null,")
        }
        line.append(literal: "\"expiresAt\":")
        line.append(jsonString: exception.expiresText)
        line.append(literal: "}")
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
