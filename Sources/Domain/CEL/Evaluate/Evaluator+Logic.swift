extension Evaluator {
    /// `&&` is decided by a false term, `||` by a true one, whatever the others are; errors before it are absorbed.
    mutating func decide(_ terms: Operation.Operands, by decisive: Bool) -> CELResult {
        var failure: CELError?
        for index in terms.range {
            switch condition(plan.tables.operands[index]) {
            case .success(decisive):
                absorb(failure)
                return .success(.bool(decisive))
            case .success: break
            case .failure(let error): keep(error, in: &failure)
            }
        }
        return failure.map { .failure($0) } ?? .success(.bool(!decisive))
    }

    /// `a ? b : c`: only one of the two is looked at.
    mutating func choose(_ parts: Operation.Operands) -> CELResult {
        let first = parts.range.lowerBound
        return switch condition(plan.tables.operands[first]) {
        case .success(let flag): evaluate(plan.tables.operands[first + (flag ? 1 : 2)])
        case .failure(let error): .failure(error)
        }
    }

    /// A node's truth. What is no truth value is an error.
    mutating func condition(_ id: Int) -> Result<Bool, CELError> {
        switch evaluate(id) {
        case .success(.bool(let flag)): .success(flag)
        case .success(let value): .failure(notBool(value, at: id))
        case .failure(let error): .failure(error)
        }
    }

    private func notBool(_ value: CELValue, at id: Int) -> CELError {
        CELError(.noMatchingOverload, "a condition is bool, this is \(value.type.name)", at: plan.ranges[id])
    }

    /// Of two errors the first stays; but an unknown outweighs what merely failed. The other gives way.
    mutating func keep(_ error: CELError, in kept: inout CELError?) {
        guard let first = kept else {
            kept = error
            return
        }
        let isGraver = first.code != .unknown && error.code == .unknown
        absorb(isGraver ? first : error)
        if isGraver { kept = error }
    }
}
