import CEL

/// What the text that an expression makes could hold of metadata values.
///
/// A value flows from a part to the whole wherever the whole is more than a truth value or a size, so that nothing is
/// missed; an expression that tests a key, or compares its value, prints nothing of it.
struct Printing {
    /// A part that could bring a metadata value into the text.
    struct Leak {
        /// Where it stands, in UTF-8.
        let offset: Int
        /// What it is, for people.
        let what: String
        /// What would have to be disclosed; nil where nothing that has a name.
        let key: String?
    }

    /// What is known of a name under `variables`, worked out once, for variables may name each other again and again.
    private struct Variable {
        let leak: Leak?
        let readsIds: Bool
    }

    private let disclosed: Set<String>
    private var variables: [String: Variable] = [:]

    /// - Parameter disclosed: the metadata keys of which the value may be printed.
    init(disclosing disclosed: Set<String>) { self.disclosed = disclosed }

    /// Notes what a name under `variables` stands for. Those that it names itself were noted before.
    mutating func note(_ name: String, _ program: CELProgram) {
        variables[name] = Variable(leak: leaks(program).first, readsIds: readsIds(program))
    }

    /// Everything that could print more than is disclosed, in the order of the text.
    func leaks(_ program: CELProgram) -> [Leak] {
        var leaks: [Leak] = []
        collect(program.syntax.root, program, &leaks)
        return leaks.sorted { $0.offset < $1.offset }
    }

    /// Whether the text could name a record by its id.
    func readsIds(_ program: CELProgram) -> Bool {
        program.fieldsRead(of: RecordField.typeName).contains(RecordField.id.name)
            || program.variablesRead.contains { variables[$0]?.readsIds ?? false }
    }

    private func collect(_ id: CELSyntax.ID, _ program: CELProgram, _ leaks: inout [Leak]) {
        let syntax = program.syntax
        guard program.types[id] != .bool else { return }
        func leak(_ what: String, _ key: String?) {
            leaks.append(Leak(offset: syntax[id].range.lowerBound, what: what, key: key))
        }
        if case .call("size", _, _) = syntax[id].kind { return }
        if let key = program.metadataKey(id) {
            if !disclosed.contains(key) { leak("the metadata key \(quoted(key))", key) }
            return
        }
        if let read = program.fieldRead(id) {
            let field = read.field
            if program.mayBeRecord(read.operand) {
                if Self.metadata.contains(field), !disclosed.contains(field) {
                    return leak("the record's \(field), which is a metadata value", field)
                }
                if field == RecordField.metadata.name { return leak("metadata", nil) }
            }
            if program.mayBe(AccessPolicy.variablesTypeName, read.operand), let inner = variables[field]?.leak {
                return leak("\(inner.what), through variables.\(field)", inner.key)
            }
        }
        for child in syntax.children(of: id) { collect(child, program, &leaks) }
    }

    private static let metadata = [RecordField.owner.name, RecordField.subject.name, RecordField.tenant.name]
}
