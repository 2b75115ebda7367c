package import CEL

/// What the nodes of an expression have to do with records.
extension CELProgram {
    /// A key that a node reads of a record's metadata.
    struct MetadataRead {
        /// The record, or an optional of one.
        let record: CELSyntax.ID
        let key: String
    }

    /// The names under `variables` that are read, by whatever name `variables` itself goes.
    package var variablesRead: Set<String> { fieldsRead(of: AccessPolicy.variablesTypeName) }

    /// The key that a node reads from the metadata of some record; nil where it does something else.
    func metadataKey(_ id: CELSyntax.ID) -> String? { metadataRead(id)?.key }

    /// The record and the key, where a node reads metadata, be it into an optional.
    func metadataRead(_ id: CELSyntax.ID) -> MetadataRead? {
        if let read = fieldRead(id) {
            guard !read.isTest else { return nil }
            return record(ofMetadata: read.operand).map { MetadataRead(record: $0, key: read.field) }
        }
        if case .call("@in", _, _) = syntax[id].kind { return nil }
        return keyRead(id).flatMap { read in
            record(ofMetadata: read.map).map { MetadataRead(record: $0, key: read.key) }
        }
    }

    /// The record whose metadata a node is.
    func record(ofMetadata id: CELSyntax.ID) -> CELSyntax.ID? {
        guard let read = fieldRead(id), !read.isTest, read.field == RecordField.metadata.name,
            mayBeRecord(read.operand)
        else { return nil }
        return read.operand
    }

    /// Whether a node is a record for certain, or an optional of one.
    func isRecord(_ id: CELSyntax.ID) -> Bool { types[id].unwrapped == .object(RecordField.typeName) }

    /// Whether a node is a record, an optional of one, or something of which the type is not known.
    func mayBeRecord(_ id: CELSyntax.ID) -> Bool { mayBe(RecordField.typeName, id) }
}
