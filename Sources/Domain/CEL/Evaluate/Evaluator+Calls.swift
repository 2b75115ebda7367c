internal import Patterns

extension Evaluator {
    mutating func binary(_ function: BinaryFunction, _ left: Int, _ right: Int, _ overloads: [CELFunction]) -> CELResult
    {
        let first: CELValue
        let second: CELValue
        switch evaluate(left) {
        case .success(let value): first = value
        case .failure(let error): return .failure(error)
        }
        switch evaluate(right) {
        case .success(let value): second = value
        case .failure(let error): return .failure(error)
        }
        if let result = apply(function, first, second) { return result }
        return overloads.isEmpty
            ? .mismatch(function.rawValue, first, second) : callHost(overloads, [first, second])
    }

    private mutating func apply(_ function: BinaryFunction, _ left: CELValue, _ right: CELValue) -> CELResult? {
        switch function {
        case .equal: return areEqual(left, right).map { .bool($0) }
        case .notEqual: return areEqual(left, right).map { .bool(!$0) }
        case .less, .lessOrEqual, .greater, .greaterOrEqual: return compare(function, left, right)
        case .add: return add(left, right)
        case .subtract: return Arithmetic.subtract(left, right)
        case .multiply: return Arithmetic.multiply(left, right)
        case .divide: return Arithmetic.divide(left, right)
        case .modulo: return Arithmetic.modulo(left, right)
        case .index: return element(of: left, at: right)
        case .isIn: return contains(right, left)
        case .contains, .startsWith, .endsWith, .matches: return search(function, left, right)
        default:
            guard let part = TimePart(rawValue: function.rawValue), case .string(let name) = right else { return nil }
            guard let zone = ClockZone(name) else {
                return .failure(CELError(.invalidArgument, "no time zone is called '\(name)'"))
            }
            return Times.part(part, of: left, in: zone)
        }
    }

    private mutating func search(_ function: BinaryFunction, _ left: CELValue, _ right: CELValue) -> CELResult? {
        guard case .string(let text) = left, case .string(let part) = right else { return nil }
        switch function {
        case .startsWith:
            charge(part.utf8.count / 10)
            return .success(.bool(text.utf8.starts(with: part.utf8)))
        case .endsWith:
            charge(part.utf8.count / 10)
            return .success(.bool(text.utf8.reversed().starts(with: part.utf8.reversed())))
        case .contains:
            charge((text.utf8.count / 10 + 1) * (part.utf8.count / 10 + 1) - 1)
            guard !isExhausted else { return .success(.bool(false)) }
            return .success(.bool(Text.contains(text, part)))
        default:
            charge(part.utf8.count)
            do throws(PatternError) {
                return matches(left, try Pattern(part))
            } catch {
                return .failure(CELError(.invalidArgument, error.description))
            }
        }
    }

    mutating func matches(_ value: CELValue, _ pattern: Pattern) -> CELResult {
        guard case .string(let text) = value else { return .mismatch("matches", value, .string(pattern.text)) }
        charge((text.utf8.count / 10 + 1) * (pattern.text.utf8.count / 4 + 1) - 1)
        guard !isExhausted else { return .success(.bool(false)) }
        do throws(PatternError) {
            return .success(.bool(try pattern.matches(text)))
        } catch {
            return .failure(CELError(.host, error.description))
        }
    }

    mutating func callHost(_ functions: [CELFunction], _ operands: [Int]) -> CELResult {
        if operands.count == 1 {
            return given(operands[0]) { evaluator, value in evaluator.callHost(functions, value) }
        }
        var values: [CELValue] = []
        values.reserveCapacity(operands.count)
        for operand in operands {
            switch evaluate(operand) {
            case .success(let value): values.append(value)
            case .failure(let error): return .failure(error)
            }
        }
        return callHost(functions, values)
    }

    private mutating func callHost(_ functions: [CELFunction], _ value: CELValue) -> CELResult {
        for function in functions where function.parameters[0].admits(value) {
            if case .unary(let body) = function.body { return body(value) }
            return callHost([function], [value])
        }
        guard let name = functions.first?.name, let standard = UnaryFunction(rawValue: name) else {
            return .mismatch(functions.first?.name ?? "", value)
        }
        return apply(standard, value)
    }

    private func callHost(_ functions: [CELFunction], _ values: [CELValue]) -> CELResult {
        let fitting = functions.first { function in
            function.parameters.count == values.count && zip(function.parameters, values).allSatisfy { $0.admits($1) }
        }
        switch fitting?.body {
        case .unary(let body) where values.count == 1: return body(values[0])
        case .binary(let body) where values.count == 2: return body(values[0], values[1])
        case .variadic(let body): return body(values)
        default: return .mismatch(functions.first?.name ?? "", values)
        }
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
        case (.object(let name), .object(let object)): object.objectType.name == name
        case (.opaque(let name), .opaque(let opaque)): opaque.typeName == name
        default: false
        }
    }
}
