extension CELProgram {
    /// The value of one part of the expression alone, for hosts that evaluate the rest in a faster way.
    ///
    /// - Parameters:
    ///   - part: a node of the syntax that is evaluated as such; a function's namespace is not.
    ///   - locals: the values of the variables of the macros around the part, the outermost first.
    package func evaluate(
        _ part: CELSyntax.ID, _ activation: any CELActivation, locals: [CELValue]
    ) -> CELOutcome {
        var evaluator = Evaluator(plan, activation)
        for (index, value) in locals.enumerated() where index < evaluator.locals.count {
            evaluator.locals[index] = value
        }
        return evaluator.run(part)
    }

    /// What one evaluation may cost.
    package var budget: Int { plan.limits.cost }

    /// What was done before any evaluation cost, in the same units.
    package var preparation: Int { plan.preparation }
}
