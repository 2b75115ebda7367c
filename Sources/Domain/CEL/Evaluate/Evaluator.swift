internal import Patterns

/// One evaluation of a plan.
struct Evaluator {
    let plan: Plan
    private let activation: any CELActivation
    var meter: CELMeter
    var locals: [CELValue]
    private var absorbed: [CELError] = []
    var observer: ((CELSyntax.ID, CELResult) -> Void)?

    init(_ plan: Plan, _ activation: any CELActivation, limits: CELLimits? = nil) {
        self.plan = plan
        self.activation = activation
        meter = CELMeter(limits ?? plan.limits)
        locals = plan.locals == 0 ? [] : Array(repeating: .null, count: plan.locals)
    }

    mutating func run(_ root: Int) -> CELOutcome {
        let result = evaluate(root)
        // An operator may have absorbed the error of an exhausted budget; the evaluation as a whole must not.
        let final = isExhausted ? exhaustion(at: root) : result
        return CELOutcome(result: final, absorbed: absorbed, cost: meter.total)
    }

    mutating func evaluate(_ id: Int) -> CELResult {
        charge(1)
        guard !isExhausted else { return exhaustion(at: id) }
        guard observer != nil else { return perform(id) }
        let result = perform(id)
        observer?(id, result)
        return result
    }

    private mutating func perform(_ id: Int) -> CELResult {
        switch plan.tables.operations[id] {
        case .constant(let index): .success(plan.tables.constants[index])
        case .variable(let slot): variable(slot, at: id)
        case .local(let index): .success(locals[index])
        case .failure(let index): .failure(plan.tables.failures[index].at(plan.ranges[id]))
        case .field(let operand, let access): field(operand, access, at: id)
        case .hasField(let operand, let access): hasField(operand, access, at: id)
        case .allOf(let terms): decide(terms, by: false)
        case .anyOf(let terms): decide(terms, by: true)
        case .conditional(let parts): choose(parts)
        case .unary(let function, let operand): unary(function, operand).blamed(on: id, in: plan)
        case .binary(let function, let left, let right): binary(function, left, right).blamed(on: id, in: plan)
        case .overloaded(let function, let operands, let functions):
            overloaded(function, operands, functions).blamed(on: id, in: plan)
        case .matches(let operand, let pattern): matches(operand, pattern).blamed(on: id, in: plan)
        case .localTimePart(let part, let operand, let zone): timePart(part, operand, zone).blamed(on: id, in: plan)
        case .host(let operands, let functions): callHost(operands, functions).blamed(on: id, in: plan)
        case .list(let elements): list(elements)
        case .map(let entries): map(entries, at: id)
        case .sparseList(let elements): sparseList(elements)
        case .sparseMap(let entries): sparseMap(entries, at: id)
        case .orElse(let first, let second, let unwraps): orElse(first, second, unwraps: unwraps)
        case .comprehension(let comprehension): comprehend(comprehension, at: id)
        }
    }

    private func variable(_ slot: Int, at id: Int) -> CELResult {
        switch activation.variable(at: slot) {
        case .value(let value): .success(value)
        case .absent: fail(.undeclared, "the variable has no value", at: id)
        case .unknown(let reason): fail(.unknown, reason, at: id)
        }
    }
}

// MARK: Cost and errors

extension Evaluator {
    mutating func charge(_ units: Int) { meter.charge(units) }

    var isExhausted: Bool { meter.isExhausted }

    func exhaustion(at id: Int) -> CELResult {
        let limits = meter.limits
        let message =
            if meter.cost > limits.cost {
                "the evaluation costs more than its budget of \(limits.cost) units"
            } else if meter.total > limits.total {
                "the evaluation and what it reads cost more than their budget of \(limits.total) units"
            } else {
                "the evaluation makes more than \(limits.memory) bytes of values"
            }
        return fail(.budget, message, at: id)
    }

    func fail(_ code: CELError.Code, _ message: String, at id: Int) -> CELResult {
        .failure(CELError(code, message, at: plan.ranges[id]))
    }

    mutating func absorb(_ error: CELError?) {
        guard let error, absorbed.count < CELOutcome.absorbedLimit,
            !absorbed.contains(where: { $0.range == error.range && $0.code == error.code })
        else { return }
        absorbed.append(error)
    }
}

extension CELResult {
    /// The result, with an error that names no place blamed on this node.
    func blamed(on id: Int, in plan: Plan) -> CELResult {
        guard case .failure(let error) = self, error.range == nil else { return self }
        return .failure(error.at(plan.ranges[id]))
    }

    /// No function of that name takes these.
    static func mismatch(_ function: String, _ operands: CELValue...) -> CELResult { mismatch(function, operands) }

    static func mismatch(_ function: String, _ operands: [CELValue]) -> CELResult {
        let types = operands.map(\.type.name).joined(separator: ", ")
        let name = Operators.symbol(of: function) ?? function
        return .failure(CELError(.noMatchingOverload, "'\(name)' does not apply to \(types)"))
    }
}
