import CEL

extension PolicySet {
    /// Every expression of the documents.
    var expressions: [Expression] {
        let matches = retention.map(\.match) + access.map(\.match) + holds.map(\.match) + exceptions.map(\.match)
        let clocks = retention.compactMap { policy -> Expression? in
            guard case .custom(let expression) = policy.clock else { return nil }
            return expression
        }
        let validations = access.flatMap { policy in
            policy.variables.map(\.expression)
                + policy.validations.flatMap { [$0.expression, $0.messageExpression].compactMap(\.self) }
        }
        return matches.compactMap(\.condition) + clocks + validations
    }
}

extension CELProgram {
    /// Whether the expression counts from an instant that is compiled into it.
    var callsAge: Bool {
        var calls = false
        syntax.walk { _, node in
            if case .call("age", _, _) = node.kind { calls = true }
            return !calls
        }
        return calls
    }
}
