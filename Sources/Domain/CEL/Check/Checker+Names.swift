internal import Spelling

extension Checker {
    mutating func identifier(_ name: String, at id: CELSyntax.ID) -> CELType {
        if let (referent, type) = lookUp(name) {
            referents[id] = referent
            return type
        }
        referents[id] = .undeclared(name)
        let known = environment.variables.map(\.name) + scopes.map(\.name)
        report("nothing is called '\(name)'", hint: didYouMean(name, among: known), at: id)
        return .dyn
    }

    mutating func select(
        _ operand: CELSyntax.ID, _ field: String, _ isTest: Bool, at id: CELSyntax.ID
    ) -> CELType {
        if !isTest, let name = qualifiedName(of: id), !isLocal(name), let (referent, type) = lookUp(name) {
            referents[id] = referent
            return type
        }
        let type = fieldType(field, of: unifier.resolved(check(operand)), at: id)
        return isTest ? .bool : type
    }

    /// The dotted name that a node spells, or nil: `a.b.c` may be a variable of that whole name.
    func qualifiedName(of id: CELSyntax.ID) -> String? {
        switch syntax[id].kind {
        case .identifier(let name): name
        case .select(let operand, let field, isTest: false): qualifiedName(of: operand).map { $0 + "." + field }
        default: nil
        }
    }

    /// Whether the first part of a dotted name is the variable of a macro, which no declaration can hide.
    func isLocal(_ name: String) -> Bool {
        let first = name.prefix { $0 != "." }
        return scopes.contains { $0.name == first }
    }

    private func lookUp(_ name: String) -> (Referent, CELType)? {
        if let scope = scopes.lastIndex(where: { $0.name == name }) { return (.local(scope), scopes[scope].type) }
        for candidate in Names.candidates(for: name, in: environment.container) {
            if let slot = environment.slots[candidate] { return (.variable(slot), environment.variables[slot].type) }
            if let type = environment.types[candidate] { return (.type(type), .type(type)) }
        }
        return nil
    }

    mutating func fieldType(_ field: String, of operand: CELType, at id: CELSyntax.ID) -> CELType {
        switch operand {
        case .map(let key, let value):
            if !unifier.accept([.string], as: [key]) {
                report("a map with keys of type \(shown(key)) has no fields", hint: "write m[key]", atNameOf: id)
            }
            return value
        case .object(let name):
            guard let type = environment.objectTypes[name] else { return .dyn }
            if let index = type.index(of: field) { return type.fields[index].type }
            let near = didYouMean(field, among: type.fields.map(\.name))
            report("\(name) has no field '\(field)'", hint: near, atNameOf: id)
            return .dyn
        case .dyn, .parameter: return .dyn
        case .opaque(CELOptional.typeName, let parts) where parts.count == 1:
            return .optional(fieldType(field, of: unifier.resolved(parts[0]), at: id))
        default:
            report("\(shown(operand)) has no fields, so no '\(field)'", atNameOf: id)
            return .dyn
        }
    }

    func didYouMean(_ name: String, among known: some Sequence<String>) -> String? {
        Spelling.nearest(to: name, among: known).map { "did you mean '\($0)'?" }
    }
}
