import Chronology
import Policies
import Records
import RuleSupport
import TestSupport
import Testing

@testable import Evaluation

/// What an explanation says keeps a record: a real way, the shortest there is, to the first of the nearest documents.
@Suite struct KeepPathTests {
    @Test func `every way is real, ends at what keeps the record, and no other is shorter or comes before it`() {
        var seen: [String: Int] = [:]
        let count = UInt64(Campaign.isSoak ? 10_000 : 200)
        for seed in 0..<count {
            for world in [HubWorld.make(seed: seed), WorldGenerator.world(seed: seed &+ 8_000_000)] {
                let result = Comparison.evaluate(world)
                let model = Model(world)
                for row in 0..<result.inventory.count {
                    let check = WayCheck(result.name(row), Self.keepers(row, result), model)
                    #expect(check.problems.isEmpty, "seed \(seed)\n\(world)\n\(check.problems)")
                    for feature in check.features { seen[feature, default: 0] += 1 }
                    if !check.problems.isEmpty { return }
                }
            }
        }
        print("ways: \(seen.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))")
        for feature in [
            "through a hub", "tie", "tie through a hub", "of three steps", "down", "matter", "early", "late",
        ] {
            #expect(seen[feature, default: 0] >= 50, "\(feature)")
        }
    }

    @Test func `the order in which records and documents are read changes no way and no reason`() {
        for seed in 0..<UInt64(Campaign.isSoak ? 2_000 : 60) {
            let world = HubWorld.make(seed: seed &+ 100_000)
            let first = Self.said(world, windowSize: 1_000)
            #expect(first.contains { $0.contains("by way of") })
            var random = SplitMix64(seed: seed)
            for _ in 0..<3 {
                var other = world
                other.records.shuffle(using: &random)
                other.policies.shuffle(using: &random)
                other.holds.shuffle(using: &random)
                for index in other.records.indices { other.records[index].uses.shuffle(using: &random) }
                let second = Self.said(other, windowSize: Int.random(in: 1...7, using: &random))
                #expect(second == first, "seed \(seed)\n\(world)")
                if second != first { return }
            }
        }
    }

    /// Every reason and every way of a world, by record.
    private static func said(_ world: World, windowSize: Int) -> [String] {
        let result = Comparison.evaluate(world, windowSize: windowSize)
        let reasons = result.findings.map { "\(Comparison.line($0, result)): \(result.because($0))" }
        let ways = (0..<result.inventory.count).map { row in
            "\(result.name(row)): \(keepers(row, result))"
        }
        return reasons + ways.sorted()
    }

    /// The part of an explanation that is meant: the rest of it tries changes, which takes its time.
    private static func keepers(_ row: Int, _ result: ScanResult) -> [Explanation.Keeper] {
        Keepers(result: result, phrases: result.phrases(nil)).list(row)
    }
}

/// Worlds in which many records of the same worth meet at hubs: stores and files that dozens of threads and messages use.
private enum HubWorld {
    static func make(seed: UInt64) -> World {
        var random = SplitMix64(seed: seed &* 31 &+ 7)
        var world = World()
        let stores = ["store-a", "store-b"].prefix(Int.random(in: 1...2, using: &random))
        let files = (0..<Int.random(in: 2...6, using: &random)).map { "file-\($0)" }
        func add(_ kind: Kind, _ id: String, age: Int, in container: String? = nil, _ uses: [Target] = []) {
            var record = WorldRecord(kind, id)
            record.created = .days(-age)
            record.container = container
            record.uses = uses
            world.records.append(record)
        }
        for store in stores { add(.vectorStore, store, age: 400) }
        for file in files { add(.file, file, age: 400) }
        for (number, file) in files.enumerated() {
            let store = random.pick(Array(stores))
            add(.vectorStoreFile, "\(store)/\(number)", age: 400, in: store, [Target(.file, file)])
        }
        // Few ages, so that many threads keep as long as each other, on both sides of the number that makes a hub.
        let ages = random.pick([[5], [5, 20], [5, 5, 20, 90]])
        for number in 0..<Int.random(in: 12...24, using: &random) {
            let thread = "thread-\(number * 7 % 10)\(number)"
            add(.thread, thread, age: random.pick(ages), [Target(.vectorStore, random.pick(Array(stores)))])
            guard random.chance(60) else { continue }
            add(
                .message, "message-\(number)", age: random.pick(ages), in: thread,
                [Target(.file, random.chance(80) ? files[0] : random.pick(files))])
        }
        // A store that uses a thread closes a circle.
        if random.chance(30) { world.records[0].uses = [Target(.thread, "thread-00")] }
        if random.chance(40) {
            for index in world.records.indices where random.chance(10) { world.records[index].created = .missing }
        }
        world.policies = [
            WorldDocuments.policy("keep-b", kinds: [.thread], atLeast: "60d"),
            WorldDocuments.policy("keep-a", kinds: [.thread, .message], atLeast: random.pick(["60d", "90d"])),
            WorldDocuments.policy("limit", atMost: "30d"),
        ]
        if random.chance(50) {
            world.holds = [
                WorldDocuments.hold("matter") { $0.ids = ["thread-77", "thread-00", "message-3"] },
                WorldDocuments.hold("ended", until: -3, graceDays: random.pick([7, 70])) {
                    $0.kinds = [.init(.thread)]
                },
            ]
        }
        return world
    }
}

