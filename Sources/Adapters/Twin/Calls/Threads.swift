internal import HTTPServer

/// Threads: made, with messages, and changed.
///
/// - Source: OpenAI's OpenAPI document, `/threads`.
extension Service {
    static let threadCalls = [
        Call("POST", "threads", .threads) { service, asked throws(Refused) in
            .json(try service.makeThread(asked.body))
        },
        Call("POST", "threads/*", .threads) { service, asked throws(Refused) in try service.changeThread(asked) },
    ]

    private static let threadParts: [Shape.Part] = [
        .free("tool_resources", .toolResources), .free("metadata", .metadata),
    ]

    /// Makes a thread and the messages that come with it.
    mutating func makeThread(_ body: JSON) throws(Refused) -> JSON {
        let parts = Self.threadParts + [.free("messages", .list(.object(Self.messageParts), most: 100_000))]
        let sent = JSON.object(try Shape.members(parts, of: body, at: ""))
        let resources = try makeToolResources(sent)
        let id = mint.id("thread_")
        let thread: JSON = [
            "id": .string(id), "object": "thread", "created_at": .integer(mint.tick()),
            "metadata": sent["metadata"] ?? [:], "tool_resources": resources,
        ]
        try keep(thread, on: .threads)
        for message in sent["messages"]?.elements ?? [] { _ = try makeMessage(message, in: id) }
        return try object(.threads, id)
    }

    private mutating func changeThread(_ asked: Asked) throws(Refused) -> ServedResponse {
        var thread = try object(.threads, asked.id)
        let sent = try asked.take(Self.threadParts)
        if sent["tool_resources"] != nil { thread["tool_resources"] = try makeToolResources(sent) }
        if let metadata = sent["metadata"] { thread["metadata"] = metadata }
        return try add(thread, to: .threads)
    }
}
