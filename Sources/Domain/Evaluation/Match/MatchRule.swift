internal import CEL
internal import Chronology
internal import Policies
internal import Records

/// One document's `match`, with its names looked up in the inventory.
final class MatchRule: Sendable {
    /// The document that asks.
    enum Document: Sendable, Hashable {
        case policy(Int), hold(Int), exception(Int), access(Int)
    }

    /// One of several values in one column.
    struct ColumnCondition: Sendable {
        let column: MatchColumn
        let codes: Set<StringTable.Code>

        static func outcome(_ code: StringTable.Code, in codes: Set<StringTable.Code>) -> Outcome {
            if code == StringTable.undecided { return .undecided }
            return codes.contains(code) ? .yes : .no
        }
    }

    let document: Document
    let match: Match
    let columns: [ColumnCondition]
    /// The parts of the condition, where each reads one column; nil where there is no condition, or it reads more.
    let conditionParts: [ConditionPart]?
    /// Whether it names a metadata key that no record has.
    let isImpossible: Bool
    private let isSourceMatched: [Bool]
    private let rowsWithIds: Set<Int>?
    private let scope: RecordScope

    init(_ document: Document, _ match: Match, facts: RecordFacts, parameters: Parameters?) {
        let inventory = facts.inventory
        self.document = document
        self.match = match
        scope = RecordScope(facts, parameters: parameters)
        isSourceMatched = inventory.sourceNames.map { name in
            match.sources.isEmpty || match.sources.contains { $0.matches(name) }
        }
        var columns: [ColumnCondition] = []
        var isImpossible = false
        for condition in match.metadata {
            guard let key = inventory.metadataKey(named: condition.key) else {
                isImpossible = true
                continue
            }
            columns.append(.init(column: .metadata(key), codes: Self.codes(condition.values, inventory)))
        }
        if !match.subjects.isEmpty {
            columns.append(.init(column: .subject, codes: Self.codes(match.subjects, inventory)))
        }
        self.columns = columns
        conditionParts = match.condition.flatMap { ConditionParts.of($0.program, inventory) }
        self.isImpossible = isImpossible
        rowsWithIds = match.ids.isEmpty ? nil : Set(match.ids.flatMap { inventory.rows(withId: $0) })
    }

    private static func codes(_ values: [String], _ inventory: Inventory) -> Set<StringTable.Code> {
        Set(values.compactMap { inventory.strings.knownCode($0) })
    }

    var facts: RecordFacts { scope.facts }

    /// Whether the document can speak of records of this kind in this source at all.
    func covers(_ kind: Kind, source: Int) -> Bool {
        (match.kinds?.has(kind) ?? true) && isSourceMatched[source]
    }

    /// Whether anything beyond kind, source, columns and what its condition reads of columns must hold.
    var hasResidue: Bool {
        rowsWithIds != nil || match.createdBetween != nil || match.condition != nil && conditionParts == nil
    }

    /// Whether the columns that the document names values of say that it speaks of a row.
    func named(_ row: Int) -> Outcome {
        columns.reduce(.yes) { outcome, condition in
            guard case .codes(let codes, _) = condition.column.codes(scope.facts.inventory) else { return outcome }
            return .both(outcome, ColumnCondition.outcome(codes[row], in: condition.codes))
        }
    }

    /// What columns say: those that the document names values of, and those that its condition reads.
    func tabled(_ row: Int) -> Outcome {
        let named = named(row)
        return named == .no || conditionParts == nil ? named : .both(named, condition(row))
    }

    /// What a part of the condition gives for a row, and whether it costs so little that the whole cannot cost too much.
    func answer(_ part: ConditionPart, _ row: Int) -> (outcome: Outcome, isCheap: Bool) {
        guard let program = match.condition?.program else { return (.yes, true) }
        let outcome = program.evaluate(part.id, scope.activation(row), locals: [])
        let isCheap = outcome.cost * 4 * (conditionParts?.count ?? 1) <= program.budget
        return (Outcome(outcome), isCheap || part.id == program.syntax.root)
    }

    /// What is left to decide for rows where kind, source and columns do not rule it out.
    ///
    /// - Parameter kernel: that of the rule's condition.
    func residues(_ rows: [UInt32], _ kernel: Kernel?) -> [Outcome] {
        var outcomes = rows.map { row in
            if let rowsWithIds, !rowsWithIds.contains(Int(row)) { return Outcome.no }
            return createdBetween(Int(row))
        }
        guard let kernel else { return outcomes }
        let open = outcomes.indices.filter { outcomes[$0] != .no }
        let answers = kernel.answers(open.map { rows[$0] })
        for (index, place) in open.enumerated() {
            outcomes[place] = .both(outcomes[place], Outcome(mark: answers[index]))
        }
        return outcomes
    }

    /// The condition for blocks of rows; nil where there is none, or where columns answer it.
    func kernel() -> Kernel? {
        guard conditionParts == nil else { return nil }
        return match.condition.map { Kernel($0.program, scope) }
    }

    func hasId(_ row: Int) -> Bool { rowsWithIds?.contains(row) ?? true }

    func createdBetween(_ row: Int) -> Outcome {
        guard let span = match.createdBetween else { return .yes }
        let created = scope.facts.times.created(row)
        let from = span.from.microseconds
        let until = span.until.microseconds
        if created.late < from || created.early >= until { return .no }
        return from <= created.early && created.late < until ? .yes : .undecided
    }

    /// The part of the condition that keeps it from holding for a row; nil where it holds, or there is none.
    func failingPart(_ row: Int) -> ShownPart? {
        guard let expression = match.condition else { return nil }
        return FailingPart.find(expression.program, scope.activation(row)).map { ShownPart($0, of: expression) }
    }

    /// What the condition absorbs when it is asked of a row.
    func absorbed(_ row: Int) -> [CELError] {
        match.condition?.program.evaluate(scope.activation(row)).absorbed ?? []
    }

    /// Why the condition could not be decided for a row; nil where it could, or there is none.
    func error(_ row: Int) -> CELError? { match.condition?.program.evaluate(scope.activation(row)).error }

    func condition(_ row: Int) -> Outcome {
        guard let expression = match.condition else { return .yes }
        return Outcome(expression.program.evaluate(scope.activation(row)))
    }
}
