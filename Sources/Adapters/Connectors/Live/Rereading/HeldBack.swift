internal import Ledger
internal import ProviderFacts
internal import Records

/// What is not asked for as yet, and what must be asked for with what.
///
/// A conversation and the responses in it are read together or not at all: what a response says counts for the
/// conversation, and what the conversation says for the response. What a response cites is read with it, for else the
/// citation would lead nowhere.
struct HeldBack {
    /// A record by its kind and id.
    struct Name: Hashable {
        let kind: Kind
        let id: String
    }

    /// What the ledger knows of a record.
    struct Entry {
        let tally: SettledTally
        let run: Int64
    }

    /// Where a record comes from when it is held back no longer.
    fileprivate enum Origin {
        case asked(SurfaceRequest)
        /// A list gave it already: its place among others.
        case listed(ListedRecords, Int)
    }

    /// What is held back no longer.
    struct Released {
        /// What is asked for.
        var requests: [SurfaceRequest] = []
        /// What lists gave already.
        var readings: [ListReading] = []
    }

    private var records: [Name: (place: Int, origin: Origin)] = [:]
    private var places = 0
    private var counts: [Kind: Int] = [:]
    private var settled: [Name: Entry] = [:]
    /// What must be read with a record.
    private var needs: [Name: [Name]] = [:]
    /// The conversation that a response is in.
    private var containers: [Name: Name] = [:]

    /// Nothing.
    init() {}

    init(_ all: [SurfaceRequest], _ settled: [Name: Entry], _ marks: [Kind: [LedgerRun.Mark]]) {
        self.settled = settled
        for request in all {
            if let name = Name(request) { add(name, .asked(request)) }
        }
        for (kind, marks) in marks {
            for mark in marks where Restraint.kinds.contains(mark.kind) {
                let (user, other) = (Name(kind: kind, id: mark.container), Name(kind: mark.kind, id: mark.id))
                guard records[user] != nil else { continue }
                needs[user, default: []].append(other)
                guard kind == .response, mark.kind == .conversation else { continue }
                containers[user] = other
                needs[other, default: []].append(user)
            }
        }
    }

    /// Holds back what a list gave.
    mutating func add(_ listed: ListedRecords) {
        for place in 0..<listed.count { add(listed.name(place), .listed(listed, place)) }
    }

    private mutating func add(_ name: Name, _ origin: Origin) {
        if records.updateValue((places, origin), forKey: name) == nil { counts[name.kind, default: 0] += 1 }
        places += 1
    }

    var isEmpty: Bool { records.isEmpty }

    /// The records, in no order.
    var names: some Sequence<Name> { records.keys }

    func has(_ kind: Kind) -> Bool { counts[kind, default: 0] > 0 }

    func has(_ name: Name) -> Bool { records[name] != nil }

    /// The record of a kind that was read longest ago.
    func oldest(_ kind: Kind) -> Name? {
        records.filter { $0.key.kind == kind }.min { left, right in
            (run(left.key), left.value.place) < (run(right.key), right.value.place)
        }?.key
    }

    private func run(_ name: Name) -> Int64 { settled[name]?.run ?? 0 }

    /// Takes conversations of which not every response is held back that counts for them, and responses whose
    /// conversation is not.
    mutating func takeWhatLacksOthers() -> Released {
        var held: [Name: Int] = [:]
        for (response, conversation) in containers where has(response) { held[conversation, default: 0] += 1 }
        let alone = containers.filter { !has($0.value) }.map(\.key)
        let partial = records.keys.filter { name in
            guard name.kind == .conversation else { return false }
            return settled[name]?.tally.kinds[.response, default: 0] != held[name, default: 0]
        }
        return take(alone + partial)
    }

    /// Takes all records of a kind, and what must be read with them.
    mutating func take(_ kind: Kind) -> Released { take(records.keys.filter { $0.kind == kind }) }

    /// Takes those of these records that are held back, and what must be read with them, in the order in which they came.
    mutating func take(_ names: [Name]) -> Released {
        var taken: [(place: Int, origin: Origin)] = []
        var left = names
        while let name = left.popLast() {
            guard let record = records.removeValue(forKey: name) else { continue }
            taken.append(record)
            counts[name.kind, default: 0] -= 1
            left += needs[name] ?? []
        }
        return Released(taken.sorted { $0.place < $1.place }.map(\.origin))
    }
}

extension HeldBack.Released {
    /// What one part of a list gave is taken in at once.
    fileprivate init(_ origins: [HeldBack.Origin]) {
        var (listed, places): (ListedRecords?, [Int]) = (nil, [])
        func end(_ readings: inout [ListReading]) {
            if let listed { readings.append(listed.reading(of: places)) }
            (listed, places) = (nil, [])
        }
        for origin in origins {
            switch origin {
            case .asked(let request): requests.append(request)
            case .listed(let records, let place):
                if records !== listed { end(&readings) }
                listed = records
                places.append(place)
            }
        }
        end(&readings)
    }
}

extension HeldBack.Name {
    /// The record that a request asks for by its id; nil where it asks for something else.
    init?(_ request: SurfaceRequest) {
        guard Restraint.kinds.contains(request.surface.kind), request.surface.access == .id,
            request.surface.container == nil, let id = request.ids.last
        else { return nil }
        self.init(kind: request.surface.kind, id: id)
    }
}
