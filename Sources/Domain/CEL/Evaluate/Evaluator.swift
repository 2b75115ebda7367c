internal import Patterns

/// One evaluation of a program.
struct Evaluator {
    private let operations: [Operation]
    private let ranges: [Range<Int>]
    private let activation: any CELActivation
    private let budget: Int
    private var cost = 0
    var locals: [CELValue]
    private var absorbed: [CELError] = []
    var observer: ((CELSyntax.ID, CELResult) -> Void)?

    init(operations: [Operation], ranges: [Range<Int>], locals: Int, budget: Int, activation: any CELActivation) {
        self.operations = operations
        self.ranges = ranges
        self.activation = activation
        self.budget = budget
        self.locals = locals == 0 ? [] : Array(repeating: .null, count: locals)
    }

    mutating func run(_ root: Int) -> CELOutcome {
        let result = evaluate(root)
        // An operator may have absorbed the error of an exhausted budget; the evaluation as a whole must not.
        let final = isExhausted ? exhaustion(at: root) : result
        return CELOutcome(result: final, absorbed: absorbed, cost: cost)
    }

    mutating func evaluate(_ id: Int) -> CELResult {
        charge(1)
        guard !isExhausted else { return exhaustion(at: id) }
        let result = perform(id)
        observer?(id, result)
        return result
    }

    private mutating func perform(_ id: Int) -> CELResult {
        switch operations[id] {
        case .constant(let value): .success(value)
        case .variable(let slot):
            found(activation.variable(at: slot), else: .undeclared, "the variable has no value", at: id)
        case .local(let index): .success(locals[index])
        case .failure(let error): .failure(error.at(ranges[id]))
        case .field(let operand, let access): field(operand, access, at: id)
        case .hasField(let operand, let access): hasField(operand, access, at: id)
        case .allOf(let terms): decide(terms, by: false)
        case .anyOf(let terms): decide(terms, by: true)
        case .conditional(let condition, let chosen, let otherwise): choose(condition, chosen, otherwise)
        case .unary(let function, let operand):
            given(operand) { evaluator, value in evaluator.apply(function, value) }.blamed(on: ranges[id])
        case .binary(let function, let left, let right, let overloads):
            binary(function, left, right, overloads).blamed(on: ranges[id])
        case .matches(let operand, let pattern):
            given(operand) { evaluator, value in evaluator.matches(value, pattern) }.blamed(on: ranges[id])
        case .localTimePart(let part, let operand, let zone):
            given(operand) { _, value in Times.part(part, of: value, in: zone) }.blamed(on: ranges[id])
        case .host(let functions, let operands): callHost(functions, operands).blamed(on: ranges[id])
        case .list(let elements): list(elements)
        case .map(let entries): map(entries, at: id)
        case .comprehension(let comprehension, let local): comprehend(comprehension, local, at: id)
        }
    }
}

// MARK: Cost and errors

extension Evaluator {
    mutating func charge(_ units: Int) { cost = min(cost &+ units, Int.max / 2) }

    var isExhausted: Bool { cost > budget }

    func exhaustion(at id: Int) -> CELResult {
        .failure(CELError(.budget, "the evaluation costs more than its budget of \(budget)", at: ranges[id]))
    }

    func rangeOf(_ id: Int) -> Range<Int> { ranges[id] }

    func fail(_ code: CELError.Code, _ message: String, at id: Int) -> CELResult {
        .failure(CELError(code, message, at: ranges[id]))
    }

    func found(_ lookup: CELLookup, else code: CELError.Code, _ message: @autoclosure () -> String, at id: Int)
        -> CELResult
    {
        switch lookup {
        case .value(let value): .success(value)
        case .absent: fail(code, message(), at: id)
        case .unknown(let reason): fail(.unknown, reason, at: id)
        }
    }

    mutating func absorb(_ error: CELError?) {
        guard let error, absorbed.count < CELOutcome.absorbedLimit else { return }
        absorbed.append(error)
    }

    /// Calls the body with an operand's value, or passes the operand's error on.
    mutating func given(_ operand: Int, _ body: (inout Evaluator, CELValue) -> CELResult) -> CELResult {
        switch evaluate(operand) {
        case .success(let value): body(&self, value)
        case .failure(let error): .failure(error)
        }
    }
}

extension CELResult {
    /// The result, with an error that names no place blamed on this one.
    func blamed(on range: Range<Int>) -> CELResult {
        guard case .failure(let error) = self, error.range == nil else { return self }
        return .failure(error.at(range))
    }

    /// No function of that name takes these.
    static func mismatch(_ function: String, _ operands: CELValue...) -> CELResult {
        mismatch(function, operands)
    }

    static func mismatch(_ function: String, _ operands: [CELValue]) -> CELResult {
        let types = operands.map(\.type.name).joined(separator: ", ")
        let name = Operators.symbol(of: function) ?? function
        return .failure(CELError(.noMatchingOverload, "'\(name)' does not apply to \(types)"))
    }
}
