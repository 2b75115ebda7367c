extension ProviderFacts {
    /// The types of sources that are services.
    public static let types = ["openai", "azure-openai", "azure-foundry"]

    /// The versions that services of a type take, the usual one first; none where nobody names one.
    public static func versions(ofType type: String) -> [APIVersion] {
        switch type {
        case "azure-openai": azureVersions
        case "azure-foundry": foundryVersions
        default: []
        }
    }

    /// Whether a word could name a version of a type's services, known or not.
    public static func canBeVersion(_ name: String, ofType type: String) -> Bool {
        let known = versions(ofType: type)
        return known.contains { $0.name == name } || (!known.isEmpty && APIVersion.isDated(name))
    }

    /// The facts of a type of sources, at a version; nil where there is no such type.
    ///
    /// - Parameter version: the version's name; nil for the usual one.
    public static func facts(ofType type: String, version: String? = nil) throws(FactsError) -> ProviderFacts? {
        switch (type, chosenVersion(ofType: type, version)) {
        case ("openai", _): return try openAI()
        case ("azure-openai", let version?):
            return APIVersion.isDated(version.name) ? try azureClassic(version) : try azureV1(version)
        case ("azure-foundry", let version?): return try foundry(version)
        default: return nil
        }
    }
    /// The version of a type's services that a name means; nil where nobody names one.
    static func chosenVersion(ofType type: String, _ name: String?) -> APIVersion? {
        let known = versions(ofType: type)
        guard let name else { return known.first }
        return known.first { $0.name == name } ?? APIVersion(name, isKnown: false)
    }
}
