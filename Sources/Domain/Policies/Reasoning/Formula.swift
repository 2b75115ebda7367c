/// What is said of a record, negations pushed down to the atoms.
indirect enum Formula {
    case truth
    case falsehood
    /// The atom's field is there, and what the atom says holds.
    case holds(Atom)
    /// The atom's field is absent, or what the atom says does not hold.
    case fails(Atom)
    case all([Formula])
    case any([Formula])

    /// All parts, without those that say nothing.
    static func conjunction(_ parts: [Formula]) -> Formula {
        var kept: [Formula] = []
        for part in parts {
            switch part {
            case .truth: continue
            case .falsehood: return .falsehood
            case .all(let inner): kept += inner
            default: kept.append(part)
            }
        }
        return kept.isEmpty ? .truth : kept.count == 1 ? kept[0] : .all(kept)
    }

    /// One part at least, without those that cannot hold.
    static func disjunction(_ parts: [Formula]) -> Formula {
        var kept: [Formula] = []
        for part in parts {
            switch part {
            case .falsehood: continue
            case .truth: return .truth
            case .any(let inner): kept += inner
            default: kept.append(part)
            }
        }
        return kept.isEmpty ? .falsehood : kept.count == 1 ? kept[0] : .any(kept)
    }

    /// What holds exactly where this does not.
    var negation: Formula {
        switch self {
        case .truth: .falsehood
        case .falsehood: .truth
        case .holds(let atom): .fails(atom)
        case .fails(let atom): .holds(atom)
        case .all(let parts): .disjunction(parts.map(\.negation))
        case .any(let parts): .conjunction(parts.map(\.negation))
        }
    }

    /// How many atoms it is written with.
    var size: Int {
        switch self {
        case .truth, .falsehood: 0
        case .holds, .fails: 1
        case .all(let parts), .any(let parts): parts.reduce(0) { $0 + $1.size }
        }
    }

    /// Whether the quantity is spoken of.
    func mentions(_ quantity: Quantity) -> Bool {
        switch self {
        case .truth, .falsehood: false
        case .holds(let atom), .fails(let atom): atom.quantities.contains(quantity)
        case .all(let parts), .any(let parts): parts.contains { $0.mentions(quantity) }
        }
    }
}

/// The smallest statement about a record.
enum Atom: Hashable {
    /// The text is there, and fits.
    case text(TextField, TextPredicate)
    case isPresent(Quantity)
    /// Both quantities are there, and the bound holds.
    case bound(Bound)
    /// Something that is not looked into gives this answer. It may give neither, where it fails.
    case unread(String, answer: Bool)

    var quantities: [Quantity] {
        switch self {
        case .isPresent(let quantity): [quantity]
        case .bound(let bound): [bound.left, bound.right]
        case .text, .unread: []
        }
    }
}
