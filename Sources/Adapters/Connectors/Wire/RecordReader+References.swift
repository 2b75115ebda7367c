internal import JSONLines
internal import Records

/// What a record uses, and what it cites where that decides something.
extension RecordReader {
    /// The keys that a walk looks for.
    static let referringKeys = JSONFieldTable(["file_id", "file_ids", "container", "container_id", "vector_store_ids"])

    mutating func readReferences(_ value: JSONValue, _ kind: Kind, _ id: JSONText) {
        switch kind {
        case .message:
            walk(value, .content)
            walk(value, .attachments)
            walk(value, .fileIds)
        case .item:
            walk(value, .content)
            walk(value, .output)
            walk(value, .results)
        case .runStep:
            walk(value, .stepDetails)
        case .thread, .assistant:
            walk(value, .toolResources)
            walk(value, .fileIds)
            if kind == .assistant { readTools(value) }
        case .response:
            // Exports may have what was put in; the API has it on a list of its own.
            walk(value, .input)
            walk(value, .output)
            walk(value, .tools)
            refer(.cites, to: .response, fields[.previousResponseId])
        case .run: refer(.cites, to: .assistant, fields[.assistantId])
        case .vectorStoreFile: batch.addReference(.uses, to: .file, id.bytes.span)
        case .batch:
            for field in [Field.inputFileId, .outputFileId, .errorFileId] { refer(.uses, to: .file, fields[field]) }
        case .file: readPurpose(value)
        case .upload:
            if let file = fields[.file], !file.isNull { referToFile(file) }
        default: break
        }
    }

    /// Reads an element of a list that says what a record uses, by the rules by which what a record says itself is read.
    mutating func readUses(_ value: JSONValue, of id: String, _ kind: Kind, line: Int) {
        self.line = line
        self.kind = kind
        guard value.kind == .object else { return lose(.unknownKind, kind, "not an object") }
        fields.read(value)
        if fields.hasRepeated || fields.below.repeatsKey {
            note(.duplicateKey, kind, "an object within it has a key twice")
        }
        batch.begin(kind, line: line)
        walk(value)
        batch.commitReferences(of: id)
    }

    /// What fine-tuning jobs and evaluations use is in no list that is read; nor is what a new purpose may mean.
    ///
    /// - Source: OpenAI's OpenAPI document 2.3.0 and Azure's v1 specification: the purposes of files.
    private mutating func readPurpose(_ value: JSONValue) {
        for (key, purpose) in value.members where key.equals("purpose") {
            let isSeen = purpose.text.map { text in Self.seenPurposes.contains { text.equals($0) } }
            if isSeen != true { batch.noteUnseenUse() }
        }
    }

    /// The tools by their types; a list that is said twice counts twice.
    private mutating func readTools(_ value: JSONValue) {
        for (key, tools) in value.members where key.equals("tools") {
            for tool in tools.elements {
                let type = tool["type"]?.text
                let known = ToolSet.types.first { type?.equals($0.type) ?? false }
                batch.noteTool(known?.tool ?? .other)
            }
        }
    }

    private static let seenPurposes: [[UInt8]] =
        ["assistants", "assistants_output", "batch", "batch_output", "vision", "user_data"].map { Array($0.utf8) }

    /// Follows a field into everything below it; one that is said twice, twice.
    private mutating func walk(_ value: JSONValue, _ field: Field) {
        // Most records have no key that refers; ids in a list of their own need none.
        guard fields.below.hasName || field == .fileIds else { return }
        guard fields.isRepeated(field) else {
            if let part = fields[field] { walk(field, part) }
            return
        }
        for (key, part) in value.members where Field.table.field(of: key) == field.rawValue { walk(field, part) }
    }

    private mutating func walk(_ field: Field, _ part: JSONValue) {
        if field == .fileIds {
            referAll(to: .file, part)
        } else {
            walk(part)
        }
    }

    /// Takes every reference in a tree, wherever a new kind of content may have put it.
    ///
    /// The tree is as deep as the parser allows, so the recursion is bounded.
    private mutating func walk(_ value: JSONValue) {
        switch value.kind {
        case .array: for element in value.elements { walk(element) }
        case .object: for (key, member) in value.members { walkMember(key, member, of: value) }
        default: break
        }
    }

    @inline(__always)
    private mutating func walkMember(_ key: JSONText, _ member: JSONValue, of object: JSONValue) {
        switch member.kind {
        case .string:
            if key.equals("file_id") {
                // A file in a container is a part of the container, and no file of its own.
                if object["container_id"] == nil { refer(.uses, to: .file, member) }
            } else if kind == .response, key.equals("container") || key.equals("container_id") {
                if !(object["type"]?.text?.equals("container_file_citation") ?? false) {
                    refer(.uses, to: .container, member)
                }
            }
        case .array:
            if key.equals("file_ids") {
                referAll(to: .file, member)
            } else if key.equals("vector_store_ids") {
                referAll(to: .vectorStore, member)
            } else {
                walk(member)
            }
        case .object:
            if !key.equals("attributes"), !key.equals("metadata") { walk(member) }
        default:
            if !member.isNull, key.equals("file_id") { noteWrongReference() }
        }
    }

    /// A file as an object, or as its id; one that says its id twice is two.
    private mutating func referToFile(_ file: JSONValue) {
        let ids = file.members.filter { $0.key.equals("id") }
        if ids.isEmpty { refer(.uses, to: .file, file) }
        for (_, id) in ids { refer(.uses, to: .file, id) }
    }

    private mutating func referAll(to kind: Kind, _ list: JSONValue) {
        for element in list.elements { refer(.uses, to: kind, element) }
    }

    private mutating func refer(_ relation: Relation, to kind: Kind, _ target: JSONValue?) {
        guard let target, !target.isNull else { return }
        guard let id = target.text else { return noteWrongReference() }
        if id.count > 0 { batch.addReference(relation, to: kind, id.bytes.span) }
    }

    private mutating func noteWrongReference() {
        note(.wrongType, kind, "refers to something by what is not an id")
    }
}
