internal import CEL
internal import Policies

/// Finds the smallest part of a condition that keeps it from holding: down through `&&`, where one part is enough.
struct FailingPart {
    private let program: CELProgram
    private var results: [CELSyntax.ID: CELResult] = [:]

    /// The part, or nil where the condition holds.
    static func find(_ program: CELProgram, _ activation: any CELActivation) -> CELSyntax.ID? {
        var part = FailingPart(program: program)
        var results: [CELSyntax.ID: CELResult] = [:]
        let outcome = program.evaluate(activation) { id, result in results[id] = result }
        guard outcome.condition != true else { return nil }
        part.results = results
        return part.descend(program.syntax.root, isError: outcome.condition == nil)
    }

    private init(program: CELProgram) { self.program = program }

    private func descend(_ id: CELSyntax.ID, isError: Bool) -> CELSyntax.ID {
        if case .comprehension(let binding) = program.syntax[id].kind, binding.operation == .bind,
            let value = binding.transform, isError ? fails(value) : isFalse(value)
        {
            return descend(value, isError: isError)
        }
        guard case .call("_&&_", nil, let parts) = program.syntax[id].kind,
            let part = parts.first(where: { isError ? fails($0) : isFalse($0) })
        else { return id }
        return descend(part, isError: isError)
    }

    private func isFalse(_ id: CELSyntax.ID) -> Bool {
        guard case .success(.bool(false))? = results[id] else { return false }
        return true
    }

    private func fails(_ id: CELSyntax.ID) -> Bool {
        guard case .failure? = results[id] else { return false }
        return true
    }
}

/// A part of a condition as an explanation shows it: its text, which holds no value of any record, and where it stands.
struct ShownPart {
    let text: String
    let place: SourceLocation

    init(_ id: CELSyntax.ID, of expression: Expression) {
        let syntax = expression.program.syntax
        text = syntax.text(of: id).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        place = expression.place(of: syntax[id].range.lowerBound)
    }
}
