import CEL
import Chronology
import Records
import YAML

extension Builder {
    func retentionPolicy(_ document: Document, _ file: inout DocumentFile) -> RetentionPolicy? {
        guard let spec = document.spec else { return nil }
        let keep = spec.object("keep")
        let zone = keep?.zone("timeZone") ?? .utc
        var scope = Scope(zone: zone, constants: spec.node("params")?.mapping?.map(\.key.text) ?? [])
        let constants = parameters(spec, &file)
        scope.costs = ExpressionCosts(parameters: constants?.value)
        let match = self.match(spec.object("match"), in: scope, &file)
        scope.match = match
        let clock = spec.object("clock").flatMap { self.clock($0, in: scope, &file) }
        guard let name = document.name?.text, let clock else { return nil }
        var policy = RetentionPolicy(name: name, clock: clock, location: document.location)
        policy.title = document.title
        policy.match = match
        policy.atLeast = keep?.period("atLeast")
        policy.atMost = keep?.period("atMost")
        policy.atLeastLocation = keep.flatMap { $0.names("atLeast") ? file.location($0.mark(of: "atLeast")) : nil }
        policy.zone = zone
        policy.controls = spec.texts("controls")
        policy.overdueAfter = spec.period("overdueAfter").flatMap { $0 == .zero ? nil : $0 }
        policy.disclose = spec.texts("disclose")
        policy.limits = spec.object("limits").map {
            RetentionPolicy.Limits(
                records: $0.integer("records"), percent: $0.integer("percent"), perSubject: $0.integer("perSubject"))
        }
        policy.approvals = spec.object("approvals").flatMap { demand in
            demand.integer("count").map { RetentionPolicy.Approvals(count: $0, from: demand.texts("from")) }
        }
        policy.isDefault = spec.boolean("default") ?? policy.isDefault
        policy.severity = spec.text("severity").flatMap { Severity(named: $0) } ?? policy.severity
        policy.basis = keep?.word("basis") ?? policy.basis
        policy.whileUsed = spec.word("whileUsed") ?? policy.whileUsed
        policy.mode = spec.word("mode") ?? policy.mode
        policy.whenDue = spec.word("whenDue") ?? policy.whenDue
        policy.onUndetermined = spec.word("onUndetermined") ?? policy.onUndetermined
        policy.parameters = constants
        check(policy, spec, &file)
        return policy
    }

    private func clock(
        _ object: CheckedObject, in scope: Scope, _ file: inout DocumentFile
    ) -> RetentionPolicy.Clock? {
        guard let from = object.scalar("from") else { return nil }
        let counts = object.texts("counts").compactMap { Role(named: $0) }
        if object.names("counts"), from.text != "lastActivity" {
            file.error(
                "counts-clock", at: object.keyMarks["counts"] ?? object.mark,
                "'counts' goes with the clock lastActivity alone", hint: "remove it, or write from: lastActivity")
        }
        switch from.text {
        case "created": return .created
        case "lastActivity": return .lastActivity(counts: counts.reduce(into: []) { $0.formUnion(RoleSet($1)) })
        case "lastModified": return .lastModified
        case "expires": return .expires
        default: break
        }
        guard !from.text.unicodeScalars.allSatisfy({ $0.properties.isAlphabetic || $0 == "_" || $0 == "-" }) else {
            file.error(
                "unknown-value", at: from.mark, "unknown clock \(quoted(from.text))",
                hint: suggestion(for: from.text, among: Self.clockNames))
            return nil
        }
        return expression(from, giving: .timestamp, in: scope, &file).map { .custom($0) }
    }

    /// What the document gives its expressions under `params`.
    func parameters(_ spec: CheckedObject, _ file: inout DocumentFile) -> Parameters? {
        spec.node("params").map { Parameters(constant($0, &file)) }
    }

    static let clockNames = ["created", "lastActivity", "lastModified", "expires"]

    private func constant(_ node: Node, _ file: inout DocumentFile) -> CELValue {
        switch node.content {
        case .sequence(let nodes): return .list(CELList(nodes.map { constant($0, &file) }))
        case .mapping(let entries):
            let values = entries.map { (key: CELValue.string($0.key.text), value: constant($0.value, &file)) }
            return CELMap(values).map { .map($0) } ?? .null
        case .scalar(let scalar):
            switch scalar.resolved {
            case .null: return .null
            case .bool(let flag): return .bool(flag)
            case .integer(let number): return .int(number)
            case .string(let text): return .string(text)
            case .number(let text):
                if let number = Double(text), number.isFinite { return .double(number) }
                file.error("out-of-range", at: node.mark, "\(quoted(text)) is no number that can be counted with")
                return .null
            }
        }
    }
}
