import Records

/// Which way something changed.
enum Direction {
    case equal, more, less
    /// Both, or nobody can tell.
    case mixed

    init(more: Bool, less: Bool) { self = more ? less ? .mixed : .more : less ? .less : .equal }

    /// Both changes together.
    func joined(with other: Direction) -> Direction {
        if self == .equal { return other }
        return other == .equal || self == other ? self : .mixed
    }
}

/// Whether a match speaks of more records or of fewer, from its words alone.
enum MatchComparison {
    static func compare(_ old: Match, _ new: Match) -> Direction {
        var direction = sets(Set((old.kinds ?? .all).kinds), Set((new.kinds ?? .all).kinds))
        direction = direction.joined(with: words(old.sources.map(\.pattern), new.sources.map(\.pattern)))
        direction = direction.joined(with: words(old.subjects, new.subjects))
        direction = direction.joined(with: words(old.ids, new.ids))
        direction = direction.joined(with: metadata(old, new))
        direction = direction.joined(with: span(old.createdBetween, new.createdBetween))
        return direction.joined(with: condition(old.condition?.text, new.condition?.text))
    }

    private static func sets<Element>(_ old: Set<Element>, _ new: Set<Element>) -> Direction {
        Direction(more: !new.isSubset(of: old), less: !old.isSubset(of: new))
    }

    /// Lists of which one entry must fit, and of which an empty one fits all.
    private static func words(_ old: [String], _ new: [String]) -> Direction {
        if old.isEmpty || new.isEmpty { return Direction(more: !old.isEmpty, less: !new.isEmpty) }
        return sets(Set(old), Set(new))
    }

    private static func metadata(_ old: Match, _ new: Match) -> Direction {
        let before = Dictionary(old.metadata.map { ($0.key, Set($0.values)) }) { $0.union($1) }
        let after = Dictionary(new.metadata.map { ($0.key, Set($0.values)) }) { $0.union($1) }
        return Set(before.keys).union(after.keys).reduce(.equal) { direction, key in
            switch (before[key], after[key]) {
            case (let old?, let new?): direction.joined(with: sets(old, new))
            case (nil, _?): direction.joined(with: .less)
            default: direction.joined(with: .more)
            }
        }
    }

    private static func span(_ old: Match.CreatedBetween?, _ new: Match.CreatedBetween?) -> Direction {
        switch (old, new) {
        case (nil, nil): .equal
        case (nil, _?): .less
        case (_?, nil): .more
        case (let old?, let new?):
            Direction(
                more: new.from < old.from || new.until > old.until, less: new.from > old.from || new.until < old.until)
        }
    }

    private static func condition(_ old: String?, _ new: String?) -> Direction {
        if old == new { return .equal }
        return old == nil ? .less : new == nil ? .more : .mixed
    }
}
