internal import CEL
internal import Chronology
internal import Policies

/// Numbers, times and lengths of time.
extension KernelCompiler {
    typealias Number = (unit: KernelNumber.Unit, node: NumberNode)

    /// How to find the number that a node is, or nil.
    mutating func number(_ id: CELSyntax.ID) -> Number? {
        switch reads(id) {
        case .nothing: return constantNumber(id)
        case .one(let record, let column):
            guard !isByCode, let unit = KernelNumber.unit(program.types[id]) else { return nil }
            return (unit, .answers(AnswersByCode(record, column, GeneralPart(program, id, host), host.inventory, unit)))
        case .more: break
        }
        switch program.syntax[id].kind {
        case .select(let operand, let field, false): return recordNode(operand).flatMap { Self.column(field, $0) }
        case .call("age", nil, let parts) where parts.count == 1: return age(parts[0])
        case .call("size", let receiver, let parts) where parts.count + (receiver == nil ? 0 : 1) == 1:
            return (receiver ?? parts.first).flatMap { size($0) }
        case .call(let function, nil, let parts) where parts.count == 2:
            return Arithmetic(rawValue: function).flatMap { arithmetic($0, parts[0], parts[1]) }
        default: return nil
        }
    }

    private mutating func constantNumber(_ id: CELSyntax.ID) -> Number? {
        switch constant(id) {
        case .success(let value):
            guard let number = KernelNumber(value) else { return nil }
            return (number.unit, .constant(number.value))
        case .failure(let error):
            return KernelNumber.unit(program.types[id]).map { ($0, .failure(Mark.error(error.code))) }
        }
    }

    private static func column(_ field: String, _ record: RecordNode) -> Number? {
        guard let field = RecordField.allCases.first(where: { $0.name == field }) else { return nil }
        if let time = time(field) { return (.time, .time(time, record)) }
        return size(field).map { (.integer, .size($0, record)) }
    }

    private mutating func age(_ id: CELSyntax.ID) -> Number? {
        guard let time = number(id), time.unit == .time, host.facts.asOf.isPoint else { return nil }
        return (.length, .span(.constant(host.facts.asOf.microseconds), time.node, overflow: Mark.overflow))
    }

    private mutating func size(_ id: CELSyntax.ID) -> Number? {
        if let list = listNode(id) { return (.integer, .count(list)) }
        guard case .comprehension(let macro) = program.syntax[id].kind, macro.operation == .filter,
            let (list, body) = elements(macro)
        else { return nil }
        return (.integer, .countWhere(list, body))
    }

    private mutating func arithmetic(_ operation: Arithmetic, _ left: CELSyntax.ID, _ right: CELSyntax.ID) -> Number? {
        guard let left = number(left), let right = number(right) else { return nil }
        switch (left.unit, operation, right.unit) {
        case (.integer, _, .integer): return (.integer, .arithmetic(operation, left.node, right.node))
        case (.time, .subtract, .time):
            return (.length, .span(left.node, right.node, overflow: Mark.outOfRange))
        case (.time, .add, .length): return moved(left.node, right.node, isBack: false)
        case (.time, .subtract, .length): return moved(left.node, right.node, isBack: true)
        case (.length, .add, .time): return moved(right.node, left.node, isBack: false)
        default: return nil
        }
    }

    /// Lengths of time that are no constant, or no whole microseconds, are left to the general evaluator.
    private func moved(_ time: NumberNode, _ length: NumberNode, isBack: Bool) -> Number? {
        guard case .constant(let nanoseconds) = length, nanoseconds % 1000 == 0 else { return nil }
        let microseconds = nanoseconds / 1000
        return (.time, .moved(time, by: isBack ? -microseconds : microseconds))
    }
}
