extension Parser {
    /// A call, or what the macro of that name and number of arguments stands for.
    mutating func call(
        _ name: String, receiver: CELSyntax.ID?, _ arguments: [CELSyntax.ID], from start: Int, named range: Range<Int>
    ) -> CELSyntax.ID {
        if let receiver, let macro = macro(name, receiver, arguments.count) {
            if macro.namespace == nil { return comprehension(macro, over: receiver, arguments, from: start) }
            return comprehension(macro, over: arguments[1], arguments, from: start)
        }
        if receiver == nil, name == "has", arguments.count == 1 { return presence(of: arguments[0], from: start) }
        return add(.call(function: name, receiver: receiver, arguments: arguments), from: start, named: range)
    }

    private func macro(_ name: String, _ receiver: CELSyntax.ID, _ count: Int) -> Macro? {
        macros.first { macro in
            guard macro.name == name, macro.arguments == count else { return false }
            guard let namespace = macro.namespace else { return true }
            if case .identifier(namespace) = syntax[receiver].kind { return true }
            return false
        }
    }

    private mutating func comprehension(
        _ macro: Macro, over range: CELSyntax.ID, _ arguments: [CELSyntax.ID], from start: Int
    ) -> CELSyntax.ID {
        var variables: [String] = []
        for argument in arguments.prefix(macro.variables) {
            guard case .identifier(let name) = syntax[argument].kind, !name.hasPrefix("."), !variables.contains(name)
            else {
                report(complaint(about: macro, variables), hint: example(of: macro), at: syntax[argument].range)
                return nodeAfterError()
            }
            variables.append(name)
        }
        let isPredicate = [.all, .exists, .existsOne, .filter].contains(macro.operation)
        let parts = macro.namespace == nil ? Array(arguments.dropFirst(variables.count)) : [arguments[2]]
        return add(
            .comprehension(
                CELSyntax.Comprehension(
                    operation: macro.operation, range: range, variable: variables[0],
                    secondVariable: variables.count > 1 ? variables[1] : nil,
                    condition: isPredicate || parts.count > 1 ? parts.first : nil,
                    transform: isPredicate ? nil : parts.last)), from: start)
    }

    private func complaint(about macro: Macro, _ variables: [String]) -> String {
        let name = macro.operation.rawValue
        guard let first = variables.first else { return "the first argument of \(name) is the name of a variable" }
        return "the second argument of \(name) is the name of another variable than '\(first)'"
    }

    private func example(of macro: Macro) -> String {
        if macro.namespace != nil { return "as in \(macro.fullName)(x, 1 + 2, x * x)" }
        return "as in list.\(macro.operation.rawValue)(\(macro.variables == 1 ? "x, x > 0" : "i, x, x > i"))"
    }

    private mutating func presence(of argument: CELSyntax.ID, from start: Int) -> CELSyntax.ID {
        guard case .select(let operand, let field, isTest: false) = syntax[argument].kind else {
            report("has() asks for a field, as in has(a.b)", at: syntax[argument].range)
            return nodeAfterError()
        }
        return add(
            .select(operand: operand, field: field, isTest: true), from: start, named: syntax[argument].name)
    }
}
