extension Parser {
    /// A call, or what the macro of that name and number of arguments stands for.
    mutating func call(
        _ name: String, receiver: CELSyntax.ID?, _ arguments: [CELSyntax.ID], from start: Int
    ) -> CELSyntax.ID {
        if let receiver, let operation = Parser.macros[name]?[arguments.count] {
            return comprehension(operation, over: receiver, arguments, from: start)
        }
        if receiver == nil, name == "has", arguments.count == 1 { return presence(of: arguments[0], from: start) }
        return add(.call(function: name, receiver: receiver, arguments: arguments), from: start)
    }

    private static let macros: [String: [Int: CELSyntax.Comprehension.Operation]] = [
        "all": [2: .all], "exists": [2: .exists], "exists_one": [2: .existsOne], "existsOne": [2: .existsOne],
        "map": [2: .map, 3: .map], "filter": [2: .filter],
    ]

    private mutating func comprehension(
        _ operation: CELSyntax.Comprehension.Operation, over range: CELSyntax.ID, _ arguments: [CELSyntax.ID],
        from start: Int
    ) -> CELSyntax.ID {
        guard case .identifier(let variable) = syntax[arguments[0]].kind, !variable.hasPrefix(".") else {
            report(
                "the first argument of \(operation.rawValue) is the name of a variable",
                hint: "as in list.\(operation.rawValue)(x, x > 0)", at: syntax[arguments[0]].range)
            return placeholder()
        }
        let transforms = operation == .map
        return add(
            .comprehension(
                CELSyntax.Comprehension(
                    operation: operation, range: range, variable: variable,
                    condition: transforms ? (arguments.count == 3 ? arguments[1] : nil) : arguments[1],
                    transform: transforms ? arguments[arguments.count - 1] : nil)), from: start)
    }

    private mutating func presence(of argument: CELSyntax.ID, from start: Int) -> CELSyntax.ID {
        guard case .select(let operand, let field, isTest: false) = syntax[argument].kind else {
            report("has() asks for a field, as in has(a.b)", at: syntax[argument].range)
            return placeholder()
        }
        return add(.select(operand: operand, field: field, isTest: true), from: start)
    }
}
