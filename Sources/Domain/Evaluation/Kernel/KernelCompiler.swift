internal import CEL
internal import Policies
internal import Records

/// Checked syntax to nodes of a kernel. What a kernel does not understand becomes a part that the general evaluator
/// answers, so that every condition has a kernel.
struct KernelCompiler {
    let program: CELProgram
    let host: KernelHost
    /// What the macros' variables around the node at hand are, the outermost first.
    var scopes: [(name: String, binding: Binding)] = []
    var knownReads: [Reads?]
    /// What answering the constant parts costs in every evaluation.
    private(set) var constantCost = 0
    private(set) var quantifiers = 0
    /// Whether a part around the node at hand is answered by code, so that none in it needs a table of its own.
    private(set) var isByCode = false

    /// What a macro's variable is: a record by its place in the frame, or a value that only its macro knows.
    enum Binding { case record(Int), value }

    init(_ program: CELProgram, _ host: KernelHost) {
        self.program = program
        self.host = host
        knownReads = Array(repeating: nil, count: program.syntax.nodes.count)
    }

    // MARK: Truths

    mutating func truth(_ id: CELSyntax.ID) -> TruthNode {
        switch reads(id) {
        case .nothing: return .constant(Mark.condition(constant(id)))
        case .one(let record, let column) where !isByCode:
            isByCode = true
            defer { isByCode = false }
            let answers = AnswersByCode(record, column, GeneralPart(program, id, host), host.inventory)
            answers.body = understood(id)
            return .answers(answers)
        case .one, .more: break
        }
        return understood(id) ?? .general(GeneralPart(program, id, host))
    }

    private mutating func understood(_ id: CELSyntax.ID) -> TruthNode? {
        switch program.syntax[id].kind {
        case .select(let operand, let field, true):
            return text(presenceAt: id).map { .hasText($0) } ?? recordNode(operand).flatMap { has(field, $0) }
        case .call("_&&_", nil, let terms): return .terms(truths(terms), decisive: Mark.isFalse)
        case .call("_||_", nil, let terms): return .terms(truths(terms), decisive: Mark.isTrue)
        case .call("!_", nil, let parts) where parts.count == 1: return .not(truth(parts[0]))
        case .call("_?_:_", nil, let parts) where parts.count == 3:
            return .choice(truth(parts[0]), truth(parts[1]), truth(parts[2]))
        case .call(let function, nil, let parts) where parts.count == 2:
            return text(presenceAt: id).map { .hasText($0) } ?? comparison(function, parts[0], parts[1])
        case .call(let function, let receiver?, let parts) where parts.count == 1:
            return TextTest.Relation(rawValue: function).flatMap { textTest($0, receiver, parts[0]) }
        case .comprehension(let macro): return quantifier(macro)
        default: return nil
        }
    }

    private mutating func truths(_ ids: [CELSyntax.ID]) -> [TruthNode] {
        var nodes: [TruthNode] = []
        for id in ids { nodes.append(truth(id)) }
        return nodes
    }

    private func has(_ field: String, _ record: RecordNode) -> TruthNode? {
        switch RecordField.allCases.first(where: { $0.name == field }) {
        case .container: .hasContainer(record)
        case let field?: Self.time(field).map { .hasTime($0, record) } ?? Self.size(field).map { .hasSize($0, record) }
        case nil: nil
        }
    }

    private mutating func comparison(_ function: String, _ left: CELSyntax.ID, _ right: CELSyntax.ID) -> TruthNode? {
        guard let comparison = CELComparison(rawValue: function) else { return nil }
        if let first = number(left), let second = number(right), first.unit == second.unit {
            return .comparison(comparison, first.node, second.node)
        }
        guard comparison == .equal || comparison == .notEqual else { return nil }
        if let relation = TextTest.Relation(rawValue: function) {
            if let test = textTest(relation, left, right) ?? textTest(relation, right, left) { return test }
        }
        guard let first = text(left), let second = text(right), !hasLongTexts else { return nil }
        return .sameText(first, second, isNegated: comparison == .notEqual)
    }

    private mutating func textTest(
        _ relation: TextTest.Relation, _ id: CELSyntax.ID, _ text: CELSyntax.ID
    ) -> TruthNode? {
        guard let read = readText(id), case .nothing = reads(text), case .success(.string(let text)) = constant(text)
        else { return nil }
        return .textTest(TextTest(relation: relation, text: Array(text.utf8)), read)
    }

    private mutating func readText(_ id: CELSyntax.ID) -> ReadText? {
        if case .select(let operand, RecordField.id.name, false) = program.syntax[id].kind {
            return recordNode(operand).map { .id($0) }
        }
        return text(id).map { .coded($0) }
    }

    private mutating func quantifier(_ macro: CELSyntax.Comprehension) -> TruthNode? {
        let quantifier: Quantifier
        switch macro.operation {
        case .all: quantifier = .all
        case .exists: quantifier = .exists
        case .existsOne: quantifier = .existsOne
        case .map, .filter, .transformList, .transformMap, .transformMapEntry, .bind, .optMap, .optFlatMap: return nil
        }
        return elements(macro).map { .quantifier(quantifier, $0.list, $0.body) }
    }

    /// The records that a macro goes through, and what it asks of each. Macros inside of it are answered generally.
    mutating func elements(_ macro: CELSyntax.Comprehension) -> (list: ListNode, body: TruthNode)? {
        guard scopes.isEmpty, macro.secondVariable == nil, let condition = macro.condition,
            let list = listNode(macro.range)
        else { return nil }
        quantifiers += 1
        scopes.append((macro.variable, .record(1)))
        defer { scopes.removeLast() }
        return (list, truth(condition))
    }

    // MARK: Parts

    /// The result of a part that reads no record.
    mutating func constant(_ id: CELSyntax.ID) -> CELResult {
        let outcome = program.evaluate(id, host.activation(0), locals: [])
        constantCost = min(constantCost + outcome.cost, program.budget)
        return outcome.result
    }

    /// A text with a code, and what reading an absent one comes to.
    private func text(_ id: CELSyntax.ID) -> TextNode? {
        switch program.syntax[id].kind {
        case .select(let operand, _, false):
            textNode(id, absent: recordNode(operand) == nil ? Mark.error(.noSuchKey) : Mark.noSuchField)
        case .call("_[_]", nil, _): textNode(id, absent: Mark.error(.noSuchKey))
        default: nil
        }
    }

    /// The text of which a node asks whether it is there.
    private func text(presenceAt id: CELSyntax.ID) -> TextNode? {
        switch program.syntax[id].kind {
        case .select(_, _, true), .call("@in", nil, _): textNode(id, absent: Mark.isFalse)
        default: nil
        }
    }

    private func textNode(_ id: CELSyntax.ID, absent: UInt8) -> TextNode? {
        guard let (record, column) = reader(id), column.isOfStrings || column == .nothing else { return nil }
        return TextNode(codes: column.codes(host.inventory), record: record, absent: absent)
    }

    private var hasLongTexts: Bool {
        let strings = host.inventory.strings
        return (0..<strings.count).contains {
            strings.withBytes(StringTable.Code($0)) { $0.count > TextTest.longest }
        }
    }

    static func time(_ field: RecordField) -> TimeColumn? {
        switch field {
        case .created: .created
        case .lastActivity: .lastActivity
        case .lastModified: .lastModified
        case .expires: .expires
        default: nil
        }
    }

    static func size(_ field: RecordField) -> SizeKind? {
        switch field {
        case .bytes: .bytes
        case .tokens: .tokens
        default: nil
        }
    }
}
