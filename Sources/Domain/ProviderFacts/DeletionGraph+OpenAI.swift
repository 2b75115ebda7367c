internal import Records

extension DeletionGraph {
    /// What can be deleted at OpenAI.
    ///
    /// - Source: OpenAI's OpenAPI document 2.3.0 of 2026-08-21: "Delete a conversation. Items in the conversation will not
    ///   be deleted."; a file that is taken out of a vector store "itself will not be deleted"; runs, steps and batches
    ///   have no DELETE. That messages and runs become unreachable with their thread is seen, and nowhere promised; so it
    ///   is with the entries of a vector store. Files in a container end with it, as the container guide says.
    public static func openAI() throws(FactsError) -> DeletionGraph {
        try DeletionGraph(
            ProviderFacts.openAI(),
            [
                Removal(.file, .delete),
                Removal(.vectorStore, .delete),
                Removal(.vectorStoreFile, .detach, withContainer: .unknown),
                Removal(
                    .batch, .none, canCancel: true,
                    never: "the API has no call that deletes a batch; delete the files that it used"),
                Removal(.chatCompletion, .delete),
                Removal(.container, .delete),
                Removal(.containerFile, .delete, withContainer: .yes),
                Removal(.assistant, .delete),
                Removal(.thread, .delete),
                Removal(.message, .delete, withContainer: .unknown),
                Removal(.run, .none, withContainer: .unknown, canCancel: true),
                Removal(.runStep, .none, withContainer: .unknown),
                Removal(.conversation, .delete),
                Removal(.item, .delete, withContainer: .no),
                Removal(.response, .delete, withContainer: .no, canCancel: true),
            ])
    }
}
