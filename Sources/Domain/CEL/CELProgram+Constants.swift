extension CELProgram {
    /// The value of a part that depends on no variable, as far as it was known when the program was compiled.
    public func constant(at id: CELSyntax.ID) -> CELValue? {
        if case .literal(let value) = syntax[id].kind { return value }
        return plan.constant(at: id)
    }
}
