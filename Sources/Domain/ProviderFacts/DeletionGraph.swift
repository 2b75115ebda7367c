public import Records

/// What can be deleted at one provider, what goes with what, and in which order.
///
/// The graph is data, checked when it is loaded: every kind that can be read is annotated, none is out of reach without
/// saying so, and no annotation contradicts another.
///
/// - Source: the checks of annotations in DELF (Cohn-Gordon et al., USENIX Security 2020, section 4).
public struct DeletionGraph: Sendable {
    /// The type of the sources that it describes, such as `openai`.
    public let provider: String
    /// The day on which the facts were collected, such as `2026-11-20`.
    public let collected: String
    /// The kinds in an order in which nothing goes before its parts, nor before what uses it.
    public let order: [Kind]
    private let removals: [Kind: Removal]
    private let ranks: [Kind: Int]

    /// Checks a graph.
    ///
    /// - Throws: `FactsError` at the first thing that cannot be true.
    init(_ facts: ProviderFacts, _ removals: [Removal]) throws(FactsError) {
        provider = facts.provider
        collected = facts.collected
        var byKind: [Kind: Removal] = [:]
        for removal in removals {
            guard byKind.updateValue(removal, forKey: removal.kind) == nil else {
                throw FactsError(facts.provider, removal.kind.name, "is annotated twice")
            }
        }
        for kind in facts.surfaces.map(\.kind) where byKind[kind] == nil {
            throw FactsError(facts.provider, kind.name, "can be read, and no annotation says how it is deleted")
        }
        for removal in removals {
            guard facts.surfaces.contains(where: { $0.kind == removal.kind }) else {
                throw FactsError(facts.provider, removal.kind.name, "is annotated, and no path reads it")
            }
            if let objection = Self.objection(to: removal, among: byKind) {
                throw FactsError(facts.provider, removal.kind.name, objection)
            }
        }
        self.removals = byKind
        order = try Self.order(of: byKind.keys.sorted(), facts.provider)
        ranks = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    }

    /// How records of a kind are taken away; nil where the provider has none such.
    public func removal(of kind: Kind) -> Removal? { removals[kind] }

    /// The place of a kind in the order.
    public func rank(of kind: Kind) -> Int { ranks[kind] ?? order.count }

    /// The kinds that stand in the graph and may contain this one.
    public func containers(of kind: Kind) -> [Kind] { kind.containers.kinds.filter { removals[$0] != nil } }

    /// Whether another graph says the same of the same kinds.
    func isSame(as other: DeletionGraph) -> Bool { order == other.order && removals == other.removals }

    private static func objection(to removal: Removal, among others: [Kind: Removal]) -> String? {
        let containers = removal.kind.containers.kinds.filter { others[$0] != nil }
        if containers.isEmpty != (removal.cascade == nil) {
            return containers.isEmpty
                ? "goes with a container that it does not have" : "does not say what its container takes along"
        }
        if removal.verb == .detach, removal.kind.targets.kinds.isEmpty { return "is detached from nothing" }
        let hasWay = removal.verb != .none || (removal.cascade ?? .no) != .no
        if hasWay == (removal.permanence != nil) {
            return hasWay
                ? "can be deleted, and is said to stay for ever" : "can never be deleted, and nothing says why"
        }
        if removal.verb == .none, hasWay, !containers.contains(where: { canGo($0, others, depth: others.count) }) {
            return "goes with a container that can never be deleted"
        }
        return nil
    }

    private static func canGo(_ kind: Kind, _ others: [Kind: Removal], depth: Int) -> Bool {
        guard let removal = others[kind], depth > 0 else { return false }
        if removal.verb != .none { return true }
        return (removal.cascade ?? .no) != .no
            && kind.containers.kinds.contains { canGo($0, others, depth: depth - 1) }
    }

    /// Of the kinds that nothing must go before, the first of the vocabulary comes next.
    private static func order(of kinds: [Kind], _ provider: String) throws(FactsError) -> [Kind] {
        var left = kinds
        var order: [Kind] = []
        while !left.isEmpty {
            let next = left.firstIndex { kind in
                !left.contains { $0 != kind && (kind.parts.has($0) || $0.targets.has(kind)) }
            }
            guard let next else {
                throw FactsError(provider, left.map(\.name).joined(separator: ", "), "must each go before the other")
            }
            order.append(left.remove(at: next))
        }
        return order
    }
}
