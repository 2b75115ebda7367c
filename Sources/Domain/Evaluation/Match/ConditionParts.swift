internal import CEL
internal import Records

/// A part of a condition that reads one column, so that all records of one kind, source and value have one answer.
struct ConditionPart: Sendable {
    let id: CELSyntax.ID
    let column: MatchColumn
}

/// Takes a condition apart at `&&`, `||` and `!` into parts that read one column each.
///
/// Records of whose parts each gives the same have the same answer: what these operators make of true, false and an
/// error depends on nothing else. A condition on a column where nearly every record has a value of its own is left whole:
/// there a kernel, which goes over texts in blocks, is faster than finding the answer for each value by itself.
struct ConditionParts {
    private let program: CELProgram
    private let inventory: Inventory
    private var parts: [ConditionPart] = []

    /// The parts; nil where the condition cannot be taken apart so.
    static func of(_ program: CELProgram, _ inventory: Inventory) -> [ConditionPart]? {
        var found = ConditionParts(program: program, inventory: inventory)
        guard found.add(program.syntax.root) else { return nil }
        return Set(found.parts.map(\.column)).contains { $0.hasManyValues(inventory) } ? nil : found.parts
    }

    private init(program: CELProgram, inventory: Inventory) {
        self.program = program
        self.inventory = inventory
    }

    private mutating func add(_ id: CELSyntax.ID) -> Bool {
        guard let columns = program.columnsRead(id, inventory) else { return false }
        if columns.count == 1 {
            parts.append(ConditionPart(id: id, column: columns[0]))
            return true
        }
        if case .call(let operation, nil, let operands) = program.syntax[id].kind,
            ["_&&_", "_||_", "!_"].contains(operation)
        {
            return operands.allSatisfy { add($0) }
        }
        return columns.isEmpty && isSmall(id)
    }

    /// Whether a part that is the same for all records costs so little that it uses up no limit beside the others.
    private func isSmall(_ id: CELSyntax.ID) -> Bool {
        var nodes = 0
        var repeats = false
        program.syntax.walk(from: id) { _, node in
            nodes += 1
            if case .comprehension = node.kind { repeats = true }
            return nodes < 16
        }
        return !repeats && nodes < 16
    }
}
