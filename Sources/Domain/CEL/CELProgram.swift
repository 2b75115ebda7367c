/// A compiled expression. It never changes, and may be evaluated on many threads at once.
public struct CELProgram: Sendable {
    /// The expression as it was written.
    public let syntax: CELSyntax
    /// The type of its value, as far as declarations tell.
    public let type: CELType
    /// The type of each node of the syntax, by number.
    public let types: [CELType]
    /// What is allowed but cannot be meant, such as a part that always fails.
    public let warnings: [CELDiagnostic]
    let plan: Plan

    init(_ syntax: CELSyntax, _ findings: Checker.Findings, in environment: CELEnvironment) {
        let (plan, failures) = Planner.plan(syntax, findings, in: environment)
        self.plan = plan
        self.syntax = syntax
        types = findings.types
        type = findings.types[syntax.root]
        warnings = failures.prefix(CELDiagnostic.limit).map { failure in
            let message = "this always fails: \(failure.error.message)"
            return CELDiagnostic(message, range: syntax[failure.id].range, in: syntax.source)
        }
    }

    /// The value of the expression for these variables.
    public func evaluate(_ activation: any CELActivation) -> CELOutcome {
        var evaluator = Evaluator(plan, activation)
        return evaluator.run(plan.root)
    }

    /// The value, and on the way each part's result in the order in which they are known, for explanations.
    ///
    /// Parts that depend on no variable were answered when the program was compiled, and are seen only as wholes.
    public func evaluate(
        _ activation: any CELActivation, observing observer: (CELSyntax.ID, CELResult) -> Void
    ) -> CELOutcome {
        withoutActuallyEscaping(observer) { observer in
            var evaluator = Evaluator(plan, activation)
            evaluator.observer = observer
            return evaluator.run(plan.root)
        }
    }
}

extension CELEnvironment {
    /// Compiles an expression.
    ///
    /// - Parameters:
    ///   - expected: the type that its value must have, or nil for any.
    ///   - isChecked: false to leave what the checker would refuse to fail when it is evaluated.
    /// - Throws: `CELCompileError` with everything that is wrong with the expression.
    public func compile(
        _ text: String, expecting expected: CELType? = nil, isChecked: Bool = true
    ) throws(CELCompileError) -> CELProgram {
        let syntax = try Parser.parse(CELSource(text), in: self)
        let findings = Checker.check(syntax, in: self)
        var diagnostics = isChecked ? findings.diagnostics : []
        var unifier = Unifier()
        let type = findings.types[syntax.root]
        if diagnostics.isEmpty, isChecked, let expected, !unifier.accept([type], as: [expected]) {
            let message = "the expression gives \(type), and \(expected) is needed"
            diagnostics.append(CELDiagnostic(message, range: syntax[syntax.root].range, in: syntax.source))
        }
        guard diagnostics.isEmpty else { throw CELCompileError(diagnostics: diagnostics) }
        return CELProgram(syntax, findings, in: self)
    }
}
