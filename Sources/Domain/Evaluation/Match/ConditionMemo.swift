internal import CEL
internal import Policies
internal import Records

/// Answers a condition once for every combination of values that it can see.
///
/// Most conditions read metadata and other texts of which few differ. In one source and kind such a condition has one
/// answer for one tuple of codes, so rows cost a look in a table.
final class ConditionMemo {
    /// Something of a row that a condition reads, as a small number.
    private enum Column {
        case codes([StringTable.Code])
        case role
        /// Whether there is a time of creation, where the time itself is not read.
        case presenceOfCreated
    }

    private static let unasked: UInt8 = .max

    private let rule: MatchRule
    private let inventory: Inventory
    private let columns: [Column]
    private var answers: [UInt8] = []
    private var undecidedAnswer = unasked
    private var tuples: [UInt64: UInt32] = [:]

    /// Nil where the condition reads more than such values.
    init?(_ rule: MatchRule, _ inventory: Inventory) {
        guard let program = rule.match.condition?.program, let columns = Self.columns(program, inventory) else {
            return nil
        }
        self.rule = rule
        self.inventory = inventory
        self.columns = columns
    }

    /// The only column that a condition reads, where it is one whose codes stand in the inventory.
    static func onlyColumn(_ condition: Expression?, _ inventory: Inventory) -> [StringTable.Code]? {
        guard let condition, let columns = columns(condition.program, inventory), columns.count == 1,
            case .codes(let codes) = columns[0]
        else { return nil }
        return codes
    }

    func outcome(_ row: Int) -> Outcome {
        guard var tuple = columns.first.map({ code($0, row) }) else { return answer(0, row) }
        for column in columns.dropFirst() { tuple = number(tuple, code(column, row)) }
        return answer(tuple, row)
    }

    private func answer(_ tuple: UInt32, _ row: Int) -> Outcome {
        if tuple == StringTable.undecided {
            if undecidedAnswer == Self.unasked { undecidedAnswer = rule.condition(row).rawValue }
            return Outcome(rawValue: undecidedAnswer) ?? .undecided
        }
        let place = Int(tuple)
        if place >= answers.count {
            let missing = max(place + 1 - answers.count, answers.count)
            answers.append(contentsOf: repeatElement(Self.unasked, count: missing))
        }
        if answers[place] == Self.unasked { answers[place] = rule.condition(row).rawValue }
        return Outcome(rawValue: answers[place]) ?? .undecided
    }

    /// A number for two codes beside each other, given in the order of first sight.
    private func number(_ left: UInt32, _ right: UInt32) -> UInt32 {
        let key = UInt64(left) << 32 | UInt64(right)
        if let known = tuples[key] { return known }
        let number = UInt32(tuples.count)
        tuples[key] = number
        return number
    }

    private func code(_ column: Column, _ row: Int) -> UInt32 {
        switch column {
        case .codes(let codes): codes[row]
        case .role: UInt32(inventory.roles[row].rawValue) << 1 | (inventory.isConflicted(row) ? 1 : 0)
        case .presenceOfCreated: inventory.isConflicted(row) ? 2 : inventory.createdFact(row) == .point ? 1 : 0
        }
    }

    private static func columns(_ program: CELProgram, _ inventory: Inventory) -> [Column]? {
        var columns: [Column] = []
        for name in program.fieldsRead(of: RecordField.typeName).sorted() {
            switch RecordField.allCases.first(where: { $0.name == name }) {
            // A group has one kind and one source.
            case .kind, .source: continue
            case .status: columns.append(.codes(inventory.statuses))
            case .owner: columns.append(.codes(inventory.owners))
            case .subject: columns.append(.codes(inventory.subjects))
            case .tenant: columns.append(.codes(inventory.tenants))
            case .role: columns.append(.role)
            case .created where program.onlyTests(RecordField.created.name): columns.append(.presenceOfCreated)
            case .metadata:
                let use = program.keysRead(ofField: name, of: RecordField.typeName)
                if use.isDynamic { return nil }
                for key in use.keys {
                    guard let index = inventory.metadataKeys.firstIndex(of: key) else { continue }
                    columns.append(.codes(inventory.metadataColumn(index)))
                }
            default: return nil
            }
        }
        return columns
    }
}

extension CELProgram {
    /// Whether a field is only ever asked for with `has`.
    fileprivate func onlyTests(_ field: String) -> Bool {
        syntax.nodes.allSatisfy { node in
            guard case .select(_, field, let isTest) = node.kind else { return true }
            return isTest
        }
    }
}
