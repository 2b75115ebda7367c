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
    /// What is called, as a service knows it.
    var target: DispositionTarget { DispositionTarget(kind: name.kind, id: name.id, container: facts.container) }
}
