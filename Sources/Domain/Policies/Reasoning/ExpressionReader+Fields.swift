import CEL
import Chronology

/// What the parts of an expression are: fields of the record, or values that are known already.
extension ExpressionReader {
    func isObject(_ id: CELSyntax.ID) -> Bool {
        guard case .identifier(ExpressionVariable.object.name) = program.syntax[id].kind else { return false }
        return true
    }

    /// The key of `object.metadata.key`, given the part before the last dot and the part after it.
    func metadataKey(_ operand: CELSyntax.ID, _ field: String) -> String? {
        guard case .select(let object, RecordField.metadata.name, isTest: false) = program.syntax[operand].kind,
            isObject(object)
        else { return nil }
        return field
    }

    /// The text field that a part reads.
    func text(_ id: CELSyntax.ID) -> TextField? {
        switch program.syntax[id].kind {
        case .select(let operand, let field, isTest: false):
            if let key = metadataKey(operand, field) { return .metadata(key) }
            guard isObject(operand) else { return nil }
            return RecordField.allCases.first { $0.name == field }.flatMap(TextField.init)
        case .call("_[_]", nil, let parts) where parts.count == 2:
            guard case .string(let key)? = constant(parts[1]) else { return nil }
            return metadataKey(parts[0], key).map { .metadata($0) }
        default: return nil
        }
    }

    /// The value of a part that needs no record.
    func constant(_ id: CELSyntax.ID) -> CELValue? {
        if let value = program.constant(at: id) { return value }
        guard mentionsParameters(id), isClosed(id) else { return nil }
        let environment = ExpressionEnvironment.environment(asOf: asOf, zone: zone)
        guard let part = try? environment.compile(program.syntax.text(of: id)) else { return nil }
        let variables = ExpressionVariable.allCases.map { variable -> CELLookup in
            variable == .params ? parameters.map { .value($0.value) } ?? .absent : .absent
        }
        return part.evaluate(CELBindings(variables)).value
    }

    func mentionsParameters(_ id: CELSyntax.ID) -> Bool {
        contains(id) { node in
            guard case .identifier(ExpressionVariable.params.name) = node.kind else { return false }
            return true
        }
    }

    /// Whether nothing but constants is named, so that the part has one value at every instant.
    private func isClosed(_ id: CELSyntax.ID) -> Bool {
        !contains(id) { node in
            switch node.kind {
            case .identifier(let name): name != ExpressionVariable.params.name
            case .call("age", _, _), .comprehension: true
            default: false
            }
        }
    }

    private func contains(_ id: CELSyntax.ID, _ isWanted: (CELSyntax.Node) -> Bool) -> Bool {
        var pending = [id]
        while let id = pending.popLast() {
            if isWanted(program.syntax[id]) { return true }
            pending += program.syntax.children(of: id)
        }
        return false
    }
}
