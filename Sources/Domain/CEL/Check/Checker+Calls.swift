extension Checker {
    mutating func call(
        _ function: String, _ receiver: CELSyntax.ID?, _ arguments: [CELSyntax.ID], at id: CELSyntax.ID
    ) -> CELType {
        switch function {
        case "_&&_", "_||_": return logical(function, arguments)
        case "_?_:_" where arguments.count == 3: return conditional(arguments)
        case "_?._" where arguments.count == 2: return optionalSelect(arguments, at: id)
        case "?_" where arguments.count == 1: return optionalPart(arguments[0])
        default: break
        }
        if let receiver, let name = qualifiedName(of: receiver), !isLocal(name),
            let full = declaredFunction(name + "." + function)
        {
            namespaced[id] = full
            return resolve(full, function, arguments, isMember: false, at: id)
        }
        let operands = (receiver.map { [$0] } ?? []) + arguments
        guard receiver == nil else { return resolve(function, function, operands, isMember: true, at: id) }
        let full = declaredFunction(function) ?? function
        if full != function { namespaced[id] = full }
        return resolve(full, function, operands, isMember: false, at: id)
    }

    private func declaredFunction(_ name: String) -> String? {
        Names.candidates(for: name, in: environment.container).first {
            environment.functions[$0] != nil || environment.builtIn[$0] != nil
        }
    }

    private mutating func logical(_ function: String, _ terms: [CELSyntax.ID]) -> CELType {
        for term in terms {
            let type = check(term)
            if !unifier.accept([type], as: [.bool]) {
                let spelling = function == "_&&_" ? "&&" : "||"
                report("'\(spelling)' joins conditions; this is \(shown(type)), not bool", at: term)
            }
        }
        return .bool
    }

    private mutating func conditional(_ parts: [CELSyntax.ID]) -> CELType {
        let condition = check(parts[0])
        if !unifier.accept([condition], as: [.bool]) {
            report("the condition before '?' is \(shown(condition)), not bool", at: parts[0])
        }
        let variable = unifier.fresh()
        let branches = [check(parts[1]), check(parts[2])]
        if !unifier.accept(branches, as: [variable, variable]) {
            report(
                "the two results of '?:' differ: \(shown(branches[0])) and \(shown(branches[1]))",
                hint: "wrap one in dyn() if that is meant", at: parts[2])
            return .dyn
        }
        return unifier.resolved(variable)
    }

    /// `a.?b`: what the field holds, in an optional.
    private mutating func optionalSelect(_ parts: [CELSyntax.ID], at id: CELSyntax.ID) -> CELType {
        var operand = unifier.resolved(check(parts[0]))
        check(parts[1])
        guard case .literal(.string(let field)) = syntax[parts[1]].kind else { return .optional(.dyn) }
        if case .opaque(CELOptional.typeName, let inner) = operand, inner.count == 1 {
            operand = unifier.resolved(inner[0])
        }
        return .optional(fieldType(field, of: operand, at: parts[1]))
    }

    /// `?x` in a list or a map: what is in the optional.
    private mutating func optionalPart(_ part: CELSyntax.ID) -> CELType {
        let type = check(part)
        let inner = unifier.fresh()
        if !unifier.accept([type], as: [.optional(inner)]) {
            report("what follows '?' is an optional value, not \(shown(type))", at: part)
        }
        return unifier.resolved(inner)
    }

    private mutating func resolve(
        _ name: String, _ written: String, _ operands: [CELSyntax.ID], isMember: Bool, at id: CELSyntax.ID
    ) -> CELType {
        let given = operands.map { unifier.resolved(check($0)) }
        let signatures = environment.signatures(of: name)
        guard !signatures.isEmpty else {
            let known = environment.functionNames.filter { $0.first?.isLetter == true }
            report("no function is called '\(written)'", hint: didYouMean(written, among: known), atNameOf: id)
            return .dyn
        }
        var results: [CELType] = []
        for signature in signatures where signature.isMember == isMember {
            let instance = unifier.instantiate(signature)
            if unifier.accept(given, as: instance.parameters) { results.append(unifier.resolved(instance.result)) }
        }
        guard let first = results.first else {
            report(
                mismatch(written, given, isMember: isMember),
                hint: advice(written, given, signatures, isMember), atNameOf: id)
            return .dyn
        }
        return results.allSatisfy { $0 == first } ? first : .dyn
    }

    private func mismatch(_ function: String, _ given: [CELType], isMember: Bool) -> String {
        let shownTypes = given.map { shown($0) }
        switch Operators.symbol(of: function) {
        case let symbol? where given.count == 2:
            return "'\(symbol)' does not join \(shownTypes[0]) and \(shownTypes[1])"
        case let symbol?: return "'\(symbol)' does not apply to \(shownTypes.joined(separator: ", "))"
        case nil where isMember:
            let arguments = shownTypes.dropFirst().joined(separator: ", ")
            return "\(shownTypes.first ?? "").\(function)(\(arguments)) does not exist"
        case nil: return "\(function)(\(shownTypes.joined(separator: ", "))) does not exist"
        }
    }

    private func advice(
        _ function: String, _ given: [CELType], _ signatures: [Signature], _ isMember: Bool
    ) -> String? {
        if let symbol = Operators.symbol(of: function) {
            let isNumeric = given.allSatisfy { [.int, .uint, .double].contains($0) }
            if isNumeric, given.count == 2 { return "convert one side: int(x), uint(x) or double(x)" }
            if let conversion = Self.conversion(given) { return conversion }
            let isEquality = symbol == "==" || symbol == "!="
            if isEquality { return "values of different types are never equal; wrap one in dyn() if that is meant" }
            return given == [.int, .string] || given == [.string, .int] ? "convert one side: int(x) or string(x)" : nil
        }
        let forms = signatures.prefix(3).map { signature in
            let types = signature.parameters.map(\.description)
            return signature.isMember
                ? "\(types.first ?? "").\(function)(\(types.dropFirst().joined(separator: ", ")))"
                : "\(function)(\(types.joined(separator: ", ")))"
        }
        return "it takes " + forms.joined(separator: ", ") + (signatures.count > 3 ? ", …" : "")
    }
}

extension Checker {
    /// What makes a text comparable with what is not one.
    fileprivate static func conversion(_ given: [CELType]) -> String? {
        guard given.count == 2, given.contains(.string) else { return nil }
        switch given[0] == .string ? given[1] : given[0] {
        case .timestamp: return "write the time as timestamp('2026-01-31T00:00:00Z')"
        case .duration: return "write the span as duration('36h')"
        case .bool: return "write true or false without quotes"
        default: return nil
        }
    }
}

extension CELEnvironment {
    /// Every way to call a function of that name, the standard ones first.
    func signatures(of name: String) -> [Signature] {
        let own = (functions[name] ?? []).map { Signature($0.parameters, $0.result, isMember: $0.isMember) }
        return (builtIn[name] ?? []) + own
    }

    var functionNames: [String] { functions.keys.sorted() + builtIn.keys.sorted() }
}

/// How operators are written.
enum Operators {
    /// `+` for `_+_`, or nil for a function with a name.
    static func symbol(of function: String) -> String? {
        switch function {
        case "@in": "in"
        case "_[_]": "[]"
        case "_?_:_": "?:"
        case "!_": "!"
        case "-_": "-"
        default: function.hasPrefix("_") && function.hasSuffix("_") ? String(function.dropFirst().dropLast()) : nil
        }
    }
}
