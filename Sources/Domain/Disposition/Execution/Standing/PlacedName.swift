internal import Records

/// A record of a plan, with its source.
struct PlacedName: Hashable, Sendable {
    let source: String
    let name: Plan.Name

    /// As a service knows it, where nothing contains it.
    var target: DispositionTarget { DispositionTarget(kind: name.kind, id: name.id, container: nil) }
}

extension Plan.Action {
    /// The record that is called.
    var record: PlacedName { PlacedName(source: source, name: name) }
    /// The record that it is a part of, and goes with.
    var whole: PlacedName? { partOf.map { PlacedName(source: source, name: $0) } }
    /// The record that could not go before it.
    var cleared: PlacedName? { toClear.map { PlacedName(source: source, name: $0) } }
    /// The records that it may have been in when it was planned: a container is named by its id alone.
    var containers: [PlacedName] {
        guard let id = facts.container else { return [] }
        return name.kind.containers.kinds.map { PlacedName(source: source, name: Plan.Name(kind: $0, id: id)) }
    }
    /// What is called, as a service knows it.
    var target: DispositionTarget { DispositionTarget(kind: name.kind, id: name.id, container: facts.container) }
}

extension Inventory {
    /// The sources' numbers by their names.
    var sourceNumbers: [String: Int] {
        Dictionary(sourceNames.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Where a record stands; nil where it is not there.
    func row(of record: PlacedName, in sources: [String: Int]) -> Int? {
        sources[record.source].flatMap { row(source: $0, kind: record.name.kind, id: record.name.id) }
    }
}
