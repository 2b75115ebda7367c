internal import HTTPServer

/// Conversations and their items.
///
/// - Source: OpenAI's OpenAPI document, `/conversations`.
extension Service {
    static let conversationCalls = [
        Call("POST", "conversations", .conversations) { service, asked throws(Refused) in
            try service.createConversation(asked)
        },
        Call("POST", "conversations/*", .conversations) { service, asked throws(Refused) in
            try service.change(.conversations, asked, [.needed("metadata", .metadata)])
        },
        Call("POST", "conversations/*/items", .items) { service, asked throws(Refused) in
            try service.createItems(asked)
        },
    ]

    private static let mostItems = 20

    private mutating func createConversation(_ asked: Asked) throws(Refused) -> ServedResponse {
        let metadata = try asked.metadata()
        let items = try newItems(asked)
        let id = mint.id("conv_")
        let conversation: JSON = [
            "id": .string(id), "object": "conversation", "created_at": .integer(mint.tick()), "metadata": metadata,
        ]
        try keep(conversation, on: .conversations)
        for item in items { try keep(item, on: .items, below: id) }
        return .json(conversation)
    }

    private mutating func createItems(_ asked: Asked) throws(Refused) -> ServedResponse {
        _ = try object(.conversations, asked.id)
        let items = try newItems(asked)
        guard !items.isEmpty else { throw Refused(Refusals.lacking("items")) }
        for item in items { try keep(item, on: .items, below: asked.id) }
        return .json([
            "object": "list", "data": .array(items), "first_id": items.first?["id"] ?? "",
            "last_id": items.last?["id"] ?? "", "has_more": false,
        ])
    }

    private mutating func newItems(_ asked: Asked) throws(Refused) -> [JSON] {
        let sent = asked.body["items"]
        guard sent?.text == nil else { throw Refused(Refusals.wrongType("items", .ids, sent ?? .null)) }
        let count = sent?.elements.count ?? 0
        guard count <= Self.mostItems else {
            throw Refused(Refusals.tooMany("items", count, most: Self.mostItems))
        }
        return try items(sent, at: "items")
    }
}
