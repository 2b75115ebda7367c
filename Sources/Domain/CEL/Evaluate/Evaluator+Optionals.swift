extension Evaluator {
    /// What a field of the value in an optional holds, in an optional; fields of nothing are nothing.
    mutating func chained(_ optional: CELOptional, _ access: FieldAccess, at id: Int) -> CELResult {
        switch field(of: optional, access.name) {
        case .value(let value): .success(.optional(value))
        case .absent:
            switch optional.value {
            case nil, .map, .object: .success(.optional(nil))
            case .some(let value): fail(.noMatchingOverload, "\(value.type.name) has no fields", at: id)
            }
        case .unknown(let reason): fail(.unknown, reason, at: id)
        }
    }

    /// A field of the value in an optional; absent where there is none, or where the value has no fields.
    mutating func field(of optional: CELOptional, _ name: String) -> CELLookup {
        switch optional.value {
        case .map(let map): map.value(named: name)
        case .object(let object):
            object.source.objectType.index(of: name).map { read($0, of: object) } ?? .absent
        default: .absent
        }
    }

    /// `operand.?field`.
    mutating func optionalField(of operand: CELValue, _ name: CELValue) -> CELResult? {
        guard case .string(let name) = name else { return nil }
        let optional: CELOptional
        switch operand {
        case .opaque(let operand as CELOptional): optional = operand
        case .map, .object: optional = CELOptional(operand)
        default: return nil
        }
        switch optional.value {
        case nil, .map, .object: return wrapped(field(of: optional, name))
        default: return nil
        }
    }

    /// `container[?key]`.
    func optionalElement(of container: CELValue, at key: CELValue) -> CELResult? {
        switch container {
        case .map(let map): return wrapped(map.value(for: key))
        case .list(let list):
            guard let index = Numbers.index(key) else { return nil }
            return wrapped(list.element(at: index))
        case .opaque(let optional as CELOptional):
            guard let container = optional.value else { return .success(.optional(nil)) }
            return optionalElement(of: container, at: key)
        default: return nil
        }
    }

    private func wrapped(_ lookup: CELLookup) -> CELResult {
        switch lookup {
        case .value(let value): .success(.optional(value))
        case .absent: .success(.optional(nil))
        case .unknown(let reason): .failure(CELError(.unknown, reason))
        }
    }

    mutating func orElse(_ first: Int, _ second: Int, unwraps: Bool) -> CELResult {
        switch evaluate(first) {
        case .failure(let error): return .failure(error)
        case .success(.opaque(let optional as CELOptional)):
            guard let value = optional.value else { return evaluate(second) }
            return .success(unwraps ? value : .opaque(optional))
        case .success(let value):
            let message = "only optionals have \(unwraps ? "orValue" : "or"), this is \(value.type.name)"
            return fail(.noMatchingOverload, message, at: first)
        }
    }

    /// `optMap` and `optFlatMap`: what is in the optional, put through an expression.
    mutating func transform(_ optional: CELValue, _ comprehension: Operation.Comprehension, at id: Int) -> CELResult {
        guard case .opaque(let optional as CELOptional) = optional else {
            let message = "\(comprehension.operation.rawValue) is for optional values, not \(optional.type.name)"
            return fail(.noMatchingOverload, message, at: Int(comprehension.range))
        }
        guard let value = optional.value else { return .success(.optional(nil)) }
        locals[Int(comprehension.local)] = value
        switch evaluate(Int(comprehension.transform)) {
        case .failure(let error): return .failure(error)
        case .success(let result) where comprehension.operation == .optMap: return .success(.optional(result))
        case .success(.opaque(let result as CELOptional)): return .success(.opaque(result))
        case .success(let result):
            let message = "optFlatMap wants an optional value, not \(result.type.name)"
            return fail(.noMatchingOverload, message, at: Int(comprehension.transform))
        }
    }
}

// MARK: Lists and maps with optional parts

extension Evaluator {
    /// The value of a part; nil where it is an empty optional behind a question mark.
    private mutating func part(_ operand: Int) -> Result<CELValue?, CELError> {
        guard operand < 0 else { return evaluate(operand).map { $0 } }
        switch evaluate(~operand) {
        case .failure(let error): return .failure(error)
        case .success(.opaque(let optional as CELOptional)): return .success(optional.value)
        case .success(let value):
            let message = "what follows '?' is an optional value, not \(value.type.name)"
            return .failure(CELError(.noMatchingOverload, message, at: plan.ranges[~operand]))
        }
    }

    mutating func sparseList(_ elements: Operation.Operands) -> CELResult {
        meter.allocate(bytes: Int(elements.count) * Footprint.element)
        var values: [CELValue] = []
        for index in elements.range {
            switch part(plan.tables.operands[index]) {
            case .success(let value): if let value { values.append(value) }
            case .failure(let error): return .failure(error)
            }
        }
        return .success(.list(CELList(values)))
    }

    mutating func sparseMap(_ entries: Operation.Operands, at id: Int) -> CELResult {
        meter.allocate(bytes: Int(entries.count) / 2 * Footprint.entry)
        var parts: [CELValue] = []
        for index in stride(from: entries.range.lowerBound, to: entries.range.upperBound - 1, by: 2) {
            let key: CELValue
            switch evaluate(plan.tables.operands[index]) {
            case .success(let value): key = value
            case .failure(let error): return .failure(error)
            }
            switch part(plan.tables.operands[index + 1]) {
            case .success(let value): if let value { parts += [key, value] }
            case .failure(let error): return .failure(error)
            }
        }
        return map(parts, at: id)
    }
}
