internal import Policies
internal import Records

/// What the kinds that were not read to their end may protect.
///
/// - Source: the design, section 5, "r may go": where a kind that can be part of r, or can contain or use it, was not
///   read to its end, no live hold, exception or `atLeast` may match that kind, nor, if it can use r, may
///   `whileUsed: keep` apply.
struct UnreadKinds: Sendable {
    private let decided: [KindSet]
    /// By source: the kinds that some protecting document can match.
    private let protectable: [KindSet]

    init(_ book: RuleBook, _ rules: RulesInForce) {
        let inventory = book.facts.inventory
        decided = inventory.coverage.map(\.decidedKinds)
        let protecting = book.rules.filter { rule in
            switch rule.document {
            case .policy(let index): rules.atLeast[index] != nil
            case .hold(let index): rules.isInEffect(index)
            case .exception(let index): rules.isLive(exception: index)
            case .access: false
            }
        }
        protectable = inventory.sourceNames.indices.map { source in
            KindSet(Kind.allCases.filter { kind in protecting.contains { $0.covers(kind, source: source) } })
        }
    }

    /// The kinds that were not read to their end and can be part of a record of this kind, contain it or use it.
    func unread(_ kind: Kind, source: Int) -> KindSet {
        kind.allParts.union(kind.allHolders).subtracting(decided[source])
    }

    /// The unread kinds that may hold something which protects a record of this kind.
    func protecting(_ kind: Kind, source: Int, whileUsedKeeps: Bool) -> KindSet {
        let unread = unread(kind, source: source)
        let byDocument = unread.intersection(protectable[source])
        return whileUsedKeeps ? byDocument.union(unread.intersection(kind.users)) : byDocument
    }

    func protects(_ kind: Kind, source: Int, whileUsedKeeps: Bool) -> Bool {
        !protecting(kind, source: source, whileUsedKeeps: whileUsedKeeps).isEmpty
    }
}
