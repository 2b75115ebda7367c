internal import Records

extension DeletionGraph {
    /// What can be deleted at an Azure OpenAI resource by the v1 API.
    ///
    /// - Source: Microsoft's specification "Microsoft Foundry Models Service", v1, for files, vector stores, containers and
    ///   responses; its reference pages for conversations, their items, and the cancelling of responses. Neither says that
    ///   items go with their conversation.
    static func azureV1(_ version: APIVersion) throws(FactsError) -> DeletionGraph {
        try DeletionGraph(
            ProviderFacts.azureV1(version),
            [
                Removal(.file, .delete),
                Removal(.vectorStore, .delete),
                Removal(.vectorStoreFile, .detach, withContainer: .unknown),
                Removal(.container, .delete),
                Removal(.containerFile, .delete, withContainer: .yes),
                Removal(.conversation, .delete),
                Removal(.item, .delete, withContainer: .no),
                Removal(.response, .delete, withContainer: .no, canCancel: true),
            ])
    }

    /// What can be deleted at an Azure OpenAI resource by a version of the dated API.
    ///
    /// - Source: Microsoft's specifications 2025-03-01-preview and 2025-04-01-preview (inference), where a message has GET
    ///   and POST and no DELETE, runs have `cancel`, and responses have none; 2024-10-21 (authoring) for files and batches,
    ///   which can be cancelled alone; its page on stored completions.
    static func azureClassic(_ version: APIVersion) throws(FactsError) -> DeletionGraph {
        let facts = try ProviderFacts.azureClassic(version)
        let removals = [
            Removal(.file, .delete),
            Removal(.vectorStore, .delete),
            Removal(.vectorStoreFile, .detach, withContainer: .unknown),
            Removal(
                .batch, .none, canCancel: true,
                never: "the API has no call that deletes a batch; delete the files that it used"),
            Removal(.chatCompletion, .delete),
            Removal(.assistant, .delete),
            Removal(.thread, .delete),
            Removal(.message, .none, withContainer: .unknown),
            Removal(.run, .none, withContainer: .unknown, canCancel: true),
            Removal(.runStep, .none, withContainer: .unknown),
            // Conversations came with v1: a response of the dated API stands by itself.
            Removal(.response, .delete),
        ]
        // A version that lacks a part of the API can delete nothing there either.
        return try DeletionGraph(
            facts, removals.filter { removal in facts.surfaces.contains { $0.kind == removal.kind } })
    }

    /// What can be deleted in a project of Microsoft Foundry.
    ///
    /// - Source: Foundry's REST reference for conversations, items, responses and threads; the specification "Azure AI
    ///   Agents" v1, where a message has GET and POST and no DELETE, and runs have `cancel`.
    static func foundry(_ version: APIVersion) throws(FactsError) -> DeletionGraph {
        try DeletionGraph(
            ProviderFacts.foundry(version),
            [
                Removal(.file, .delete),
                Removal(.vectorStore, .delete),
                Removal(.vectorStoreFile, .detach, withContainer: .unknown),
                Removal(.assistant, .delete),
                Removal(.thread, .delete),
                Removal(.message, .none, withContainer: .unknown),
                Removal(.run, .none, withContainer: .unknown, canCancel: true),
                Removal(.runStep, .none, withContainer: .unknown),
                Removal(.conversation, .delete),
                Removal(.item, .delete, withContainer: .no),
                Removal(.response, .delete, withContainer: .no, canCancel: true),
            ])
    }
}
