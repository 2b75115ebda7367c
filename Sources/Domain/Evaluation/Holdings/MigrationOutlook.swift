public import Policies
public import ProviderFacts
public import Records

/// What hangs on surfaces that a provider took away, and what each of it becomes.
public struct MigrationOutlook: Sendable {
    /// The facts that it follows.
    public let facts: AssistantsEnd
    /// How much there is of each kind that ends, in the order of the facts.
    public let ending: [Amount]
    /// How many records of kinds that end have each tool, in the order of the facts.
    public let tools: [Int]
    /// Files, vector stores and containers that nothing uses but what ends: their surfaces stay, so they can be managed.
    public let remaining: [(kind: Kind, amount: Amount)]

    /// Looks at all records once, with a byte for each of them.
    ///
    /// - Parameter sources: the documents of the sources. Of a service only those kinds end whose surface its provider took
    ///   away; of an export nobody knows whose it is, and all of them do.
    /// - Throws: `FactsError` where those of a service cannot be true.
    public init(_ inventory: Inventory, _ facts: AssistantsEnd, sources: [Source]) throws(FactsError) {
        self.facts = facts
        let ends = try inventory.sourceNames.map { name throws(FactsError) in
            try Self.ending(sources.first { $0.name == name }, facts)
        }
        let origins = inventory.sources
        let kinds = inventory.kinds
        let edges = inventory.edges
        var users = [UInt8](repeating: 0, count: inventory.count)
        var tools = [Int](repeating: 0, count: facts.tools.count)
        var ending = [Amount](repeating: Amount(), count: facts.successions.count)
        for row in 0..<inventory.count {
            let isEnding = ends[Int(origins[row])].has(kinds[row])
            if isEnding, let place = facts.successions.firstIndex(where: { $0.kind == kinds[row] }) {
                ending[place].add(row, of: inventory)
            }
            var used: KindSet = []
            for edge in edges.leaving(row) where edges.relation[edge] == .uses {
                let target = Int(edges.to[edge])
                used.formUnion(KindSet(kinds[target]))
                users[target] |= isEnding ? 1 : 2
            }
            guard isEnding else { continue }
            let named = inventory.tools(row)
            for (index, tool) in facts.tools.enumerated()
            where named.contains(tool.type) || tool.needs.map(used.has) ?? false {
                tools[index] += 1
            }
        }
        self.ending = ending
        self.tools = tools
        remaining = [Kind.file, .vectorStore, .container].map { kind in
            var amount = Amount()
            for row in users.indices where users[row] == 1 && kinds[row] == kind { amount.add(row, of: inventory) }
            return (kind, amount)
        }
    }

    /// The kinds of a source that end.
    private static func ending(_ source: Source?, _ facts: AssistantsEnd) throws(FactsError) -> KindSet {
        let all = KindSet(facts.successions.map(\.kind))
        guard let source, let service = try ProviderFacts.facts(ofType: source.type, version: source.apiVersion) else {
            return all
        }
        let retired = service.surfaces.filter { $0.family.retired != nil }.map(\.kind)
        return all.intersection(KindSet(retired))
    }
}
