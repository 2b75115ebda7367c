internal import Patterns

extension Evaluator {
    mutating func unary(_ function: UnaryFunction, _ operand: Int) -> CELResult {
        switch evaluate(operand) {
        case .success(.string(let text)) where function.reads:
            meter.charge(text.utf8.count / 10) ? apply(function, .string(text)) : exhaustion(at: operand)
        case .success(let value): apply(function, value)
        case .failure(let error): .failure(error)
        }
    }

    mutating func binary(_ function: BinaryFunction, _ left: Int, _ right: Int) -> CELResult {
        switch evaluate(left) {
        case .failure(let error): return .failure(error)
        case .success(let first):
            switch evaluate(right) {
            case .failure(let error): return .failure(error)
            case .success(let second):
                return apply(function, first, second) ?? .mismatch(function.rawValue, first, second)
            }
        }
    }

    /// The standard function where it takes the operands, else the host's.
    mutating func overloaded(_ function: BinaryFunction, _ operands: Operation.Operands, _ functions: Int) -> CELResult
    {
        switch values(operands) {
        case .failure(let error): .failure(error)
        case .success(let values): apply(function, values[0], values[1]) ?? callHost(functions, values)
        }
    }

    private mutating func apply(_ function: BinaryFunction, _ left: CELValue, _ right: CELValue) -> CELResult? {
        switch function {
        case .equal: areEqual(left, right).map { .bool($0) }
        case .notEqual: areEqual(left, right).map { .bool(!$0) }
        case .less, .lessOrEqual, .greater, .greaterOrEqual: compare(function, left, right)
        case .add: add(left, right)
        case .subtract: Arithmetic.subtract(left, right)
        case .multiply: Arithmetic.multiply(left, right)
        case .divide: Arithmetic.divide(left, right)
        case .modulo: Arithmetic.modulo(left, right)
        case .index: element(of: left, at: right)
        case .optionalIndex: optionalElement(of: left, at: right)
        case .optionalSelect: optionalField(of: left, right)
        case .isIn: contains(right, left)
        case .contains, .startsWith, .endsWith, .matches: search(function, left, right)
        default: timePart(function, left, right)
        }
    }
}

// MARK: Functions of the host

extension Evaluator {
    mutating func callHost(_ operands: Operation.Operands, _ functions: Int) -> CELResult {
        if operands.count == 1 {
            switch evaluate(plan.tables.operands[operands.range.lowerBound]) {
            case .success(let value): return callHost(functions, value)
            case .failure(let error): return .failure(error)
            }
        }
        switch values(operands) {
        case .success(let values): return callHost(functions, values)
        case .failure(let error): return .failure(error)
        }
    }

    private mutating func callHost(_ functions: Int, _ value: CELValue) -> CELResult {
        for function in plan.tables.functions[functions] where function.parameters[0].admits(value) {
            if case .unary(let body) = function.body { return body(value) }
            return callHost(functions, [value])
        }
        let name = plan.tables.functions[functions].first?.name ?? ""
        return UnaryFunction(rawValue: name).map { apply($0, value) } ?? .mismatch(name, value)
    }

    private mutating func callHost(_ functions: Int, _ values: [CELValue]) -> CELResult {
        let candidates = plan.tables.functions[functions]
        let fitting = candidates.first { zip($0.parameters, values).allSatisfy { $0.admits($1) } }
        switch fitting?.body {
        case .unary(let body) where values.count == 1: return body(values[0])
        case .binary(let body) where values.count == 2: return body(values[0], values[1])
        case .variadic(let body): return body(values)
        case .metered(let body): return body(values, &meter)
        default: return .mismatch(candidates.first?.name ?? "", values)
        }
    }

    /// The values of several nodes, or the first error among them.
    mutating func values(_ operands: Operation.Operands) -> Result<[CELValue], CELError> {
        var values: [CELValue] = []
        values.reserveCapacity(Int(operands.count))
        for index in operands.range {
            switch evaluate(plan.tables.operands[index]) {
            case .success(let value): values.append(value)
            case .failure(let error): return .failure(error)
            }
        }
        return .success(values)
    }
}

extension CELType {
    /// Whether a parameter of this type takes the value. What a list or a map holds is left to the function.
    func admits(_ value: CELValue) -> Bool {
        switch (self, value) {
        case (.dyn, _), (.parameter, _), (.null, .null), (.bool, .bool), (.int, .int), (.uint, .uint),
            (.double, .double),
            (.string, .string), (.bytes, .bytes), (.timestamp, .timestamp), (.duration, .duration), (.list, .list),
            (.map, .map), (.type, .type):
            true
        case (.object(let name), .object(let object)): object.source.objectType.name == name
        case (.opaque(let name, _), .opaque(let opaque)): opaque.typeName == name
        default: false
        }
    }
}
