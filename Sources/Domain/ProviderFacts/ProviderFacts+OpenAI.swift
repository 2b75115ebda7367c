extension ProviderFacts {
    /// OpenAI's own API, below `/v1`.
    ///
    /// - Source: OpenAI's OpenAPI document 2.3.0 of 2026-08-21. The service allows 10,000 files a page; a thousand keep an
    ///   answer below half a megabyte.
    public static func openAI() throws(FactsError) -> ProviderFacts {
        try ProviderFacts(
            provider: "openai", collected: "2026-11-20", address: "https://api.openai.com/v1",
            lists: [
                ListedSurface(kind: "file", path: "files", limit: 1000),
                ListedSurface(kind: "vectorStore", path: "vector_stores", limit: 100),
                ListedSurface(kind: "vectorStoreFile", path: "vector_stores/{vectorStore}/files", limit: 100),
            ])
    }
}
