extension ProviderFacts {
    /// OpenAI's own API, below `/v1`.
    ///
    /// - Source: OpenAI's OpenAPI document 2.3.0 of 2026-08-21, and its migration guide for the end of the Assistants API.
    ///   The service allows 10,000 files a page; a thousand keep an answer below half a megabyte.
    public static func openAI() throws(FactsError) -> ProviderFacts {
        try ProviderFacts(
            provider: "openai", collected: "2026-11-20", address: "https://api.openai.com/v1",
            families: [
                (
                    Family(name: "files", beta: nil, retired: nil),
                    [StatedSurface("file", list: "files", limit: 1000)]
                ),
                (
                    Family(name: "vector stores", beta: "assistants=v2", retired: nil),
                    [
                        StatedSurface("vectorStore", list: "vector_stores", limit: 100),
                        StatedSurface("vectorStoreFile", list: "vector_stores/{vectorStore}/files", limit: 100),
                    ]
                ),
                (
                    Family(name: "batches", beta: nil, retired: nil),
                    [StatedSurface("batch", list: "batches", limit: 100)]
                ),
                (
                    Family(name: "stored chat completions", beta: nil, retired: nil),
                    [StatedSurface("chatCompletion", list: "chat/completions", limit: 100)]
                ),
                (
                    Family(name: "containers", beta: nil, retired: nil),
                    [
                        StatedSurface("container", list: "containers", limit: 100),
                        StatedSurface("containerFile", list: "containers/{container}/files", limit: 100),
                    ]
                ),
                (
                    Family(name: "assistants", beta: "assistants=v2", retired: "2026-08-26"),
                    [
                        StatedSurface("assistant", list: "assistants", limit: 100),
                        StatedSurface("thread", byId: "threads/{thread}"),
                        StatedSurface("message", list: "threads/{thread}/messages", limit: 100),
                        StatedSurface("run", list: "threads/{thread}/runs", limit: 100),
                        StatedSurface("runStep", list: "threads/{thread}/runs/{run}/steps", limit: 100),
                    ]
                ),
                (
                    Family(name: "conversations", beta: nil, retired: nil),
                    [
                        StatedSurface("conversation", byId: "conversations/{conversation}"),
                        StatedSurface("item", list: "conversations/{conversation}/items", limit: 100),
                    ]
                ),
                (
                    Family(name: "responses", beta: nil, retired: nil),
                    [
                        StatedSurface("response", byId: "responses/{response}"),
                        StatedSurface("response", supplement: "responses/{response}/input_items", limit: 100),
                    ]
                ),
            ])
    }
}
