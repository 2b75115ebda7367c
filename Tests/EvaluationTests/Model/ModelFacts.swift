import Chronology
import Records
import RuleSupport

/// One record as the model sees it: what all its lines together say.
struct ModelNode {
    var source: Int
    var kind: Kind
    var id: String
    var isConflicted = false
    var created: Interval
    var hasCreated: Bool
    var own: Interval
    var expires: Interval?
    var modified: Interval?
    var role: Role
    /// Nil where two lines differ, too.
    var bytes: Int64?
    var metadata: [String: ModelValue]
    var fields: [String: ModelValue] = [:]
    var containers: [Int] = []
    var isContainerUnknown = false
    var uses: Set<Int> = []
    var users: [Int] = []
    var cites: Set<Int> = []
}

/// A metadata value, or the fact that two lines disagree on it.
enum ModelValue: Hashable {
    case absent
    case text(String)
    case undecided
}

/// Who is who, and who refers to whom. Written from the design, sections 3 and 5; it knows nothing of the inventory.
struct ModelFacts {
    var nodes: [ModelNode] = []
    let world: World

    init(_ world: World) {
        self.world = world
        var lines: [[WorldRecord]] = []
        for record in world.records {
            let same = lines.firstIndex {
                $0[0].source == record.source && $0[0].kind == record.kind && $0[0].id == record.id
            }
            if let same { lines[same].append(record) } else { lines.append([record]) }
        }
        nodes = lines.map(Self.node)
        let orphans = resolveContainers(lines)
        resolveReferences(lines, orphans: orphans)
        for index in nodes.indices {
            for target in nodes[index].uses { nodes[target].users.append(index) }
            for field in ["owner", "subject", "tenant"] { nodes[index].fields[field] = inherited(field, index) }
        }
    }

    private static func node(_ lines: [WorldRecord]) -> ModelNode {
        let first = lines[0]
        let created = interval(first.created ?? .missing)
        var own = created
        for stamp in first.activity { own = later(own, activity(stamp)) }
        var node = ModelNode(
            source: first.source, kind: first.kind, id: first.id, created: created, hasCreated: first.created != nil,
            own: own, expires: first.expires.map { interval($0, mayBeFuture: true) },
            modified: first.modified.map { interval($0) }, role: first.role,
            bytes: first.bytes, metadata: [:])
        for key in World.keys {
            let values = Set(lines.map { $0.metadata[key] })
            node.metadata[key] =
                values.count > 1 ? .undecided : first.metadata[key].map { .text($0) } ?? .absent
        }
        guard lines.contains(where: { !same($0, first) }) else { return node }
        node.isConflicted = true
        node.created = .everything
        node.hasCreated = true
        node.own = .everything
        node.expires = lines.contains { $0.expires != nil } ? .everything : nil
        node.modified = lines.contains { $0.modified != nil } ? .everything : nil
        if Set(lines.map(\.role)).count > 1 { node.role = .unknown }
        if Set(lines.map(\.bytes)).count > 1 { node.bytes = nil }
        return node
    }

    /// Whether two lines say the same; the order of references and of activities says nothing.
    private static func same(_ left: WorldRecord, _ right: WorldRecord) -> Bool {
        var left = left
        var right = right
        guard Set(left.uses) == Set(right.uses), Set(left.cites) == Set(right.cites) else { return false }
        (left.uses, left.cites) = ([], [])
        (right.uses, right.cites) = ([], [])
        return left == right
    }

    /// The design, section 3: a clock is an interval.
    static func interval(_ stamp: Stamp, mayBeFuture: Bool = false) -> Interval {
        switch stamp {
        case .missing: return Interval(earliest: .beginning, latest: World.asOf)
        case .unreadable: return .everything
        case .days(let days):
            let moment = World.instant(days)
            if moment.microseconds < World.day || moment > .lastOfYear9999 { return .everything }
            let isFuture = moment > World.asOf && !mayBeFuture
            return isFuture ? Interval(earliest: .beginning, latest: World.asOf) : Interval(point: moment)
        }
    }

    /// One event of several: the newest counts, so one that nobody knows takes nothing from the others.
    private static func activity(_ stamp: Stamp) -> Interval { interval(stamp) }

    static func later(_ left: Interval, _ right: Interval) -> Interval {
        Interval(earliest: max(left.earliest, right.earliest), latest: max(left.latest, right.latest))
    }

    private func find(_ target: Target, source: Int) -> Int? {
        nodes.firstIndex { $0.source == source && $0.kind == target.kind && $0.id == target.id }
    }

    /// Fills the containers in, and returns what hangs on nothing, directly or through others.
    private mutating func resolveContainers(_ lines: [[WorldRecord]]) -> Set<Int> {
        var orphans: Set<Int> = []
        for index in nodes.indices {
            guard let kind = Kind.allCases.first(where: { $0.parts.has(nodes[index].kind) }) else { continue }
            let names = Set(lines[index].compactMap(\.container))
            nodes[index].containers = names.sorted().compactMap { find(Target(kind, $0), source: nodes[index].source) }
            guard nodes[index].containers.isEmpty else { continue }
            if names.isEmpty {
                nodes[index].isContainerUnknown = nodes[index].kind != .response
            } else {
                nodes[index].isContainerUnknown = true
                if world.sources[nodes[index].source].complete.contains(kind) { orphans.insert(index) }
            }
        }
        while let next = nodes.indices.first(where: { index in
            !orphans.contains(index) && !nodes[index].containers.isEmpty
                && nodes[index].containers.allSatisfy(orphans.contains)
        }) {
            orphans.insert(next)
        }
        return orphans
    }

    private mutating func resolveReferences(_ lines: [[WorldRecord]], orphans: Set<Int>) {
        for index in nodes.indices where !orphans.contains(index) {
            for line in lines[index] {
                nodes[index].uses.formUnion(line.uses.compactMap { find($0, source: line.source) })
                nodes[index].cites.formUnion(line.cites.compactMap { find($0, source: line.source) })
            }
        }
    }

    private func inherited(_ field: String, _ index: Int) -> ModelValue {
        if let own = nodes[index].metadata[field], own != .absent { return own }
        let above = Set(nodes[index].containers.map { inherited(field, $0) })
        return above.count > 1 ? .undecided : above.first ?? .absent
    }
}

extension ModelFacts {
    func isComplete(_ kind: Kind, for index: Int) -> Bool {
        world.sources[nodes[index].source].complete.contains(kind)
    }

    /// Every record that contains this one, directly or through others.
    func above(_ index: Int) -> Set<Int> {
        reach(index) { nodes[$0].containers }
    }

    /// Every record from which a path of *contains* and *uses* leads here, and the record itself.
    func needers(_ index: Int) -> Set<Int> {
        reach(index) { target in
            nodes[target].containers + nodes[target].users
        }.union([index])
    }

    private func reach(_ start: Int, _ step: (Int) -> [Int]) -> Set<Int> {
        var reached: Set<Int> = []
        var open = step(start)
        while let next = open.popLast() {
            if reached.insert(next).inserted { open += step(next) }
        }
        return reached
    }
}
