internal import Patterns

/// Goes through a plan as the evaluator does, with sizes in the place of values.
struct Estimator {
    let plan: Plan
    let types: [CELType]
    let sizes: CELSizes
    let variables: [CELExtent?]
    var locals: [CELExtent]
    /// What each node that was looked at costs at most, each time that it is evaluated.
    private(set) var mostOfNode: [Units?]

    init(_ program: CELProgram, _ sizes: CELSizes) {
        plan = program.plan
        types = program.types
        self.sizes = sizes
        variables = program.plan.variables.map { sizes.variables[$0] }
        locals = Array(repeating: .anything, count: program.plan.locals)
        mostOfNode = Array(repeating: nil, count: program.types.count)
    }

    mutating func estimate(_ id: Int) -> Estimate {
        let result = estimated(id)
        mostOfNode[id] = result.most
        return result
    }

    private mutating func estimated(_ id: Int) -> Estimate {
        switch plan.tables.operations[id] {
        case .constant(let index): return CostPath.node.giving(CELExtent(of: plan.tables.constants[index]))
        case .local(let index): return CostPath.node.giving(locals[index])
        case .variable(let slot): return variable(slot, id)
        case .failure: return Estimate(value: nil, failure: Units(own: 1), most: Units(own: 1), extent: .scalar)
        case .field(let operand, let access):
            return field(operand, plan.tables.fields[access].name, at: id)
        case .hasField(let operand, let access):
            var result = field(operand, plan.tables.fields[access].name, at: id)
            result.extent = .scalar
            return result
        case .allOf(let terms), .anyOf(let terms): return decision(terms)
        case .conditional(let parts): return choice(parts)
        case .unary(let function, let operand): return unary(function, operand)
        case .binary(.optionalSelect, let operand, let name): return optionalField(operand, name, at: id)
        case .binary(let function, let left, let right): return binary(function, left, right)
        case .overloaded(let function, let operands, let functions):
            return overloaded(function, operands, plan.tables.functions[functions])
        case .matches(let operand, let pattern): return matches(operand, plan.tables.patterns[pattern].size)
        case .localTimePart(_, let operand, _): return sequence([operand], giving: .scalar)
        case .host(let operands, let functions): return call(operands, plan.tables.functions[functions])
        case .list(let elements), .sparseList(let elements): return list(elements)
        case .map(let entries), .sparseMap(let entries): return map(entries)
        case .orElse(let first, let second, let unwraps): return fallback(first, second, unwraps: unwraps)
        case .comprehension(let comprehension): return estimate(comprehension)
        }
    }

    private func variable(_ slot: Int, _ id: Int) -> Estimate {
        var path = CostPath.node
        path.mayFail()
        let promised = variables.indices.contains(slot) ? variables[slot] : nil
        return path.giving(promised ?? CELExtent(types[id]))
    }

    /// Nodes one after the other, and then something that may fail and costs nothing.
    mutating func sequence(_ operands: [Int], giving extent: CELExtent) -> Estimate {
        var path = CostPath.node
        for operand in operands { path.follow(estimate(operand)) }
        path.mayFail()
        return path.giving(extent)
    }

    // MARK: Fields

    private mutating func field(_ operand: Int, _ name: String, at id: Int) -> Estimate {
        let value = estimate(operand)
        var path = CostPath.node
        path.follow(value)
        let field = field(name, of: value.extent, declared: types[id])
        // Where the value turns out to have no fields, nothing is read.
        path.mayFail()
        path.read(field.reading)
        path.mayFail()
        return path.giving(field.extent)
    }

    /// What a field of some value holds, and what it costs to read.
    func field(_ name: String, of extent: CELExtent, declared type: CELType) -> CELSizes.Field {
        switch extent {
        case .object(let typeName):
            sizes.fields[typeName]?[name] ?? CELSizes.Field(CELExtent(type))
        case .map(_, _, let values): CELSizes.Field(values)
        case .optional(let wrapped):
            optional(field(name, of: wrapped, declared: type.inOptional))
        case .anything:
            CELSizes.Field(.anything, reading: CELBounds(upTo: sizes.mostOfReading(name)))
        case .scalar, .text, .list: CELSizes.Field(.scalar)
        }
    }

    private func optional(_ field: CELSizes.Field) -> CELSizes.Field {
        // An optional that holds nothing is not looked into.
        CELSizes.Field(.optional(field.extent), reading: field.reading.orNone)
    }

    /// `operand.?name`, whose value is an optional whether the operand is one or not.
    mutating func optionalField(_ operand: Int, _ name: Int, at id: Int) -> Estimate {
        let value = estimate(operand)
        var path = CostPath.node
        path.follow(value)
        path.follow(estimate(name))
        path.mayFail()
        guard case .string(let name)? = plan.constant(at: name) else { return path.giving(.optional(.anything)) }
        let holder = if case .optional(let wrapped) = value.extent { wrapped } else { value.extent }
        let field = optional(field(name, of: holder, declared: types[id].inOptional))
        path.read(field.reading)
        path.mayFail()
        return path.giving(field.extent)
    }
}

extension CELType {
    /// What an optional of this type holds; any other type is itself.
    fileprivate var inOptional: CELType {
        guard case .opaque(CELOptional.typeName, let parts) = self, parts.count == 1 else { return self }
        return parts[0]
    }
}

extension CELSizes {
    /// The most that reading a field of that name costs, of whatever object it may be.
    fileprivate func mostOfReading(_ name: String) -> Int {
        fields.values.compactMap { $0[name]?.reading.most }.max() ?? 0
    }
}
