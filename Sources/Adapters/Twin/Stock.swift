/// An object that the service holds.
struct StockedObject: Sendable {
    let id: String
    /// The id of the object that it is below; empty at the top.
    let parent: String
    /// Seconds since 1970.
    let created: Int64
    /// As it travels.
    let json: [UInt8]
    /// What a list of files can be filtered by.
    let purpose: String?
}

/// Everything that the service holds, by shelf.
struct Stock: Sendable {
    /// The objects of each shelf below each parent, newest last.
    private var lists: [String: [String: [StockedObject]]] = [:]

    /// Objects in the order in which they were made.
    init(_ shelves: [String: [StockedObject]]) {
        for (shelf, objects) in shelves {
            var byParent: [String: [StockedObject]] = [:]
            for object in objects { byParent[object.parent, default: []].append(object) }
            lists[shelf] = byParent.mapValues { objects in
                // Those of one second keep their order.
                objects.enumerated().sorted { ($0.element.created, $0.offset) < ($1.element.created, $1.offset) }
                    .map(\.element)
            }
        }
    }

    func list(_ shelf: Shelf, below parent: String) -> [StockedObject] { lists[shelf.object]?[parent] ?? [] }

    func object(_ shelf: Shelf, _ id: String, below parent: String) -> StockedObject? {
        list(shelf, below: parent).first { $0.id == id }
    }

    /// Takes one object away, and nothing with it: what is below it, or uses it, is listed no more or still listed as the
    /// service does it.
    mutating func remove(_ shelf: Shelf, _ id: String, below parent: String) {
        lists[shelf.object]?[parent]?.removeAll { $0.id == id }
    }
}
