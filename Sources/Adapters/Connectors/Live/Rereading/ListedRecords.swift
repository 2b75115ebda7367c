internal import ProviderFacts
internal import Records

/// Records that a list gave, and that are not taken in as yet.
final class ListedRecords: Sendable {
    private let request: SurfaceRequest
    private let batch: RecordBatch

    fileprivate init(_ request: SurfaceRequest, _ batch: RecordBatch) {
        self.request = request
        self.batch = batch
    }

    /// How many there are.
    var count: Int { batch.count }

    /// The record at this place among them.
    func name(_ place: Int) -> HeldBack.Name { HeldBack.Name(batch, place) }

    /// What the list gave of those at these places, in their order: as if it had given nothing else.
    func reading(of places: [Int]) -> ListReading {
        var some = batch
        some.keep(only: places)
        // No service counts what is in a thread.
        let containers: [(id: String, countedElements: Int?)] = places.map { (batch.id($0), nil) }
        var reading = ListReading(request: request)
        reading.hauls = [Haul(batch: some, tally: Tally(), containers: containers)]
        return reading
    }
}

extension ListReading {
    /// Takes out of what a list gave the records that may wait, and notes that it has them. One that it gave twice, or with
    /// which something is wrong, stays where it is.
    mutating func setAside(where mayWait: (HeldBack.Name) -> Bool) -> [ListedRecords] {
        var times: [HeldBack.Name: Int] = [:]
        let candidates = hauls.map { haul in
            (0..<haul.batch.count).compactMap { place -> (place: Int, name: HeldBack.Name)? in
                let name = HeldBack.Name(haul.batch, place)
                guard name.kind == request.surface.kind, mayWait(name) else { return nil }
                times[name, default: 0] += 1
                return (place, name)
            }
        }
        var aside: [ListedRecords] = []
        for (number, candidates) in candidates.enumerated() {
            let haul = hauls[number]
            guard !candidates.isEmpty, let wrong = haul.batch.placesOfProblems else { continue }
            let waiting = candidates.filter { times[$0.name] == 1 && !wrong.contains($0.place) }
            guard !waiting.isEmpty else { continue }
            let (places, ids) = (Set(waiting.map(\.place)), Set(waiting.map(\.name.id)))
            var (some, rest) = (haul.batch, haul.batch)
            some.keep(only: waiting.map(\.place))
            some.problems = ProblemLog()
            rest.keep(only: (0..<haul.batch.count).filter { !places.contains($0) })
            hauls[number] = Haul(
                batch: rest, tally: haul.tally, containers: haul.containers.filter { !ids.contains($0.id) })
            aside.append(ListedRecords(request, some))
            heldBack += waiting.map(\.name.id)
        }
        return aside
    }
}

extension HeldBack.Name {
    fileprivate init(_ batch: RecordBatch, _ place: Int) {
        self.init(kind: batch.kind(place), id: batch.id(place))
    }
}
