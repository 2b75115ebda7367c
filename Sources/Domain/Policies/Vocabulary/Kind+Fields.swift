import Records

/// Which fields records of a kind can have, and which words they can hold.
///
/// - Source: the providers' object documents of August 2026; the design's table of times (section 3).
extension Kind {
    /// The states that providers document for records of the kind; nil where they name none, or leave it open.
    ///
    /// A provider may add one, so what is not here is a reason to look twice and no more.
    var statuses: [String]? {
        switch self {
        case .message: ["in_progress", "incomplete", "completed"]
        case .run:
            [
                "queued", "in_progress", "requires_action", "cancelling", "cancelled", "failed", "completed",
                "incomplete", "expired",
            ]
        case .runStep: ["in_progress", "cancelled", "failed", "completed", "expired"]
        case .file: ["uploaded", "pending", "running", "processed", "error", "deleting", "deleted"]
        case .vectorStore: ["in_progress", "completed", "expired"]
        case .vectorStoreFile: ["in_progress", "completed", "cancelled", "failed"]
        case .response: ["queued", "in_progress", "completed", "incomplete", "failed", "cancelled"]
        case .batch:
            [
                "validating", "failed", "in_progress", "finalizing", "completed", "expired", "cancelling", "cancelled",
            ]
        case .upload: ["pending", "completed", "cancelled", "expired"]
        case .assistant, .thread, .conversation, .item, .chatCompletion, .container, .containerFile: nil
        }
    }

    /// Whether a record of the kind can have the field; relations without members count as none.
    func canHave(_ field: RecordField) -> Bool {
        switch field {
        case .lastModified: clocks.contains(field.name)
        case .expires: clocks.contains(field.name)
        case .role: self == .message || self == .item
        case .status: ![.assistant, .thread, .conversation, .chatCompletion, .containerFile].contains(self)
        case .bytes: [.file, .vectorStore, .vectorStoreFile, .containerFile, .upload].contains(self)
        case .tokens: [.run, .runStep, .response, .chatCompletion, .batch].contains(self)
        case .container: !containers.isEmpty
        case .contains: !parts.isEmpty
        case .uses: !targets.isEmpty
        case .usedBy: !users.isEmpty
        case .id, .kind, .source, .created, .lastActivity, .owner, .subject, .tenant, .metadata: true
        }
    }
}
