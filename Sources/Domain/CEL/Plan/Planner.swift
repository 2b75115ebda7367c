internal import Chronology
internal import Patterns

/// Checked syntax to a plan. What depends on no variable is answered here, once.
struct Planner {
    private let syntax: CELSyntax
    private let environment: CELEnvironment
    private let findings: Checker.Findings
    private let ranges: [Range<Int>]
    private let variables: [String]
    private var tables: Plan.Tables
    /// Parts that fail whatever the variables are.
    private var failures: [(id: CELSyntax.ID, error: CELError)] = []
    private var depth = 0
    /// What answering constant parts may still cost.
    private var allowance: Int
    /// What compiling constant patterns and finding constant zones may still cost. What comes after is left to each
    /// evaluation, which pays for it.
    private var preparation: Int

    private init(_ syntax: CELSyntax, _ findings: Checker.Findings, in environment: CELEnvironment) {
        self.syntax = syntax
        self.findings = findings
        self.environment = environment
        allowance = environment.limits.cost
        preparation = environment.limits.cost
        ranges = syntax.nodes.map(\.range)
        variables = environment.variables.map(\.name)
        let unused = Operation.failure(0)
        tables = Plan.Tables(operations: Array(repeating: unused, count: syntax.nodes.count))
        tables.failures = [CELError(.undeclared, "not a value")]
    }

    static func plan(
        _ syntax: CELSyntax, _ findings: Checker.Findings, in environment: CELEnvironment
    ) -> (plan: Plan, failures: [(id: CELSyntax.ID, error: CELError)]) {
        var planner = Planner(syntax, findings, in: environment)
        planner.plan(syntax.root)
        return (planner.finished(environment.limits), planner.failures)
    }

    private func finished(_ limits: CELLimits) -> Plan {
        Plan(
            tables, ranges: ranges, root: syntax.root, locals: findings.locals, variables: variables, limits: limits,
            preparation: environment.limits.cost - preparation)
    }

    private mutating func plan(_ id: CELSyntax.ID) {
        if let referent = findings.referents[id] {
            tables.operations[id] = reference(referent)
            return
        }
        switch syntax[id].kind {
        case .literal(let value): tables.operations[id] = constant(value)
        case .identifier(let name): tables.operations[id] = reference(.undeclared(name))
        case .select(let operand, let field, let isTest):
            plan(operand)
            var expected: CELObjectType?
            if case .object(let name) = findings.types[operand] { expected = environment.objectTypes[name] }
            tables.fields.append(FieldAccess(name: field, expected: expected, range: ranges[id]))
            let access = tables.fields.count - 1
            tables.operations[id] =
                isTest ? .hasField(of: operand, access: access) : .field(of: operand, access: access)
        case .call(let function, let receiver, let arguments): call(function, receiver, arguments, at: id)
        case .list(let elements): aggregate(id, elements, Operation.list, Operation.sparseList)
        case .map: aggregate(id, syntax.children(of: id), Operation.map, Operation.sparseMap)
        case .comprehension(let comprehension):
            plan(comprehension.range)
            tables.operations[id] = .comprehension(
                Operation.Comprehension(
                    operation: comprehension.operation, range: Int32(comprehension.range), local: Int32(depth),
                    isPaired: comprehension.secondVariable != nil,
                    condition: Int32(comprehension.condition ?? -1), transform: Int32(comprehension.transform ?? -1)))
            let variables = comprehension.secondVariable == nil ? 1 : 2
            depth += variables
            if let condition = comprehension.condition { plan(condition) }
            if let transform = comprehension.transform { plan(transform) }
            depth -= variables
        }
    }

    private mutating func reference(_ referent: Referent) -> Operation {
        switch referent {
        case .local(let index): .local(index)
        case .variable(let slot): .variable(slot: slot)
        case .type(let type): constant(.type(type))
        case .undeclared(let name): failure(.undeclared, "nothing is called '\(name)'")
        }
    }

    private mutating func constant(_ value: CELValue) -> Operation {
        tables.constants.append(value)
        return .constant(tables.constants.count - 1)
    }

    private mutating func failure(_ code: CELError.Code, _ message: String) -> Operation {
        tables.failures.append(CELError(code, message))
        return .failure(tables.failures.count - 1)
    }

    private mutating func operands(_ ids: [CELSyntax.ID]) -> Operation.Operands {
        let start = Int32(tables.operands.count)
        tables.operands += ids
        return Operation.Operands(start: start, count: Int32(ids.count))
    }

    private mutating func aggregate(
        _ id: CELSyntax.ID, _ parts: [CELSyntax.ID], _ make: (Operation.Operands) -> Operation,
        _ makeSparse: (Operation.Operands) -> Operation
    ) {
        let inner = parts.map { optionalPart($0) ?? $0 }
        for part in inner { plan(part) }
        let marked = zip(parts, inner).map { $0 == $1 ? $0 : ~$1 }
        tables.operations[id] = inner == parts ? make(operands(parts)) : makeSparse(operands(marked))
        fold(id, inner)
    }

