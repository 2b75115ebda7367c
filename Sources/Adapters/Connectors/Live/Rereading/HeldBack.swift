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

    private var requests: [Name: (place: Int, request: SurfaceRequest)] = [:]
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
        for (place, request) in all.enumerated() {
            guard let name = Name(request) else { continue }
            requests[name] = (place, request)
            counts[name.kind, default: 0] += 1
        }
        for (kind, marks) in marks {
            for mark in marks where Restraint.kinds.contains(mark.kind) {
                let (user, other) = (Name(kind: kind, id: mark.container), Name(kind: mark.kind, id: mark.id))
                guard requests[user] != nil else { continue }
                needs[user, default: []].append(other)
                guard kind == .response, mark.kind == .conversation else { continue }
                containers[user] = other
                needs[other, default: []].append(user)
            }
        }
    }

    var isEmpty: Bool { requests.isEmpty }

    /// The records, in no order.
    var names: some Sequence<Name> { requests.keys }

    func has(_ kind: Kind) -> Bool { counts[kind, default: 0] > 0 }

    func has(_ name: Name) -> Bool { requests[name] != nil }

    /// The record of a kind that was read longest ago.
    func oldest(_ kind: Kind) -> Name? {
        requests.filter { $0.key.kind == kind }.min { left, right in
            (run(left.key), left.value.place) < (run(right.key), right.value.place)
        }?.key
    }

    private func run(_ name: Name) -> Int64 { settled[name]?.run ?? 0 }

    /// Takes conversations of which not every response is held back that counts for them, and responses whose
    /// conversation is not.
    mutating func takeWhatLacksOthers() -> [SurfaceRequest] {
        var held: [Name: Int] = [:]
        for (response, conversation) in containers where has(response) { held[conversation, default: 0] += 1 }
        let alone = containers.filter { !has($0.value) }.map(\.key)
        let partial = requests.keys.filter { name in
            guard name.kind == .conversation else { return false }
            return settled[name]?.tally.kinds[.response, default: 0] != held[name, default: 0]
        }
        return take(alone + partial)
    }

    /// Takes all records of a kind, and what must be read with them.
    mutating func take(_ kind: Kind) -> [SurfaceRequest] { take(requests.keys.filter { $0.kind == kind }) }

    /// Takes those of these records that are held back, and what must be read with them, in the order of the requests.
    mutating func take(_ names: [Name]) -> [SurfaceRequest] {
        var taken: [(place: Int, request: SurfaceRequest)] = []
        var left = names
        while let name = left.popLast() {
            guard let request = requests.removeValue(forKey: name) else { continue }
            taken.append(request)
            counts[name.kind, default: 0] -= 1
            left += needs[name] ?? []
        }
        return taken.sorted { $0.place < $1.place }.map(\.request)
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
