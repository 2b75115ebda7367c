package import CEL

/// What the nodes of an expression have to do with records.
extension CELProgram {
    /// The names under `variables` that are read.
    package var variablesRead: Set<String> {
        var names: Set<String> = []
        syntax.walk { _, node in
            if case .select(let operand, let name, _) = node.kind,
                case .identifier(ExpressionVariable.variables.name) = syntax[operand].kind
            {
                names.insert(name)
            }
            return true
        }
        return names
    }

    /// The key that a node reads from the metadata of some record; nil where it does something else.
    func metadataKey(_ id: CELSyntax.ID) -> String? { metadataRead(id)?.key }

    /// The record and the key, where a node reads metadata.
    func metadataRead(_ id: CELSyntax.ID) -> (record: CELSyntax.ID, key: String)? {
        switch syntax[id].kind {
        case .select(let metadata, let key, false): return record(ofMetadata: metadata).map { ($0, key) }
        case .call("_[_]", nil, let parts) where parts.count == 2:
            guard case .literal(.string(let key)) = syntax[parts[1]].kind else { return nil }
            return record(ofMetadata: parts[0]).map { ($0, key) }
        default: return nil
        }
    }

    /// The record whose metadata a node is.
    func record(ofMetadata id: CELSyntax.ID) -> CELSyntax.ID? {
        guard case .select(let record, RecordField.metadata.name, false) = syntax[id].kind, mayBeRecord(record) else {
            return nil
        }
        return record
    }

    /// Whether a node is a record for certain.
    func isRecord(_ id: CELSyntax.ID) -> Bool { types[id] == .object(RecordField.typeName) }

    /// Whether a node is a record, or something of which the type is not known.
    func mayBeRecord(_ id: CELSyntax.ID) -> Bool {
        types[id] == .object(RecordField.typeName) || types[id] == .dyn
    }
}
