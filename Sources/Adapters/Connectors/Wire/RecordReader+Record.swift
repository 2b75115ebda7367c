internal import JSONLines
internal import Records

/// What each kind knows of itself.
///
/// - Source: the design, section 3, "What each kind knows of time" and "References".
extension RecordReader {
    /// Reads the object whose members `fields` holds.
    mutating func readRecord(_ value: JSONValue, _ kind: Kind) {
        self.kind = kind
        tally.kinds.formUnion(KindSet(kind))
        guard let id = fields[.id]?.text, id.count > 0 else { return lose(.missingId, kind, "has no id") }
        let unsaid = fields.below.repeatsKey ? contradictions : nil
        if fields.hasRepeated || unsaid != nil, saysItsPlaceTwice(kind) {
            return lose(.duplicateKey, kind, "says twice what it is or where it belongs")
        }
        if fields.hasRepeated {
            note(.duplicateKey, kind, "has a key twice; what it says is not believed")
        }
        batch.begin(kind, line: line)
        readContainer(kind)
        batch.appendId(id.bytes.span)
        readTimes(kind)
        readMetadata(kind)
        readState(kind)
        readReferences(value, kind, id)
        if hasRegistry { readRegistry(kind, id) }
        noteContradiction(kind, unsaid)
        _ = batch.commit()
    }

    private mutating func saysItsPlaceTwice(_ kind: Kind) -> Bool {
        if fields.isRepeated(.id) { return true }
        guard let field = Self.containerField(kind) else { return false }
        if fields.isRepeated(field) { return true }
        guard let container = fields[field], container.kind == .object else { return false }
        inner.read(container)
        return inner.isRepeated(InnerField.id.rawValue)
    }

    private static func containerField(_ kind: Kind) -> Field? {
        switch kind {
        case .message, .run: .threadId
        case .runStep: .runId
        case .vectorStoreFile: .vectorStoreId
        case .containerFile: .containerId
        case .item: .conversationId
        case .response: .conversation
        default: nil
        }
    }

    private mutating func readContainer(_ kind: Kind) {
        guard let field = Self.containerField(kind) else { return }
        guard let value = fields[field], !value.isNull else {
            if kind == file.kind, let container = file.container { setContainer(container.span, of: kind) }
            return
        }
        let container = field == .conversation && value.kind == .object ? value["id"]?.text : value.text
        guard let container, container.count > 0 else {
            return note(.wrongType, kind, "what it belongs to is not an id")
        }
        setContainer(container.bytes.span, of: kind)
    }

    private mutating func setContainer(_ id: Span<UInt8>, of kind: Kind) {
        batch.setContainer(id)
        if kind == .vectorStoreFile || kind == .containerFile { batch.appendId(id) }
    }

    private mutating func readState(_ kind: Kind) {
        if let status = text(.status) { batch.setStatus(status.bytes.span) }
        if let role = text(.role) { batch.setRole(Role(role)) }
        if let size = (fields[.bytes] ?? fields[.usageBytes])?.integer { batch.setBytes(size) }
        if let usage = fields[.usage], usage.kind == .object, !fields.isRepeated(.usage) {
            inner.read(usage)
            if let tokens = inner[inner: .total_tokens]?.integer, !inner.hasRepeated { batch.setTokens(tokens) }
        }
    }

    /// The text of a field that is said once.
    @inline(__always)
    private func text(_ field: Field) -> JSONText? { fields.isRepeated(field) ? nil : fields[field]?.text }
}

extension Role {
    /// The role of that name, or unknown.
    init(_ name: JSONText) {
        self =
            if name.equals("user") {
                .user
            } else if name.equals("assistant") {
                .assistant
            } else if name.equals("system") {
                .system
            } else if name.equals("developer") {
                .developer
            } else if name.equals("tool") {
                .tool
            } else {
                .unknown
            }
    }
}
