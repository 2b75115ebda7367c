/// What has been said of one text field: whether it is there, what it fits, and what not.
struct TextDomain {
    private let field: TextField
    /// Whether something was said that only a text that is there can meet.
    private(set) var isPresent: Bool
    private var isAbsent = false
    /// The values that are left, where they are few.
    private var candidates: [Letters]?
    private var wanted: [TextPredicate] = []
    private var refused: [TextPredicate] = []
    /// A value that meets everything said so far, or nil where the field may be absent.
    private(set) var witness: Letters?

    enum Verdict {
        case possible, impossible, tooCostly
    }

    init(_ field: TextField) {
        self.field = field
        isPresent = !field.isOptional
        candidates = field.vocabulary
        witness = candidates?.first
    }

    mutating func require(_ predicate: TextPredicate) -> Verdict {
        guard !isAbsent else { return .impossible }
        isPresent = true
        switch predicate {
        case .anything: break
        case .oneOf(let texts) where candidates == nil:
            candidates = texts.filter { text in wanted.allSatisfy { $0.accepts(text) } && isWellFormed(text) }.sorted()
        default: wanted.append(predicate)
        }
        return settle()
    }

    mutating func refuse(_ predicate: TextPredicate) -> Verdict {
        guard predicate != .anything else {
            isAbsent = true
            return isPresent ? .impossible : .possible
        }
        refused.append(predicate)
        return isPresent ? settle() : .possible
    }

    private mutating func settle() -> Verdict {
        if let known = candidates {
            let left = known.filter { text in
                wanted.allSatisfy { $0.accepts(text) } && !refused.contains { $0.accepts(text) }
            }
            candidates = left
            witness = left.first
            return left.isEmpty ? .impossible : .possible
        }
        let search = TextSearch(
            wanted: wanted.map(\.automaton) + (field.grammar.map { [$0] } ?? []), refused: refused.map(\.automaton))
        var result = search.shortest(isEmptyAllowed: false)
        if case .none = result { result = search.shortest(isEmptyAllowed: true) }
        switch result {
        case .found(let text) where text.scalars.count <= Self.longest(field):
            witness = text
            return .possible
        case .found, .none: return .impossible
        case .tooCostly: return .tooCostly
        }
    }

    private func isWellFormed(_ text: Letters) -> Bool {
        (field.grammar?.accepts(text) ?? true) && text.scalars.count <= Self.longest(field)
    }

    /// - Source: a document's name has at most 128 letters.
    private static func longest(_ field: TextField) -> Int { field == .source ? 128 : .max }
}

extension TextPredicate {
    /// The texts that it accepts. `anything` is never asked for.
    fileprivate var automaton: TextAutomaton {
        switch self {
        case .anything: .pattern(TextPattern([.run]))
        case .oneOf(let texts): .words(Trie(texts))
        case .fits(let pattern): .pattern(pattern)
        case .isAtMost(let limit): .before(limit, orEqual: true)
        case .isLess(let limit): .before(limit, orEqual: false)
        }
    }
}
