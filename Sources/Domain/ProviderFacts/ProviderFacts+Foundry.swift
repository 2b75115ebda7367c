extension ProviderFacts {
    /// A project of Microsoft Foundry: OpenAI's API below `/openai/v1`, and the agents' API of before beside it.
    ///
    /// - Parameter version: what the agents' API is asked for; the other takes none.
    /// - Source: Foundry's REST reference, where conversations and responses have lists, and responses one of what they
    ///   were given; the specification "Azure AI Agents" v1, where threads have one; the package azure-ai-projects 2.10.0
    ///   for what else stands below `/openai/v1`. That a project has containers is nowhere said.
    static func foundry(_ version: APIVersion) throws(FactsError) -> ProviderFacts {
        func family(_ name: String) -> Family { Family(name: name, root: ["openai", "v1"]) }
        return try ProviderFacts(
            provider: "azure-foundry", collected: "2026-11-20", address: nil,
            form: AddressForm(
                hosts: [".services.ai.azure.com"], path: .project,
                example: "https://NAME.services.ai.azure.com/api/projects/PROJECT"),
            version: version, keyHeader: nil, tokenResource: "https://ai.azure.com",
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
                    Family(name: "agents", sendsVersion: true),
                    [
                        StatedSurface("assistant", list: "assistants", limit: 100),
                        StatedSurface("thread", list: "threads", limit: 100),
                        StatedSurface("message", list: "threads/{thread}/messages", limit: 100),
                        StatedSurface("run", list: "threads/{thread}/runs", limit: 100),
                        StatedSurface("runStep", list: "threads/{thread}/runs/{run}/steps", limit: 100),
                    ]
                ),
                (
                    family("conversations"),
                    [
                        StatedSurface("conversation", list: "conversations", limit: 100),
                        StatedSurface("item", list: "conversations/{conversation}/items", limit: 100),
                    ]
                ),
                (
                    family("responses"),
                    [
                        StatedSurface("response", list: "responses", limit: 100),
                        StatedSurface("response", supplement: "responses/{response}/input_items", limit: 100),
                    ]
                ),
            ])
    }

    /// The versions of the agents' API.
    ///
    /// - Source: the service's own answer to a version that it does not know (azure-sdk-for-net#50120).
    static let foundryVersions = [
        APIVersion("v1"), APIVersion("2025-05-01"), APIVersion("2025-05-15-preview"),
    ]
}