/// One explanation's keepers beside what the model knows of the same record.
private struct WayCheck {
    private(set) var problems: [String] = []
    private(set) var features: [String] = []
    private let model: Model
    private let start: Int

    init(_ own: Explanation.RecordName, _ keepers: [Explanation.Keeper], _ model: Model) {
        self.model = model
        guard let row = Self.row(own, model) else {
            (start, problems) = (0, ["the model has no \(own)"])
            return
        }
        start = row
        let keeping = model.keepers[row]
        let matters = keepers.filter { $0.until == nil }.map(\.name)
        if matters != keeping.matters.map({ model.holds[$0].name }).sorted() { problems.append("matters \(matters)") }
        for (end, instant) in [(Explanation.Keeper.End.early, keeping.early), (.late, keeping.late)] {
            let ends = keepers.filter { $0.until != nil && ($0.end == end || $0.end == .both) }
            let wanted: [Moment?] = instant == .beginning ? [] : [instant]
            if ends.map(\.until) != wanted { problems.append("\(own) \(end) is \(instant), and \(ends)") }
        }
        for keeper in keepers { check(keeper) }
    }

    private mutating func check(_ keeper: Explanation.Keeper) {
        var row = start
        var hasRisen = false
        for step in keeper.path {
            guard let next = Self.row(step.record, model) else { return problems.append("no \(step.record)") }
            let nodes = model.facts.nodes
            let isReal =
                switch step.edge {
                case .containedBy: nodes[row].containers.contains(next)
                case .usedBy: nodes[row].users.contains(next)
                case .contains: nodes[next].containers.contains(row) && !hasRisen
                }
            if !isReal { problems.append("\(keeper): no such step \(step)") }
            if step.edge != .contains { hasRisen = true }
            row = next
        }
        guard keeps(row, keeper) else { return problems.append("\(keeper): nothing like this lies on its end") }
        let nearest = nearest(keeper)
        if nearest.distance != keeper.path.count { problems.append("\(keeper): \(nearest.distance) steps are enough") }
        if nearest.ends.first != row { problems.append("\(keeper): another end comes before it") }
        let isThroughHub = keeper.path.dropLast().contains { step in
            Self.row(step.record, model).map { model.facts.nodes[$0].users.count > 16 } ?? false
        }
        if isThroughHub { features.append("through a hub") }
        if nearest.ends.count > 1 { features.append(isThroughHub ? "tie through a hub" : "tie") }
        if keeper.path.count > 2 { features.append("of three steps") }
        if keeper.path.contains(where: { $0.edge == .contains }) { features.append("down") }
        features.append(keeper.until == nil ? "matter" : keeper.end == .early ? "early" : "late")
    }

    /// Whether the document lies on the record, and is worth what the keeper says.
    private func keeps(_ row: Int, _ keeper: Explanation.Keeper) -> Bool {
        let own = model.obligations[row]
        guard let until = keeper.until else { return own.matters.contains { model.holds[$0].name == keeper.name } }
        switch keeper.document {
        case .hold: return own.ended.contains { model.holds[$0.key].name == keeper.name && $0.value == until }
        case .policy:
            return own.policies.contains { index, interval in
                model.policies[index].name == keeper.name
                    && (keeper.end == .early ? interval.earliest : interval.latest) == until
            }
        }
    }

    /// Whether any document on the record is worth as much.
    private func keepsAsLong(_ row: Int, _ keeper: Explanation.Keeper) -> Bool {
        guard let until = keeper.until else { return keeps(row, keeper) }
        let own = model.obligations[row]
        return own.ended.values.contains { $0 >= until }
            || own.policies.values.contains { (keeper.end == .early ? $0.earliest : $0.latest) >= until }
    }

    /// The records that would do, at the least distance, in the order of reports; by flooding level after level.
    private func nearest(_ keeper: Explanation.Keeper) -> (distance: Int, ends: [Int]) {
        struct Place: Hashable {
            let row: Int
            let isDescending: Bool
        }
        var level: Set = [Place(row: start, isDescending: true)]
        var seen = level
        var distance = 0
        let nodes = model.facts.nodes
        while !level.isEmpty {
            let ends = Set(level.map(\.row)).filter { keepsAsLong($0, keeper) }
            if !ends.isEmpty { return (distance, ends.sorted(by: precedes)) }
            var next: Set<Place> = []
            for place in level {
                for above in nodes[place.row].containers + nodes[place.row].users {
                    next.insert(Place(row: above, isDescending: false))
                }
                guard place.isDescending else { continue }
                for part in nodes.indices where nodes[part].containers.contains(place.row) {
                    next.insert(Place(row: part, isDescending: true))
                }
            }
            level = next.subtracting(seen)
            seen.formUnion(next)
            distance += 1
        }
        return (-1, [])
    }

    private func precedes(_ left: Int, _ right: Int) -> Bool {
        let nodes = model.facts.nodes
        let sources = model.facts.world.sources
        if nodes[left].source != nodes[right].source {
            return sources[nodes[left].source].name < sources[nodes[right].source].name
        }
        if nodes[left].kind != nodes[right].kind { return nodes[left].kind < nodes[right].kind }
        return nodes[left].id.utf8.lexicographicallyPrecedes(nodes[right].id.utf8)
    }

    private static func row(_ name: Explanation.RecordName, _ model: Model) -> Int? {
        model.facts.nodes.firstIndex { node in
            node.kind == name.kind && node.id == name.id && model.facts.world.sources[node.source].name == name.source
        }
    }
}
