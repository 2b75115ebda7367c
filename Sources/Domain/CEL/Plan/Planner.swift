internal import Patterns

/// Checked syntax to operations. Calls with constant arguments are answered here, once.
struct Planner {
    private let syntax: CELSyntax
    private let environment: CELEnvironment
    private let findings: Checker.Findings
    private let ranges: [Range<Int>]
    private(set) var operations: [Operation]
    /// Parts that fail whatever the variables are.
    private(set) var failures: [(id: CELSyntax.ID, error: CELError)] = []
    private var depth = 0

    init(_ syntax: CELSyntax, _ findings: Checker.Findings, in environment: CELEnvironment) {
        self.syntax = syntax
        self.findings = findings
        self.environment = environment
        ranges = syntax.nodes.map(\.range)
        let unused = CELError(.undeclared, "not a value")
        operations = Array(repeating: .failure(unused), count: syntax.nodes.count)
        plan(syntax.root)
    }

    private mutating func plan(_ id: CELSyntax.ID) {
        if let referent = findings.referents[id] {
            operations[id] = reference(referent)
            return
        }
        switch syntax[id].kind {
        case .literal(let value): operations[id] = .constant(value)
        case .identifier(let name): operations[id] = reference(.undeclared(name))
        case .select(let operand, let field, let isTest):
            plan(operand)
            var expected: CELObjectType?
            if case .object(let name) = findings.types[operand] { expected = environment.objectTypes[name] }
            let access = FieldAccess(name: field, expected: expected)
            operations[id] = isTest ? .hasField(operand, access) : .field(operand, access)
        case .call(let function, let receiver, let arguments): call(function, receiver, arguments, at: id)
        case .list(let elements):
            for element in elements { plan(element) }
            operations[id] = .list(elements)
            fold(id, elements)
        case .map(let entries):
            let parts = syntax.children(of: id)
            for part in parts { plan(part) }
            operations[id] = .map(entries)
            fold(id, parts)
        case .comprehension(let comprehension):
            plan(comprehension.range)
            operations[id] = .comprehension(comprehension, local: depth)
            depth += 1
            if let condition = comprehension.condition { plan(condition) }
            if let transform = comprehension.transform { plan(transform) }
            depth -= 1
        }
    }

    private func reference(_ referent: Referent) -> Operation {
        switch referent {
        case .local(let index): .local(index)
        case .variable(let slot): .variable(slot)
        case .type(let type): .constant(.type(type))
        case .undeclared(let name): .failure(CELError(.undeclared, "nothing is called '\(name)'"))
        }
    }

    private mutating func call(
        _ function: String, _ receiver: CELSyntax.ID?, _ arguments: [CELSyntax.ID], at id: CELSyntax.ID
    ) {
        let namespaced = findings.namespaced[id]
        let isMember = receiver != nil && namespaced == nil
        let operands = (isMember ? receiver.map { [$0] } ?? [] : []) + arguments
        for operand in operands { plan(operand) }
        let (operation, isPure) = operation(for: namespaced ?? function, operands, isMember: isMember)
        operations[id] = operation
        if isPure { fold(id, operands) }
    }

    private func operation(
        for name: String, _ operands: [CELSyntax.ID], isMember: Bool
    ) -> (Operation, isPure: Bool) {
        switch (name, operands.count) {
        case ("_&&_", _): return (.allOf(operands), true)
        case ("_||_", _): return (.anyOf(operands), true)
        case ("_?_:_", 3): return (.conditional(operands[0], operands[1], operands[2]), true)
        default: break
        }
        let fitting = { (signature: Signature) in
            signature.isMember == isMember && signature.parameters.count == operands.count
        }
        let own = (environment.functions[name] ?? []).filter {
            $0.isMember == isMember && $0.parameters.count == operands.count
        }
        let isPure = own.allSatisfy(\.isPure)
        if (StandardSignatures.all[name] ?? []).contains(where: fitting) {
            if operands.count == 1, let unary = UnaryFunction(rawValue: name) {
                return (own.isEmpty ? .unary(unary, operands[0]) : .host(own, operands), isPure)
            }
            if operands.count == 2, let binary = BinaryFunction(rawValue: name) {
                return (specialised(binary, operands[0], operands[1], own), isPure)
            }
        }
        guard own.isEmpty else { return (.host(own, operands), isPure) }
        let exists = !environment.signatures(of: name).isEmpty
        let message = exists ? "\(name) does not take these arguments" : "no function is called '\(name)'"
        return (.failure(CELError(exists ? .noMatchingOverload : .undeclared, message)), false)
    }

    /// A constant pattern is compiled and a constant zone looked up once, not in every evaluation.
    private func specialised(_ function: BinaryFunction, _ left: Int, _ right: Int, _ own: [CELFunction]) -> Operation {
        if own.isEmpty, case .constant(.string(let text)) = operations[right] {
            if function == .matches, let pattern = try? Pattern(text) { return .matches(left, pattern) }
            if let part = TimePart(rawValue: function.rawValue), let zone = ClockZone(text) {
                return .localTimePart(part, left, zone)
            }
        }
        return .binary(function, left, right, overloads: own)
    }

    /// Replaces a node by its value where all its operands are constants.
    private mutating func fold(_ id: CELSyntax.ID, _ operands: [CELSyntax.ID]) {
        let areConstant = operands.allSatisfy {
            if case .constant = operations[$0] { true } else { false }
        }
        guard areConstant else { return }
        switch answer(id) {
        case .success(let value): operations[id] = .constant(value)
        case .failure(let error): failures.append((id, error))
        }
    }

    private func answer(_ id: CELSyntax.ID) -> CELResult {
        var evaluator = Evaluator(
            operations: operations, ranges: ranges, locals: 0, budget: environment.limits.cost,
            activation: CELBindings([]))
        return evaluator.evaluate(id)
    }
}
