/// An object that the service holds.
struct StockedObject: Sendable {
    let id: String
    /// The id of the object that it is below; empty at the top.
    let parent: String
    /// Seconds since 1970; 0 where it does not say.
    let created: Int64
    /// As it travels.
    let json: [UInt8]
    /// What a list of files can be filtered by.
    let purpose: String?
}

/// Everything that the service holds, by shelf.
struct Stock: Sendable {
    /// The objects below one parent, oldest first, and where each stands.
    private struct Row: Sendable {
        let objects: [StockedObject]
        let places: [String: Int]
        var removed: Set<String> = []

        init(_ objects: [StockedObject]) {
            // Those of one second keep their order.
            self.objects = objects.enumerated().sorted {
                ($0.element.created, $0.offset) < ($1.element.created, $1.offset)
            }.map(\.element)
            places = Dictionary(self.objects.enumerated().map { ($1.id, $0) }) { first, _ in first }
        }
    }

    private var rows: [String: [String: Row]] = [:]

    /// Objects by the name of their shelf, in the order in which they were made.
    init(_ shelves: [String: [StockedObject]]) {
        for (shelf, objects) in shelves {
            rows[shelf] = Dictionary(grouping: objects, by: \.parent).mapValues { Row($0) }
        }
    }

    func list(_ shelf: Shelf, below parent: String) -> [StockedObject] {
        guard let row = rows[shelf.object]?[parent] else { return [] }
        return row.removed.isEmpty ? row.objects : row.objects.filter { !row.removed.contains($0.id) }
    }

    func object(_ shelf: Shelf, _ id: String, below parent: String) -> StockedObject? {
        guard let row = rows[shelf.object]?[parent], let place = row.places[id], !row.removed.contains(id) else {
            return nil
        }
        return row.objects[place]
    }

    /// Takes one object away, and nothing with it: what uses it goes on naming it, as with the service.
    mutating func remove(_ shelf: Shelf, _ id: String, below parent: String) {
        rows[shelf.object]?[parent]?.removed.insert(id)
    }
}
