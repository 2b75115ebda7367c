internal import Policies
internal import Records

/// Which entries of a match fit nothing that was read, each looked at by itself.
///
/// It goes once over each column that some document names, and keeps the values that occur.
struct IdleSelectors {
    private let inventory: Inventory
    private var metadata: [String: Set<StringTable.Code>] = [:]
    private var subjects: Set<StringTable.Code>?

    init(_ inventory: Inventory) { self.inventory = inventory }

    /// The entries that fit nothing, in the order of the match.
    mutating func idle(in match: Match) -> [Match.Selector] {
        var idle: [Match.Selector] = match.sources.indices.filter { place in
            !inventory.sourceNames.contains(where: match.sources[place].matches)
        }.map { .source($0) }
        for condition in match.metadata {
            let values = values(of: condition.key)
            if values.isEmpty {
                idle.append(.metadataKey(condition.key))
            } else {
                idle += condition.values.filter { !occurs($0, in: values) }
                    .map { .metadataValue(key: condition.key, value: $0) }
            }
        }
        if !match.subjects.isEmpty {
            let known = subjects ?? Set(inventory.subjects).subtracting([StringTable.absent])
            subjects = known
            idle += match.subjects.filter { !occurs($0, in: known) }.map { .subject($0) }
        }
        return idle + match.ids.filter { inventory.rows(withId: $0).isEmpty }.map { .id($0) }
    }

    /// What fits nothing, without a value of the data.
    func reason(_ selector: Match.Selector) -> String {
        switch selector {
        case .source: "no source that was read has a name that fits the glob"
        case .metadataKey(let key): "no record that was read has the metadata key '\(key)'"
        case .metadataValue(let key, _): "no record that was read has this value of the metadata key '\(key)'"
        case .subject: "no record that was read has the subject"
        case .id: "no record that was read has the id"
        }
    }

    private mutating func values(of key: String) -> Set<StringTable.Code> {
        if let known = metadata[key] { return known }
        var values: Set<StringTable.Code> = []
        if let column = inventory.metadataKey(named: key) {
            values = Set(inventory.metadataColumn(column)).subtracting([StringTable.absent])
        }
        metadata[key] = values
        return values
    }

    /// Where two readings of a record differ, any value may be one of them.
    private func occurs(_ value: String, in values: Set<StringTable.Code>) -> Bool {
        values.contains(StringTable.undecided) || inventory.strings.knownCode(value).map(values.contains) ?? false
    }
}
