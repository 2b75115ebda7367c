extension Tree {
    /// The versions of the dated API.
    ///
    /// - Source: Microsoft's page on the life of Azure OpenAI's API versions, and the specifications of those versions.
    private static let dated = [
        "2024-05-01-preview", "2024-07-01-preview", "2024-08-01-preview", "2024-09-01-preview", "2024-10-01-preview",
        "2024-10-21", "2024-12-01-preview", "2025-01-01-preview", "2025-02-01-preview", "2025-03-01-preview",
        "2025-04-01-preview",
    ]

    /// `/openai/…?api-version=…`, where a version that there is not has nothing at all.
    ///
    /// - Source: the specification of 2025-03-01-preview, which has neither a list of threads nor a DELETE of messages;
    ///   for files, batches and stored completions that of 2025-04-01-preview's authoring API.
    static let azureClassic = Tree(
        root: ["openai"], version: .hidden(dated),
        offers: [
            "file": Offer(listing: .whole, envelope: .object, since: "2024-05-01-preview", isStable: true),
            "batch": Offer(envelope: [.object, .hasMore], since: "2024-07-01-preview", isStable: true),
            "chat.completion": Offer(
                usualOrder: "desc", envelope: [.whole, .total], since: "2025-02-01-preview"),
            "vector_store": Offer(since: "2024-05-01-preview"),
            "vector_store.file": Offer(since: "2024-05-01-preview"),
            "assistant": Offer(since: "2024-05-01-preview"),
            "thread": Offer(listing: .absent, since: "2024-05-01-preview"),
            "thread.message": Offer(deletes: false, since: "2024-05-01-preview"),
            "thread.run": Offer(since: "2024-05-01-preview"),
            "thread.run.step": Offer(since: "2024-05-01-preview"),
            "response": Offer(listing: .absent, since: "2025-03-01-preview"),
        ])

    /// `/openai/v1/…`: files on one page, no list of responses or conversations, and neither a search of a vector store nor
    /// what its files say.
    ///
    /// - Source: Microsoft's specification of the v1 API; its reference pages for conversations.
    static let azureV1 = Tree(
        root: ["openai", "v1"], version: .optional(["v1", "preview"]),
        lacks: ["vector_stores/*/search", "vector_stores/*/files/*/content"],
        offers: [
            "file": Offer(listing: .whole),
            "vector_store": Offer(), "vector_store.file": Offer(),
            "container": Offer(), "container.file": Offer(),
            "conversation": Offer(listing: .absent), "conversation.item": Offer(),
            "response": Offer(listing: .absent),
        ])
}
