internal import CEL
internal import Policies
internal import Records

/// Checked syntax to nodes of a kernel. What a kernel does not understand becomes a part that the general evaluator
/// answers, so that every condition has a kernel.
struct KernelCompiler {
    let program: CELProgram
    let host: KernelHost
    /// What the macros' variables around the node at hand are, the outermost first.
    private(set) var scopes: [(name: String, binding: Binding)] = []
    private var reads: [Reads?]
    /// What answering the constant parts costs in every evaluation.
    private(set) var constantCost = 0
    private(set) var quantifiers = 0

    /// What a macro's variable is: a record by its place in the frame, or a value that only its macro knows.
    enum Binding { case record(Int), value }

    init(_ program: CELProgram, _ host: KernelHost) {
        self.program = program
        self.host = host
        reads = Array(repeating: nil, count: program.syntax.nodes.count)
    }

    /// Texts longer than this are compared by the general evaluator, which counts what that costs.
    static let longestText = 1000

    // MARK: Truths

    mutating func truth(_ id: CELSyntax.ID) -> TruthNode {
        switch reads(id) {
        case .nothing: return .constant(Mark.condition(constant(id)))
        case .one(let record, let column): return .answers(answers(id, record, column, isNumber: false))
        case .more: break
        }
        return understood(id) ?? .general(GeneralPart(program, id, host))
    }

