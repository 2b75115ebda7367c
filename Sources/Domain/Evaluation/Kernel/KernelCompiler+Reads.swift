internal import CEL
internal import Policies
internal import Records

/// What parts of an expression read, and the records and lists that they name.
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
        if let known = knownReads[id] { return known }
        let found = findReads(id)
        knownReads[id] = found
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
    func reader(_ id: CELSyntax.ID) -> (RecordNode, CodedColumn)? {
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
