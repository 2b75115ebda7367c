internal import HTTPServer

/// Messages of threads: made and changed.
///
/// - Source: OpenAI's OpenAPI document, `/threads/{thread_id}/messages`.
extension Service {
    static let messageCalls = [
        Call("POST", "threads/*/messages", .messages) { service, asked throws(Refused) in
            try service.createMessage(asked)
        },
        Call("POST", "threads/*/messages/*", .messages) { service, asked throws(Refused) in
            _ = try service.object(.threads, asked.outerId)
            return try service.change(.messages, asked, below: asked.outerId, [.free("metadata", .metadata)])
        },
    ]

    /// What a message can be made of.
    static let messageParts: [Shape.Part] = [
        .needed("role", .word(["user", "assistant"])),
        .needed(
            "content",
            .either([
                .text(),
                .list(
                    .kinds([
                        "text": [.needed("text", .text())],
                        "image_file": [
                            .needed(
                                "image_file",
                                .object([.needed("file_id", .id), .free("detail", .detail, usual: "auto")]
                                ))
                        ],
                        "image_url": [
                            .needed(
                                "image_url",
                                .object([.needed("url", .address), .free("detail", .detail, usual: "auto")]))
                        ],
                    ]), most: 1000),
            ])),
        .free(
            "attachments",
            .list(
                .object([
                    .needed("file_id", .id),
                    .free("tools", .list(.kinds(["code_interpreter": [], "file_search": []]), most: 20), usual: []),
                ]), most: 1000), usual: []),
        .free("metadata", .metadata, usual: [:]),
    ]

    private mutating func createMessage(_ asked: Asked) throws(Refused) -> ServedResponse {
        _ = try object(.threads, asked.id)
        let sent = try asked.take(Self.messageParts)
        if let run = activeRun(of: asked.id) {
            throw Refused(
                Refusals.unfitting("Can't add messages to \(asked.id) while a run \(run) is active."))
        }
        return .json(try makeMessage(sent, in: asked.id))
    }

    /// Makes a message of what is known of it.
    ///
    /// - Parameter run: the run that wrote it; nil where somebody else did.
    mutating func makeMessage(_ sent: JSON, in thread: String, run: JSON? = nil) throws(Refused) -> JSON {
        let attachments = sent["attachments"]?.elements ?? []
        for file in attachments { _ = try object(.files, file["file_id"]?.text ?? "") }
        let now = mint.tick()
        let message: JSON = [
            "id": .string(mint.id("msg_")), "object": "thread.message", "created_at": .integer(now),
            "assistant_id": run?["assistant_id"] ?? .null, "thread_id": .string(thread), "run_id": run?["id"] ?? .null,
            "status": "completed", "incomplete_details": .null, "completed_at": run == nil ? .null : .integer(now),
            "incomplete_at": .null, "role": sent["role"] ?? "user", "content": Self.content(sent["content"] ?? ""),
            "attachments": .array(attachments), "metadata": sent["metadata"] ?? [:],
        ]
        try keep(message, on: .messages, below: thread)
        let searched = attachments.filter { $0["tools"]?.elements.contains { $0["type"] == "file_search" } == true }
        if !searched.isEmpty { try makeSearchable(searched.compactMap { $0["file_id"]?.text }, in: thread) }
        return message
    }

    /// A message's content as it is kept.
    private static func content(_ sent: JSON) -> JSON {
        func text(_ text: JSON) -> JSON { ["type": "text", "text": ["value": text, "annotations": []]] }
        guard case .array(let parts) = sent else { return [text(sent)] }
        return .array(parts.map { part in part["type"] == "text" ? text(part["text"] ?? "") : part })
    }

    /// Attaches files to the thread's own store, which is made where there is none.
    private mutating func makeSearchable(_ files: [String], in id: String) throws(Refused) {
        var thread = try object(.threads, id)
        var resources = thread["tool_resources"] ?? [:]
        if resources == .null { resources = [:] }
        let known = resources["file_search"]?["vector_store_ids"]?.elements.first?.text
        let store: String
        if let known, stock.object(.vectorStores, known, below: "") != nil {
            store = known
        } else {
            store = try makeHelperStore([:])
            resources["file_search"] = ["vector_store_ids": [.string(store)]]
            thread["tool_resources"] = resources
            try keep(thread, on: .threads)
        }
        for file in files { _ = try attach(file, to: store, [:]) }
    }
}

extension Shape {
    /// How closely a model looks at a picture.
    static let detail = Shape.word(["auto", "low", "high"])
}
