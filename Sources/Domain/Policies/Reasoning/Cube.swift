/// Statements about one record that are to hold together.
struct Cube {
    private var texts: [TextField: TextDomain] = [:]
    private var quantities = QuantityDomain()
    private var unread: [String: Set<Bool>] = [:]
    private var refusedUnread: [String: Set<Bool>] = [:]

    enum Verdict {
        case possible, impossible, tooCostly
    }

    /// Whether something was said of what is not looked into, so that a record cannot be promised.
    var isSure: Bool { unread.isEmpty && refusedUnread.isEmpty }

    /// What is not looked into, sorted.
    var unreadParts: [String] { Set(unread.keys).union(refusedUnread.keys).sorted() }

    mutating func add(_ atom: Atom, holds: Bool) -> Verdict {
        switch atom {
        case .text(let field, let predicate):
            let verdict =
                holds
                ? texts[field, default: TextDomain(field)].require(predicate)
                : texts[field, default: TextDomain(field)].refuse(predicate)
            switch verdict {
            case .possible: return .possible
            case .impossible: return .impossible
            case .tooCostly: return .tooCostly
            }
        case .isPresent(let quantity):
            return (holds ? quantities.require(quantity) : quantities.refuse(quantity)) ? .possible : .impossible
        case .bound(let bound):
            return (holds ? quantities.require(bound) : quantities.refuse(bound)) ? .possible : .impossible
        case .unread(let part, let answer):
            if holds {
                unread[part, default: []].insert(answer)
            } else {
                refusedUnread[part, default: []].insert(answer)
            }
            let both = unread[part] ?? []
            return both.count < 2 && both.isDisjoint(with: refusedUnread[part] ?? []) ? .possible : .impossible
        }
    }

    /// Whether a record of the cube meets a formula, as far as the cube says what is not looked into.
    func meets(_ formula: Formula, _ record: Witness) -> Bool {
        switch formula {
        case .truth: true
        case .falsehood: false
        case .holds(.unread(let part, let answer)): unread[part]?.contains(answer) ?? false
        case .fails(.unread(let part, let answer)): refusedUnread[part]?.contains(answer) ?? false
        case .holds(let atom): record.meets(atom)
        case .fails(let atom): !record.meets(atom)
        case .all(let parts): parts.allSatisfy { meets($0, record) }
        case .any(let parts): parts.contains { meets($0, record) }
        }
    }

    /// A record of which everything said holds.
    func witness(_ preferences: [(Quantity, Int128)]) -> Witness {
        var quantities = quantities
        for quantity in [Quantity.created] where !quantities.has(quantity) {
            var extended = quantities
            if extended.require(quantity) { quantities = extended }
        }
        var values: [TextField: String] = [:]
        for field in [TextField.kind, .source, .id] where texts[field] == nil {
            values[field] = field == .kind ? "thread" : field == .source ? "export" : "r1"
        }
        for (field, domain) in texts where domain.isPresent {
            values[field] = domain.witness?.text
        }
        return Witness(texts: values, quantities: quantities.values(preferring: preferences))
    }
}
