/// An object that the service holds.
struct StockedObject: Sendable {
    let id: String
    /// The id of the object that it is below; empty at the top.
    let parent: String
    /// Seconds since 1970; 0 where it does not say.
    let created: Int64
    /// As it travels.
    let json: [UInt8]
}

/// Everything that the service holds, by shelf.
struct Stock: Sendable {
    /// The objects below one parent, oldest first, those that were taken away too, and where each stands.
    private struct Row: Sendable {
        private(set) var objects: [StockedObject]
        private var places: [String: Int]
        private var removed: [String: Int] = [:]

        init(_ objects: [StockedObject] = []) {
            // Those of one second keep their order.
            let sorted = objects.enumerated().sorted {
                ($0.element.created, $0.offset) < ($1.element.created, $1.offset)
            }.map(\.element)
            self.objects = sorted
            places = Dictionary(sorted.enumerated().map { ($1.id, $0) }) { first, _ in first }
        }

        func place(of id: String) -> Int? { places[id] }

        func place(of id: String, evenRemoved: Bool) -> Int? { places[id] ?? (evenRemoved ? removed[id] : nil) }

        /// Those that were not taken away.
        var present: [StockedObject] {
            objects.indices.filter { places[objects[$0].id] == $0 }.map { objects[$0] }
        }

        mutating func put(_ object: StockedObject) {
            guard let place = places[object.id] else {
                places[object.id] = objects.count
                removed[object.id] = nil
                return objects.append(object)
            }
            objects[place] = object
        }

        mutating func remove(_ id: String) {
            if let place = places.removeValue(forKey: id) { removed[id] = place }
        }
    }

    private var rows: [String: [String: Row]] = [:]

    /// Objects by the name of their shelf, in the order in which they were made.
    init(_ shelves: [String: [StockedObject]]) {
        for (shelf, objects) in shelves {
            rows[shelf] = Dictionary(grouping: objects, by: \.parent).mapValues { Row($0) }
        }
    }

    /// At most so many objects of a list that are wanted, from one on, in an order; nil where that one is not on it.
    ///
    /// - Parameters:
    ///   - cursor: the object that they follow; nil for the beginning.
    ///   - evenRemoved: whether the list shows what was taken away.
    func list(
        _ shelf: Shelf, below parent: String, ascending: Bool = true, after cursor: String? = nil, most: Int = .max,
        evenRemoved: Bool = false, where isWanted: (StockedObject) -> Bool = { _ in true }
    ) -> [StockedObject]? {
        let row = rows[shelf.object]?[parent] ?? Row()
        var index = ascending ? 0 : row.objects.count - 1
        let step = ascending ? 1 : -1
        if let cursor {
            guard let place = row.place(of: cursor, evenRemoved: evenRemoved) else { return nil }
            index = place + step
        }
        var list: [StockedObject] = []
        while row.objects.indices.contains(index), list.count < most {
            let object = row.objects[index]
            // The id may stand for a younger object by now.
            if row.place(of: object.id, evenRemoved: evenRemoved) == index, isWanted(object) { list.append(object) }
            index += step
        }
        return list
    }

    func object(_ shelf: Shelf, _ id: String, below parent: String, evenRemoved: Bool = false) -> StockedObject? {
        guard let row = rows[shelf.object]?[parent], let place = row.place(of: id, evenRemoved: evenRemoved) else {
            return nil
        }
        return row.objects[place]
    }

    /// Everything on a shelf, whatever it is below.
    func objects(_ shelf: Shelf) -> [StockedObject] { (rows[shelf.object] ?? [:]).values.flatMap(\.present) }

    /// Adds an object, or puts it in the place of the one with its id.
    mutating func put(_ object: StockedObject, on shelf: Shelf) {
        rows[shelf.object, default: [:]][object.parent, default: Row()].put(object)
    }

    /// Takes one object away, and nothing with it: what uses it goes on naming it, as with the service.
    mutating func remove(_ shelf: Shelf, _ id: String, below parent: String) {
        rows[shelf.object]?[parent]?.remove(id)
    }
}
