extension DeletionGraph {
    /// How sources of a type delete, at a version; nil where nothing is known of the type.
    ///
    /// An export is planned as what it mostly is a copy of: OpenAI's API. Nothing is ever called on it.
    ///
    /// - Parameter version: the version's name; nil for the usual one.
    public static func graph(ofType type: String, version: String? = nil) throws(FactsError) -> DeletionGraph? {
        switch (type, ProviderFacts.chosenVersion(ofType: type, version)) {
        case ("openai", _), ("export", _): try openAI()
        case ("azure-openai", let version?):
            APIVersion.isDated(version.name) ? try azureClassic(version) : try azureV1(version)
        case ("azure-foundry", let version?): try foundry(version)
        default: nil
        }
    }
}
