extension Tree {
    private static let pages = Shelf.Listed.pages(usual: 20, most: 100)

    /// A project's agents: `/api/projects/NAME/threads?api-version=v1`, where threads have a list.
    ///
    /// - Source: the specification of Azure AI Agents v1, whose lists have neither `object` nor `first_id`.
    static let foundryAgents = Tree(
        root: ["api", "projects", "twin"], version: .required(["v1", "2025-05-01", "2025-05-15-preview"]),
        offers: [
            "file": Offer(listing: .whole, envelope: .object),
            "vector_store": Offer(envelope: short), "vector_store.file": Offer(envelope: short),
            "assistant": Offer(envelope: short), "thread": Offer(listing: pages, envelope: short),
            "thread.message": Offer(deletes: false, envelope: short), "thread.run": Offer(envelope: short),
            "thread.run.step": Offer(envelope: short),
        ])

    /// OpenAI's API below a project, where conversations and responses have lists.
    ///
    /// - Source: Foundry's REST reference for conversations and responses.
    static let foundryV1 = Tree(
        root: ["api", "projects", "twin", "openai", "v1"], version: .refused,
        offers: [
            "file": Offer(listing: .whole), "vector_store": Offer(), "vector_store.file": Offer(),
            "conversation": Offer(listing: pages), "conversation.item": Offer(),
            "response": Offer(listing: pages),
        ])

    private static let short: Envelope = [.lastId, .hasMore]
}
