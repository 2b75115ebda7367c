/// Gives every node a type and every name a meaning, and reports what cannot be.
struct Checker {
    let environment: CELEnvironment
    let syntax: CELSyntax
    var unifier = Unifier()
    var types: [CELType]
    var referents: [CELSyntax.ID: Referent] = [:]
    /// Calls whose receiver is no value but the namespace of the function, by the function's full name.
    var namespaced: [CELSyntax.ID: String] = [:]
    var diagnostics: [CELDiagnostic] = []
    var scopes: [(name: String, type: CELType)] = []
    var deepestScope = 0

    /// What the checker found out.
    struct Findings {
        let types: [CELType]
        let referents: [CELSyntax.ID: Referent]
        let namespaced: [CELSyntax.ID: String]
        let locals: Int
        let diagnostics: [CELDiagnostic]
    }

    private init(_ syntax: CELSyntax, _ environment: CELEnvironment) {
        self.syntax = syntax
        self.environment = environment
        types = Array(repeating: .dyn, count: syntax.nodes.count)
    }

    static func check(_ syntax: CELSyntax, in environment: CELEnvironment) -> Findings {
        var checker = Checker(syntax, environment)
        checker.check(syntax.root)
        return Findings(
            types: checker.types.map { checker.unifier.settled($0) }, referents: checker.referents,
            namespaced: checker.namespaced, locals: checker.deepestScope,
            diagnostics: checker.diagnostics.sorted { $0.range.lowerBound < $1.range.lowerBound })
    }

    mutating func report(_ message: String, hint: String? = nil, at id: CELSyntax.ID) {
        report(message, hint: hint, at: syntax[id].range)
    }

    /// Blames the name that a node adds to its parts.
    mutating func report(_ message: String, hint: String? = nil, atNameOf id: CELSyntax.ID) {
        report(message, hint: hint, at: syntax[id].name)
    }

    private mutating func report(_ message: String, hint: String?, at range: Range<Int>) {
        guard diagnostics.count < CELDiagnostic.limit else { return }
        diagnostics.append(CELDiagnostic(message, hint: hint, range: range, in: syntax.source))
    }

    func shown(_ type: CELType) -> String { unifier.settled(type).description }

    @discardableResult
    mutating func check(_ id: CELSyntax.ID) -> CELType {
        let type: CELType
        switch syntax[id].kind {
        case .literal(let value): type = value.type
        case .identifier(let name): type = identifier(name, at: id)
        case .select(let operand, let field, let isTest): type = select(operand, field, isTest, at: id)
        case .call(let function, let receiver, let arguments): type = call(function, receiver, arguments, at: id)
        case .list(let elements): type = .list(joined(elements))
        case .map(let entries): type = map(entries)
        case .comprehension(let comprehension): type = check(comprehension)
        }
        types[id] = type
        return type
    }

    private mutating func joined(_ elements: [CELSyntax.ID]) -> CELType {
        var common: CELType?
        for element in elements {
            let type = unifier.resolved(check(element))
            common = common.map { unifier.join($0, type) } ?? type
        }
        return common ?? unifier.fresh()
    }

    private mutating func map(_ entries: [CELSyntax.Entry]) -> CELType {
        let keys = joined(entries.map(\.key))
        for entry in entries where !unifier.resolved(types[entry.key]).canBeKey {
            report(
                "a map's key cannot be of type \(shown(types[entry.key]))", hint: "keys are int, uint, bool or string",
                at: entry.key)
        }
        return .map(keys, joined(entries.map(\.value)))
    }
}

extension CELType {
    fileprivate var canBeKey: Bool {
        switch self {
        case .int, .uint, .bool, .string, .dyn, .parameter: true
        default: false
        }
    }
}
