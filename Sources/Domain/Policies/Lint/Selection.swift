import Chronology
import Records

/// What a document selects: its match, read as statements, and what tells two of them apart at a glance.
struct Selection {
    let match: Match
    /// The match without its `where`.
    let plain: Reading
    /// The `where` alone.
    let condition: Reading
    /// The whole match.
    let reading: Reading
    let kinds: KindSet
    private let values: [String: Set<Letters>]

    init(_ match: Match, parameters: Parameters? = nil, asOf: Instant, zone: Zone) {
        self.match = match
        plain = match.readingWithoutCondition
        condition = match.readingOfCondition(parameters: parameters, asOf: asOf, zone: zone)
        reading = .all([plain, condition])
        kinds = match.kinds ?? .all
        values = Dictionary(
            match.metadata.map { ($0.key, Set($0.values.map { Letters($0) })) }, uniquingKeysWith: { $0.union($1) })
    }

    /// Whether no record can be selected by both, as far as kinds and metadata show; most pairs are told apart so.
    func isApart(from other: Selection) -> Bool {
        if kinds.isDisjoint(with: other.kinds) { return true }
        return values.contains { key, values in other.values[key].map(values.isDisjoint) ?? false }
    }

    /// Whether some record of the other is surely not selected, as far as kinds and metadata show.
    func isSurelyNotWider(than other: Selection) -> Bool {
        guard other.match.condition == nil else { return isApart(from: other) }
        if !kinds.isSuperset(of: other.kinds) { return true }
        return values.contains { key, values in other.values[key].map { !values.isSuperset(of: $0) } ?? true }
    }
}
