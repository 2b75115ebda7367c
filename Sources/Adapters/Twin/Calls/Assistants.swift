internal import HTTPServer

/// Assistants: made and changed.
///
/// - Source: OpenAI's OpenAPI document, `/assistants`.
extension Service {
    static let assistantCalls = [
        Call("POST", "assistants", .assistants) { service, asked throws(Refused) in
            try service.createAssistant(asked)
        },
        Call("POST", "assistants/*", .assistants) { service, asked throws(Refused) in
            try service.changeAssistant(asked)
        },
    ]

    /// What an assistant can be told, but its model.
    private static let assistantParts: [Shape.Part] = [
        .free("name", .optional(.text(most: 256))), .free("description", .optional(.text(most: 512))),
        .free("instructions", .optional(.text(most: 256_000))), .free("tools", .tools),
        .free("tool_resources", .toolResources), .free("metadata", .metadata),
        .free("temperature", .number(0...2)), .free("top_p", .number(0...1)), .free("response_format", .format),
    ]

    private mutating func createAssistant(_ asked: Asked) throws(Refused) -> ServedResponse {
        let sent = try asked.take([.needed("model", .text(most: 256))] + Self.assistantParts)
        let resources = try makeToolResources(sent)
        let id = mint.id("asst_")
        var assistant: JSON = [
            "id": .string(id), "object": "assistant", "created_at": .integer(mint.tick()), "name": .null,
            "description": .null, "model": "", "instructions": .null, "tools": [], "tool_resources": resources,
            "metadata": [:], "top_p": 1.0, "temperature": 1.0, "response_format": "auto",
        ]
        for member in sent.members where member.name != "tool_resources" { assistant[member.name] = member.value }
        return try add(assistant, to: .assistants)
    }

    private mutating func changeAssistant(_ asked: Asked) throws(Refused) -> ServedResponse {
        var assistant = try object(.assistants, asked.id)
        let sent = try asked.take([.free("model", .text(most: 256))] + Self.assistantParts)
        if sent["tool_resources"] != nil { assistant["tool_resources"] = try makeToolResources(sent) }
        for member in sent.members where member.name != "tool_resources" { assistant[member.name] = member.value }
        return try add(assistant, to: .assistants)
    }

    /// The tools' resources as they are kept: stores that are described are made, and live for a week.
    ///
    /// - Source: a store that comes with a thread expires seven days after its last activity, by OpenAI's guide.
    mutating func makeToolResources(_ sent: JSON) throws(Refused) -> JSON {
        var resources = sent["tool_resources"] ?? [:]
        guard let described = resources["file_search"]?["vector_stores"]?.elements else { return resources }
        resources["file_search"]?["vector_stores"] = nil
        guard let store = described.first else { return resources }
        let id = try makeHelperStore(store["metadata"] ?? [:])
        for file in store["file_ids"]?.elements ?? [] { _ = try attach(file.text ?? "", to: id, [:]) }
        resources["file_search"]?["vector_store_ids"] = [.string(id)]
        return resources
    }

    /// Makes a store that lives for a week after its last activity.
    mutating func makeHelperStore(_ metadata: JSON) throws(Refused) -> String {
        try makeVectorStore([
            "metadata": metadata, "expires_after": ["anchor": "last_active_at", "days": 7],
        ])
    }
}

extension Shape {
    /// A function that a model can call.
    static let function = Shape.object([
        .needed("name", .text(most: 64)), .free("description", .text()), .free("parameters", .anyObject),
        .free("strict", .optional(.bool)),
    ])

    /// The tools of an assistant or a run.
    static let tools = Shape.list(
        .kinds([
            "code_interpreter": [],
            "file_search": [.free("file_search", .object([.free("max_num_results", .integer(1...50))]))],
            "function": [.needed("function", .function)],
        ]), most: 20)

    /// How a model shall answer.
    static let format = Shape.either([
        .word(["auto"]),
        .kinds([
            "text": [], "json_object": [],
            "json_schema": [
                .needed(
                    "json_schema",
                    .object([
                        .needed("name", .text(most: 64)), .free("description", .text()), .free("schema", .anyObject),
                        .free("strict", .optional(.bool)),
                    ]))
            ],
        ]),
    ])
}
