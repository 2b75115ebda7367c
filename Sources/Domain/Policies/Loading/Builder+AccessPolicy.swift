import CEL
import Chronology
import Records
import YAML

extension Builder {
    func accessPolicy(_ document: Document, _ file: inout DocumentFile) -> AccessPolicy? {
        guard let spec = document.spec else { return nil }
        let zone = spec.zone("timeZone") ?? .utc
        var scope = Scope(zone: zone, constants: spec.node("params")?.mapping?.map(\.key.text) ?? [])
        let constants = parameters(spec, &file)
        scope.costs = ExpressionCosts(parameters: constants?.value)
        let match = self.match(spec.object("match"), in: scope, &file)
        scope.match = match
        var reader = AccessReader(builder: self, disclose: spec.texts("disclose"), match: match)
        reader.readVariables(spec.objects("variables"), &scope, &file)
        reader.readValidations(spec.objects("validations"), scope, &file)
        reader.checkVariables(spec.objects("variables"), &file)
        guard let name = document.name?.text else { return nil }
        var policy = AccessPolicy(name: name, location: document.location)
        policy.title = document.title
        policy.severity = spec.text("severity").flatMap { Severity(named: $0) } ?? policy.severity
        policy.controls = spec.texts("controls")
        policy.match = match
        policy.variables = reader.variables
        policy.validations = reader.validations
        policy.mode = spec.word("mode") ?? policy.mode
        policy.parameters = constants
        policy.disclose = spec.texts("disclose")
        policy.zone = zone
        return policy
    }
}

/// Reads what an access policy says in expressions, in the order in which its parts name each other.
private struct AccessReader {
    let builder: Builder
    let match: Match
    private(set) var variables: [AccessPolicy.Variable] = []
    private(set) var validations: [AccessPolicy.Validation] = []
    private var printing: Printing

    /// The states of a pair have these names in reports, where a validation's name stands.
    private static let rulesOfRetention = ["atMost", "atLeast", "coverage"]
    /// How many validations one policy may have, so that a record's findings stay few.
    private static let mostValidations = 200
    /// How many variables, so that what a record costs stays bounded.
    private static let mostVariables = 100

    init(builder: Builder, disclose: [String], match: Match) {
        self.builder = builder
        self.match = match
        printing = Printing(disclosing: Set(disclose))
    }

    /// Each variable may name those before it, so that none can name itself.
    mutating func readVariables(_ items: [CheckedObject], _ scope: inout Builder.Scope, _ file: inout DocumentFile) {
        checkCount(items, Self.mostVariables, "variables", &file)
        var fields: [CELObjectType.Field] = []
        for item in items.prefix(Self.mostVariables) {
            scope.variables = CELObjectType(name: AccessPolicy.variablesTypeName, fields: fields)
            let expression = item.scalar("expression").flatMap {
                builder.expression($0, giving: nil, in: scope, &file)
            }
            guard let name = item.scalar("name") else { continue }
            if fields.contains(where: { $0.name == name.text }) {
                file.error(
                    "duplicate-name", at: name.mark, "there is a variable named \(quoted(name.text)) already",
                    hint: "rename one of the two")
                continue
            }
            // What could not be compiled was reported once; whatever reads it is not to blame.
            fields.append(CELObjectType.Field(name.text, expression?.program.type ?? .dyn))
            scope.costs.declare(name.text, expression?.program)
            guard let expression else { continue }
            variables.append(AccessPolicy.Variable(name: name.text, expression: expression))
            let kinds = ExpressionKinds(
                expression.program, object: match.kinds ?? .all, variables: scope.variableKinds)
            scope.variableKinds[name.text] = kinds.elements(expression.program.syntax.root)
            printing.note(name.text, expression.program)
        }
        scope.variables = CELObjectType(name: AccessPolicy.variablesTypeName, fields: fields)
    }

    mutating func readValidations(_ items: [CheckedObject], _ scope: Builder.Scope, _ file: inout DocumentFile) {
        checkCount(items, Self.mostValidations, "validations", &file)
        var names: Set<String> = []
        for item in items.prefix(Self.mostValidations) {
            if let name = item.scalar("name") { check(name, isNew: names.insert(name.text).inserted, &file) }
            let expression = item.scalar("expression").flatMap { scalar in
                let expression = builder.expression(scalar, giving: .bool, in: scope, &file)
                if let expression { builder.checkValidation(expression, scalar, match, variables: variables, &file) }
                return expression
            }
            let made = item.scalar("messageExpression").flatMap { message($0, scope, &file) }
            guard let name = item.text("name"), let expression else { continue }
            validations.append(
                AccessPolicy.Validation(
                    name: name, expression: expression, message: item.text("message"), messageExpression: made,
                    messageReadsIds: made.map { printing.readsIds($0.program) } ?? false))
        }
    }

    private func checkCount(_ items: [CheckedObject], _ most: Int, _ what: String, _ file: inout DocumentFile) {
        guard items.count > most else { return }
        file.error(
            "too-many", at: items[most].mark, "an AccessPolicy has at most \(most) \(what)",
            hint: "part it into several policies")
    }

    /// What can be said of variables once it is known what reads them.
    func checkVariables(_ items: [CheckedObject], _ file: inout DocumentFile) {
        let conditions = validations.map(\.expression.program)
        let readers =
            conditions + validations.compactMap { $0.messageExpression?.program }
            + variables.map(\.expression.program)
        let read = readers.reduce(into: Set<String>()) { $0.formUnion($1.variablesRead) }
        for item in items {
            guard let name = item.scalar("name"), let text = item.scalar("expression"),
                let variable = variables.first(where: { $0.name == name.text })
            else { continue }
            if read.contains(name.text) {
                builder.checkVariable(
                    variable.expression, text, match, readBy: conditions, variables: variables, &file)
            } else {
                file.warn(
                    "unused-variable", at: name.mark, "no expression reads variables.\(name.text)",
                    hint: "remove it, or use it")
            }
        }
    }

    private func check(_ name: Scalar, isNew: Bool, _ file: inout DocumentFile) {
        if !isNew {
            file.error(
                "duplicate-name", at: name.mark, "there is a validation named \(quoted(name.text)) already",
                hint: "rename one of the two: reports tell them apart by name")
        }
        if Self.rulesOfRetention.contains(name.text) {
            file.error(
                "invalid-name", at: name.mark, "\(quoted(name.text)) is the name of a rule of retention",
                hint: "name what must be true, such as one-tenant")
        }
    }

    private func message(
        _ scalar: Scalar, _ scope: Builder.Scope, _ file: inout DocumentFile
    ) -> Expression? {
        guard let expression = builder.expression(scalar, giving: .string, in: scope, &file) else { return nil }
        for leak in printing.leaks(expression.program).prefix(CELDiagnostic.limit) {
            file.error(
                "undisclosed", at: scalar.position(of: expression.program.syntax, leak.offset),
                "the message could print \(leak.what), and reports show no metadata values",
                hint: leak.key.map { "add \(quoted($0)) to spec.disclose if everyone who reads reports may see it" }
                    ?? "name the keys that it prints, and list them under spec.disclose")
        }
        return expression
    }
}

extension CheckedObject {
    /// The mappings of a list.
    func objects(_ key: String) -> [CheckedObject] {
        list(key).compactMap { item in
            guard case .object(let object) = item.value else { return nil }
            return object
        }
    }
}