    private mutating func understood(_ id: CELSyntax.ID) -> TruthNode? {
        switch program.syntax[id].kind {
        case .select(let operand, let field, true): return recordNode(operand).flatMap { has(field, $0) }
        case .call("_&&_", nil, let terms): return .terms(truths(terms), decisive: Mark.isFalse)
        case .call("_||_", nil, let terms): return .terms(truths(terms), decisive: Mark.isTrue)
        case .call("!_", nil, let parts) where parts.count == 1: return .not(truth(parts[0]))
        case .call("_?_:_", nil, let parts) where parts.count == 3:
            return .choice(truth(parts[0]), truth(parts[1]), truth(parts[2]))
        case .call(let function, nil, let parts) where parts.count == 2:
            return comparison(function, parts[0], parts[1])
        case .call(let function, let receiver?, let parts) where parts.count == 1:
            return IdTest.Relation(rawValue: function).flatMap { idTest($0, receiver, parts[0]) }
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
        guard let comparison = Comparison(rawValue: function) else { return nil }
        if let first = number(left), let second = number(right), first.unit == second.unit {
            return .comparison(comparison, first.node, second.node)
        }
        guard comparison == .equal || comparison == .notEqual else { return nil }
        if let relation = IdTest.Relation(rawValue: function) {
            if let test = idTest(relation, left, right) ?? idTest(relation, right, left) { return test }
        }
        guard let first = text(left), let second = text(right), !hasLongTexts else { return nil }
        return .sameText(first, second, isNegated: comparison == .notEqual)
    }

    private mutating func idTest(
        _ relation: IdTest.Relation, _ id: CELSyntax.ID, _ text: CELSyntax.ID
    ) -> TruthNode? {
        guard case .select(let operand, RecordField.id.name, false) = program.syntax[id].kind,
            let record = recordNode(operand), case .nothing = reads(text),
            case .success(.string(let text)) = constant(text)
        else { return nil }
        return .idTest(IdTest(relation: relation, text: Array(text.utf8)), record)
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

    func answers(_ id: CELSyntax.ID, _ record: RecordNode, _ column: CodedColumn, isNumber: Bool) -> AnswersByCode {
        AnswersByCode(record, column, GeneralPart(program, id, host), isNumber: isNumber, host.inventory)
    }

    /// A text with a code, and what reading an absent one comes to.
    private mutating func text(_ id: CELSyntax.ID) -> TextNode? {
        guard case .one(let record, let column) = reads(id), column.isOfStrings || column == .nothing else {
            return nil
        }
        let absent: UInt8
        switch program.syntax[id].kind {
        case .select(let operand, _, false):
            absent = recordNode(operand) == nil ? Mark.error(.noSuchKey) : Mark.noSuchField
        case .call("_[_]", nil, _): absent = Mark.error(.noSuchKey)
        default: return nil
        }
        // Of what reads a column only the two ways of naming it are the text itself.
        guard reader(id) != nil else { return nil }
        return TextNode(codes: column.codes(host.inventory), record: record, absent: absent)
    }

    private var hasLongTexts: Bool {
        let strings = host.inventory.strings
        return (0..<strings.count).contains {
            strings.withBytes(StringTable.Code($0)) { $0.count > Self.longestText }
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

// MARK: What parts read

extension KernelCompiler {
    /// What of records a part reads.
    enum Reads {
        case nothing
        /// One column of one record.
        case one(RecordNode, CodedColumn)
        case more

        func and(_ other: Reads) -> Reads {
            switch (self, other) {
            case (.nothing, _): return other
            case (_, .nothing): return self
            case (.one(let record, let column), .one(let second, let other)) where record == second && column == other:
                return self
            default: return .more
            }
        }
    }

    mutating func reads(_ id: CELSyntax.ID) -> Reads {
        if let known = reads[id] { return known }
        let found = findReads(id)
        reads[id] = found
        return found
    }

    private mutating func findReads(_ id: CELSyntax.ID) -> Reads {
        if let (record, column) = reader(id) { return .one(record, column) }
        switch program.syntax[id].kind {
        case .identifier(let name): return read(name)
        case .select(let operand, _, _) where recordNode(operand) != nil: return .more
        case .comprehension(let macro):
            let range = reads(macro.range)
            if case .more = range { return .more }
            let outer = scopes.count
            for variable in [macro.variable, macro.secondVariable].compactMap(\.self) {
                scopes.append((variable, .value))
            }
            defer { scopes.removeLast(scopes.count - outer) }
            return [macro.condition, macro.transform].compactMap(\.self).reduce(range) { $0.and(reads($1)) }
        default: return program.syntax.children(of: id).reduce(.nothing) { $0.and(reads($1)) }
        }
    }

    private func read(_ name: String) -> Reads {
        if let scope = scopes.last(where: { $0.name == name }) {
            if case .record = scope.binding { return .more }
            return .nothing
        }
        let bare = name.hasPrefix(".") ? String(name.dropFirst()) : name
        return bare == ExpressionVariable.object.name || bare == ExpressionVariable.variables.name ? .more : .nothing
    }

    /// The record and the column, where a node is a column's value or asks whether it is there.
    private func reader(_ id: CELSyntax.ID) -> (RecordNode, CodedColumn)? {
        switch program.syntax[id].kind {
        case .select(let operand, let field, _):
            if let record = recordNode(operand) { return column(field).map { (record, $0) } }
            return metadata(operand).map { ($0, metadataColumn(field)) }
        case .call("_[_]", nil, let parts) where parts.count == 2:
            guard case .literal(.string(let key)) = program.syntax[parts[1]].kind else { return nil }
            return metadata(parts[0]).map { ($0, metadataColumn(key)) }
        case .call("@in", nil, let parts) where parts.count == 2:
            guard case .literal(.string(let key)) = program.syntax[parts[0]].kind else { return nil }
            return metadata(parts[1]).map { ($0, metadataColumn(key)) }
        default: return nil
        }
    }

    private func metadata(_ id: CELSyntax.ID) -> RecordNode? {
        guard case .select(let record, RecordField.metadata.name, false) = program.syntax[id].kind else { return nil }
        return recordNode(record)
    }

    private func metadataColumn(_ key: String) -> CodedColumn {
        host.inventory.metadataKey(named: key).map { .metadata($0) } ?? .nothing
    }

    private func column(_ field: String) -> CodedColumn? {
        switch RecordField.allCases.first(where: { $0.name == field }) {
        case .kind: .kind
        case .source: .source
        case .role: .role
        case .status: .status
        case .owner: .owner
        case .subject: .subject
        case .tenant: .tenant
        default: nil
        }
    }

    func recordNode(_ id: CELSyntax.ID) -> RecordNode? {
        guard program.types[id] == .object(RecordField.typeName) else { return nil }
        switch program.syntax[id].kind {
        case .identifier(let name):
            guard let scope = scopes.last(where: { $0.name == name }) else {
                return name == ExpressionVariable.object.name ? .variable(0) : nil
            }
            guard case .record(let place) = scope.binding else { return nil }
            return .variable(place)
        case .select(let operand, RecordField.container.name, false): return recordNode(operand).map { .container($0) }
        case .call("_[_]", nil, let parts) where parts.count == 2:
            guard case .literal(.int(let index)) = program.syntax[parts[1]].kind, let list = listNode(parts[0]),
                let index = Int(exactly: index)
            else { return nil }
            return .element(list, index)
        default: return nil
        }
    }

    func listNode(_ id: CELSyntax.ID) -> ListNode? {
        guard case .select(let operand, let field, false) = program.syntax[id].kind,
            let record = recordNode(operand)
        else { return nil }
        switch RecordField.allCases.first(where: { $0.name == field }) {
        case .contains: return ListNode(relation: .contained, record: record)
        case .uses: return ListNode(relation: .used, record: record)
        case .usedBy: return ListNode(relation: .using, record: record)
        default: return nil
        }
    }
}
