/// A graph, and the versions of a type of sources that all delete by it.
public struct GraphEdition: Sendable {
    /// The type of the sources.
    public let type: String
    /// The names of the versions, the newest first; none where nobody names one.
    public let versions: [String]
    /// What they all have.
    public let graph: DeletionGraph
    /// What is read, and where.
    public let facts: ProviderFacts

    /// Every graph there is, of the versions that providers still take.
    ///
    /// - Throws: `FactsError` at the first thing in any of them that cannot be true.
    public static func all() throws(FactsError) -> [GraphEdition] {
        var editions: [GraphEdition] = []
        for type in ProviderFacts.types {
            let versions = ProviderFacts.versions(ofType: type).filter { $0.ended == nil }.map(\.name)
            for version in versions.isEmpty ? [nil] : versions.map(Optional.some) {
                guard let graph = try DeletionGraph.graph(ofType: type, version: version),
                    let facts = try ProviderFacts.facts(ofType: type, version: version)
                else { continue }
                let names = version.map { [$0] } ?? []
                if let alike = editions.firstIndex(where: { $0.type == type && $0.graph.isSame(as: graph) }) {
                    let edition = editions[alike]
                    editions[alike] = GraphEdition(
                        type: type, versions: edition.versions + names, graph: graph, facts: edition.facts)
                } else {
                    editions.append(GraphEdition(type: type, versions: names, graph: graph, facts: facts))
                }
            }
        }
        return editions
    }
}