    /// What is behind the question mark of an element or a map's value, or nil where there is none.
    private func optionalPart(_ id: CELSyntax.ID) -> CELSyntax.ID? {
        guard case .call("?_", nil, let parts) = syntax[id].kind, parts.count == 1 else { return nil }
        return parts[0]
    }
}

// MARK: Calls

extension Planner {
    fileprivate mutating func call(
        _ function: String, _ receiver: CELSyntax.ID?, _ arguments: [CELSyntax.ID], at id: CELSyntax.ID
    ) {
        let namespaced = findings.namespaced[id]
        let isMember = receiver != nil && namespaced == nil
        let parts = (isMember ? receiver.map { [$0] } ?? [] : []) + arguments
        for part in parts { plan(part) }
        let (operation, isPure) = operation(for: namespaced ?? function, parts, isMember: isMember)
        tables.operations[id] = operation
        if isPure { fold(id, parts) }
    }

    private mutating func operation(
        for name: String, _ parts: [CELSyntax.ID], isMember: Bool
    ) -> (Operation, isPure: Bool) {
        switch (name, parts.count) {
        case ("_&&_", _): return (.allOf(operands(parts)), true)
        case ("_||_", _): return (.anyOf(operands(parts)), true)
        case ("_?_:_", 3): return (.conditional(operands(parts)), true)
        default: break
        }
        let own = (environment.functions[name] ?? []).filter {
            $0.isMember == isMember && $0.parameters.count == parts.count
        }
        let isPure = own.allSatisfy(\.isPure)
        let isStandard = (environment.builtIn[name] ?? []).contains {
            $0.isMember == isMember && $0.parameters.count == parts.count
        }
        if isStandard, isMember, parts.count == 2, name == "or" || name == "orValue" {
            return (.orElse(parts[0], parts[1], unwraps: name == "orValue"), true)
        }
        if isStandard, parts.count == 1, own.isEmpty, let unary = UnaryFunction(rawValue: name) {
            return (.unary(unary, parts[0]), true)
        }
        if isStandard, parts.count == 2, let binary = BinaryFunction(rawValue: name) {
            if own.isEmpty { return (specialised(binary, parts[0], parts[1]), true) }
            return (.overloaded(binary, operands(parts), functions: functions(own)), isPure)
        }
        if !own.isEmpty { return (.host(operands(parts), functions: functions(own)), isPure) }
        guard !environment.signatures(of: name).isEmpty else {
            return (failure(.undeclared, "no function is called '\(name)'"), false)
        }
        return (failure(.noMatchingOverload, "\(name) does not take these arguments"), false)
    }

    private mutating func functions(_ functions: [CELFunction]) -> Int {
        tables.functions.append(functions)
        return tables.functions.count - 1
    }

    /// A constant pattern is compiled and a constant zone looked up once, not in every evaluation.
    private mutating func specialised(_ function: BinaryFunction, _ left: Int, _ right: Int) -> Operation {
        guard case .constant(let index) = tables.operations[right], case .string(let text) = tables.constants[index],
            preparation > 0
        else { return .binary(function, left, right) }
        if function == .matches, let pattern = prepared(pattern: text) {
            tables.patterns.append(pattern)
            return .matches(left, pattern: tables.patterns.count - 1)
        }
        if let part = TimePart(rawValue: function.rawValue), let zone = prepared(zone: text) {
            tables.zones.append(zone)
            return .localTimePart(part, left, zone: tables.zones.count - 1)
        }
        return .binary(function, left, right)
    }

    private mutating func prepared(pattern text: String) -> Pattern? {
        do throws(PatternError) {
            let pattern = try Pattern(text)
            preparation -= text.utf8.count + Price.of(pattern)
            return pattern
        } catch {
            preparation -= text.utf8.count + (error.code == .outOfMemory ? Price.failedPattern : 0)
            return nil
        }
    }

    private mutating func prepared(zone name: String) -> ClockZone? {
        do throws(ChronologyError) {
            preparation -= Price.zone
            return try ClockZone(name)
        } catch {
            preparation -= Price.unknownZone
            return nil
        }
    }

    /// Replaces a node by its value where all its operands are constants.
    private mutating func fold(_ id: CELSyntax.ID, _ parts: [CELSyntax.ID]) {
        let areConstant = parts.allSatisfy {
            if case .constant = tables.operations[$0] { true } else { false }
        }
        guard areConstant, allowance > 0 else { return }
        let outcome = answer(id)
        allowance -= outcome.cost
        switch outcome.result {
        case .success(let value): tables.operations[id] = constant(value)
        case .failure(let error) where error.code != .budget: failures.append((id, error))
        case .failure: break
        }
    }

    private func answer(_ id: CELSyntax.ID) -> CELOutcome {
        var limits = environment.limits
        limits.cost = allowance
        var evaluator = Evaluator(finished(limits), CELBindings([]))
        return evaluator.run(id)
    }
}
