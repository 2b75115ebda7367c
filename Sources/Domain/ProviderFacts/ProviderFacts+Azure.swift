extension ProviderFacts {
    /// The hosts of Azure OpenAI resources.
    ///
    /// - Source: Microsoft's page on the life of Azure OpenAI's API versions, and its specification of the v1 API.
    private static let resource = AddressForm(
        hosts: [".openai.azure.com", ".services.ai.azure.com", ".cognitiveservices.azure.com"],
        path: .nothing(orEnding: ["openai/v1", "openai"]), example: "https://NAME.openai.azure.com")

    /// An Azure OpenAI resource, by the v1 API: `/openai/v1/…`.
    ///
    /// - Parameter version: `v1`, which nobody needs to say, or `preview`.
    /// - Source: Microsoft's specification "Microsoft Foundry Models Service", v1, which has no threads, no batches and no
    ///   list of responses; for conversations its reference pages, which have no list either. Files come on one page.
    static func azureV1(_ version: APIVersion) throws(FactsError) -> ProviderFacts {
        func family(_ name: String) -> Family { Family(name: name, root: ["openai", "v1"], sendsVersion: true) }
        return try ProviderFacts(
            provider: "azure-openai", collected: "2026-11-20", address: nil, form: resource,
            version: version.name == "v1" ? nil : version, keyHeader: "api-key",
            tokenResource: "https://cognitiveservices.azure.com",
            families: [
                (family("files"), [StatedSurface("file", wholeList: "files")]),
                (
                    family("vector stores"),
                    [
                        StatedSurface("vectorStore", list: "vector_stores", limit: 100),
                        StatedSurface("vectorStoreFile", list: "vector_stores/{vectorStore}/files", limit: 100),
                    ]
                ),
                (
                    family("containers"),
                    [
                        StatedSurface("container", list: "containers", limit: 100),
                        StatedSurface("containerFile", list: "containers/{container}/files", limit: 100),
                    ]
                ),
                (
                    family("conversations"),
                    [
                        StatedSurface("conversation", byId: "conversations/{conversation}"),
                        StatedSurface("item", list: "conversations/{conversation}/items", limit: 100),
                    ]
                ),
                (
                    family("responses"),
                    [
                        StatedSurface("response", byId: "responses/{response}"),
                        StatedSurface("response", supplement: "responses/{response}/input_items", limit: 100),
                    ]
                ),
            ])
    }

    /// An Azure OpenAI resource, by the dated API: `/openai/…?api-version=2025-04-01-preview`.
    ///
    /// What a version does not have is left out; of a version that nobody here knows everything is expected.
    ///
    /// - Source: Microsoft's specifications of 2025-03-01-preview (inference), 2025-04-01-preview and 2024-10-21
    ///   (authoring); for when a part came, its page on the life of the versions and the specifications of those. Files
    ///   come on one page; threads have no list. The end of the Assistants API: "How to navigate from classic".
    static func azureClassic(_ version: APIVersion) throws(FactsError) -> ProviderFacts {
        func family(
            _ name: String, since: String, isStable: Bool = false, retired: String? = nil
        ) -> Family {
            Family(
                name: name, root: ["openai"], sendsVersion: true, retired: retired,
                versions: Family.Versions(since: since, areStable: isStable))
        }
        return try ProviderFacts(
            provider: "azure-openai", collected: "2026-11-20", address: nil, form: resource, version: version,
            keyHeader: "api-key", tokenResource: "https://cognitiveservices.azure.com",
            families: [
                (
                    family("files", since: "2024-05-01-preview", isStable: true),
                    [StatedSurface("file", wholeList: "files")]
                ),
                (
                    family("vector stores", since: "2024-05-01-preview"),
                    [
                        StatedSurface("vectorStore", list: "vector_stores", limit: 100),
                        StatedSurface("vectorStoreFile", list: "vector_stores/{vectorStore}/files", limit: 100),
                    ]
                ),
                (
                    family("batches", since: "2024-07-01-preview", isStable: true),
                    [StatedSurface("batch", list: "batches", limit: 100)]
                ),
                (
                    family("stored chat completions", since: "2025-02-01-preview"),
                    [StatedSurface("chatCompletion", list: "chat/completions", limit: 100)]
                ),
                (
                    family("assistants", since: "2024-05-01-preview", retired: "2026-08-26"),
                    [
                        StatedSurface("assistant", list: "assistants", limit: 100),
                        StatedSurface("thread", byId: "threads/{thread}"),
                        StatedSurface("message", list: "threads/{thread}/messages", limit: 100),
                        StatedSurface("run", list: "threads/{thread}/runs", limit: 100),
                        StatedSurface("runStep", list: "threads/{thread}/runs/{run}/steps", limit: 100),
                    ]
                ),
                (
                    family("responses", since: "2025-03-01-preview"),
                    [
                        StatedSurface("response", byId: "responses/{response}"),
                        StatedSurface("response", supplement: "responses/{response}/input_items", limit: 100),
                    ]
                ),
            ])
    }

    /// The versions of the dated API that are known.
    ///
    /// - Source: the specifications in Microsoft's repository, and its page on the life of the versions, which ends five
    ///   of them on 2024-07-01.
    static let azureVersions = [
        APIVersion("v1"), APIVersion("preview"),
        APIVersion("2025-04-01-preview"), APIVersion("2025-03-01-preview"), APIVersion("2025-02-01-preview"),
        APIVersion("2025-01-01-preview"), APIVersion("2024-12-01-preview"), APIVersion("2024-10-21"),
        APIVersion("2024-10-01-preview"), APIVersion("2024-09-01-preview"), APIVersion("2024-08-01-preview"),
        APIVersion("2024-07-01-preview"), APIVersion("2024-05-01-preview"),
        APIVersion("2023-12-01-preview", ended: "2024-07-01"), APIVersion("2023-09-01-preview", ended: "2024-07-01"),
        APIVersion("2023-08-01-preview", ended: "2024-07-01"), APIVersion("2023-07-01-preview", ended: "2024-07-01"),
        APIVersion("2023-03-15-preview", ended: "2024-07-01"),
    ]
}
