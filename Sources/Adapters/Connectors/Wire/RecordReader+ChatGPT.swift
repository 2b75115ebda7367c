internal import JSONLines
internal import Records

/// ChatGPT's own export: a conversation with a tree of messages, every branch of which is still kept.
extension RecordReader {
    mutating func readChatGPT(_ value: JSONValue) {
        tally.kinds.formUnion([KindSet(.conversation), KindSet(.item)])
        tally.hasChatGPT = true
        guard let id = (fields[.conversationId] ?? fields[.id])?.text, id.count > 0 else {
            return lose(.missingId, .conversation, "has no id")
        }
        let unsaid = fields.below.repeatsKey ? contradictions : nil
        let isContradictory = fields.hasRepeated
        if isContradictory { note(.duplicateKey, .conversation, "has a key twice; what it says is not believed") }
        batch.begin(.conversation, line: line)
        batch.appendId(id.bytes.span)
        batch.setCreated(isContradictory ? .unreadable : RecordBatch.Reading(fields[.createTime]))
        if let updated = fields[.updateTime], !updated.isNull {
            batch.setModified(isContradictory ? .unreadable : RecordBatch.Reading(updated))
        }
        if hasRegistry { readRegistry(.conversation, id) }
        _ = batch.commit()
        for (key, mapping) in value.members where key.equals("mapping") {
            for (node, member) in mapping.members { readNode(node, member, of: id) }
        }
        noteContradiction(.conversation, unsaid)
    }

    private mutating func readNode(_ node: JSONText, _ value: JSONValue, of conversation: JSONText) {
        for (key, message) in value.members where key.equals("message") && !message.isNull {
            guard message.kind == .object else {
                lose(.wrongType, .item, "a message that is not an object")
                continue
            }
            inner.read(message)
            if inner.hasRepeated { note(.duplicateKey, .item, "has a key twice; what it says is not believed") }
            let id = inner[inner: .id]?.text ?? node
            guard id.count > 0 else {
                lose(.missingId, .item, "has no id")
                continue
            }
            readMessage(message, id, of: conversation)
        }
    }

    private mutating func readMessage(_ message: JSONValue, _ id: JSONText, of conversation: JSONText) {
        batch.begin(.item, line: line)
        batch.appendId(id.bytes.span)
        batch.setContainer(conversation.bytes.span)
        batch.setCreated(inner.hasRepeated ? .unreadable : RecordBatch.Reading(inner[inner: .create_time]))
        if let updated = inner[inner: .update_time], !updated.isNull {
            batch.setModified(inner.hasRepeated ? .unreadable : RecordBatch.Reading(updated))
        }
        if let role = inner[inner: .author]?["role"]?.text { batch.setRole(Role(role)) }
        if let attachments = inner[inner: .metadata]?["attachments"] {
            for attachment in attachments.elements {
                if let id = attachment["id"]?.text, id.count > 0 { batch.addReference(.uses, to: .file, id.bytes.span) }
            }
        }
        if let parts = inner[inner: .content]?["parts"] {
            for part in parts.elements { readAsset(part) }
        }
        _ = batch.commit()
    }

    /// An image or a recording within a message: `file-service://file-abc`, later `sediment://file_abc`.
    private mutating func readAsset(_ part: JSONValue) {
        guard let pointer = part["asset_pointer"]?.text else { return }
        let bytes = pointer.bytes
        for scheme: StaticString in ["file-service://", "sediment://"] where pointer.hasPrefix(scheme) {
            let id = UnsafeBufferPointer(rebasing: bytes[scheme.utf8CodeUnitCount...])
            if id.count > 0 { batch.addReference(.uses, to: .file, id.span) }
        }
    }
}
