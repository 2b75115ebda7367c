internal import JSONLines
internal import Records

/// The keys that mean something at the top of an object, and those that are known to mean nothing here.
///
/// - Source: the providers' object documents.
enum Field: Int, CaseIterable {
    case id, object, type, role, status, metadata, attributes, bytes, usageBytes, usage, data, hasMore, mapping
    case withheld
    case createdAt, created, completedAt, incompleteAt, startedAt, cancelledAt, cancellingAt, failedAt, expiredAt
    case inProgressAt, finalizingAt, expiresAt, lastActiveAt, expiresAfter
    case threadId, runId, assistantId, vectorStoreId, conversationId, containerId, conversation, previousResponseId
    case toolResources, tools, content, attachments, fileIds, stepDetails, input, output, file, results
    case inputFileId, outputFileId, errorFileId
    case createTime, updateTime
    case incompleteDetails, model, instructions, name, description, purpose, filename, text

    static let table = JSONFieldTable(Field.allCases.map(\.name))

    /// The key: `createdAt` is `created_at`.
    private var name: String {
        String(describing: self).reduce(into: "") { name, letter in
            if letter.isUppercase { name.append("_") }
            name.append(letter.lowercased())
        }
    }
}

/// The keys of the small objects inside.
enum InnerField: Int, CaseIterable {
    case anchor, days, minutes, total_tokens, id, message, author, role, create_time, update_time, content, metadata

    static let table = JSONFieldTable(InnerField.allCases.map { String(describing: $0) })
}

extension JSONFields {
    subscript(_ field: Field) -> JSONValue? { self[field.rawValue] }
    subscript(inner field: InnerField) -> JSONValue? { self[field.rawValue] }

    func isRepeated(_ field: Field) -> Bool { isRepeated(field.rawValue) }
}

/// What objects call themselves.
enum ObjectName {
    private static let kinds: [(String, Kind)] = [
        ("assistant", .assistant), ("thread", .thread), ("thread.message", .message), ("thread.run", .run),
        ("thread.run.step", .runStep), ("file", .file), ("vector_store", .vectorStore),
        ("vector_store.file", .vectorStoreFile), ("conversation", .conversation), ("response", .response),
        ("chat.completion", .chatCompletion), ("container", .container), ("container.file", .containerFile),
        ("batch", .batch), ("upload", .upload),
    ]

    private static let table = JSONFieldTable(kinds.map(\.0))

    static func kind(_ name: JSONText) -> Kind? { table.field(of: name).map { kinds[$0].1 } }
}

/// The types of the items of a conversation, which say nothing else of themselves.
///
/// - Source: openai-openapi, `ConversationItem`, `OutputItem` and `InputItem`.
enum ItemType {
    private static let table = JSONFieldTable([
        "message", "function_call", "function_call_output", "file_search_call", "web_search_call",
        "image_generation_call", "computer_call", "computer_call_output", "tool_search_call", "tool_search_output",
        "additional_tools", "reasoning", "program", "program_output", "compaction", "code_interpreter_call",
        "local_shell_call", "local_shell_call_output", "shell_call", "shell_call_output", "apply_patch_call",
        "apply_patch_call_output", "mcp_list_tools", "mcp_approval_request", "mcp_approval_response", "mcp_call",
        "custom_tool_call", "custom_tool_call_output", "item_reference",
    ])

    static func isKnown(_ name: JSONText) -> Bool { table.field(of: name) != nil }
}
