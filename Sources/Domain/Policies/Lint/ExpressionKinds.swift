import CEL
import Records

/// Of which kinds the records are that an expression speaks of, as far as its text tells.
struct ExpressionKinds {
    private let program: CELProgram
    /// The kinds of `object`.
    private let object: KindSet
    /// The kinds of the elements of lists under `variables`.
    private let variables: [String: KindSet]
    /// The variables of the macros around the node at hand.
    private var scopes: [(name: String, kinds: KindSet)] = []

    init(_ program: CELProgram, object: KindSet, variables: [String: KindSet]) {
        self.program = program
        // Where no kind is spelt right nothing is known.
        self.object = object.isEmpty ? .all : object
        self.variables = variables
    }

    private var syntax: CELSyntax { program.syntax }

    /// Calls `visit` with every node, while this knows what the macros around the node put into their variables.
    mutating func walk(_ visit: (ExpressionKinds, CELSyntax.ID) -> Void) { walk(syntax.root, visit) }

    private mutating func walk(_ id: CELSyntax.ID, _ visit: (ExpressionKinds, CELSyntax.ID) -> Void) {
        visit(self, id)
        guard case .comprehension(let comprehension) = syntax[id].kind else {
            for child in syntax.children(of: id) { walk(child, visit) }
            return
        }
        walk(comprehension.range, visit)
        let outer = scopes.count
        scopes += bindings(comprehension)
        for part in [comprehension.condition, comprehension.transform] { part.map { walk($0, visit) } }
        scopes.removeLast(scopes.count - outer)
    }

    /// What a macro names, and of which kinds it is, or its elements are.
    private func bindings(_ comprehension: CELSyntax.Comprehension) -> [(name: String, kinds: KindSet)] {
        let range = comprehension.range
        switch comprehension.operation {
        case .bind, .optMap, .optFlatMap:
            return [(comprehension.variable, program.isRecord(range) ? record(range) : elements(range))]
        default:
            guard let second = comprehension.secondVariable else {
                return [(comprehension.variable, elements(range))]
            }
            return [(comprehension.variable, .all), (second, elements(range))]
        }
    }

    /// The kinds that a record can be; all where the text does not tell.
    func record(_ id: CELSyntax.ID) -> KindSet {
        switch syntax[id].kind {
        case .identifier(let name):
            if let scope = scopes.last(where: { $0.name == name }) { return scope.kinds }
            return name == ExpressionVariable.object.name ? object : .all
        case .call("_[_]", nil, let parts) where parts.count == 2: return elements(parts[0])
        case .call("_[?_]", nil, let parts) where parts.count == 2: return elements(parts[0])
        default:
            guard let read = program.fieldRead(id), read.field == RecordField.container.name,
                program.isRecord(read.operand)
            else { return .all }
            return related(read.operand) { $0.containers }
        }
    }

    /// The kinds that the records of a list can be.
    func elements(_ id: CELSyntax.ID) -> KindSet {
        switch syntax[id].kind {
        case .identifier(let name): return scopes.last { $0.name == name }?.kinds ?? .all
        case .comprehension(let comprehension) where comprehension.operation == .filter:
            return elements(comprehension.range)
        default: break
        }
        guard let read = program.fieldRead(id) else { return .all }
        if case .identifier(ExpressionVariable.variables.name) = syntax[read.operand].kind {
            return variables[read.field] ?? .all
        }
        guard program.isRecord(read.operand) else { return .all }
        switch read.field {
        case RecordField.contains.name: return related(read.operand) { $0.parts }
        case RecordField.uses.name: return related(read.operand) { $0.targets }
        case RecordField.usedBy.name: return related(read.operand) { $0.users }
        default: return .all
        }
    }

    private func related(_ operand: CELSyntax.ID, _ step: (Kind) -> KindSet) -> KindSet {
        record(operand).kinds.reduce(into: []) { $0.formUnion(step($1)) }
    }
}
