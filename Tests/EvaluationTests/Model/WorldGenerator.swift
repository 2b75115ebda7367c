import Chronology
import Policies
import Records
import RuleSupport
import TestSupport

/// Makes worlds that are as entangled and as dirty as real ones, only smaller.
struct WorldGenerator {
    private var random: SplitMix64
    private var world = World()
    private var ids: [[Kind: [String]]] = []

    init(seed: UInt64) { random = SplitMix64(seed: seed &* 0x1000_0000_01B3 &+ 17) }

    static func world(seed: UInt64) -> World {
        var generator = WorldGenerator(seed: seed)
        return generator.make()
    }

    mutating func make() -> World {
        world = World()
        world.sources = [WorldSource(name: "openai-prod")]
        if chance(25) { world.sources.append(WorldSource(name: "azure-test")) }
        for index in world.sources.indices where chance(35) {
            for _ in 0..<int(1...3) { world.sources[index].complete.remove(pick(Kind.allCases)) }
        }
        let size = chance(15) ? int(20...40) : int(5...14)
        ids = world.sources.map { _ in [:] }
        let plan = (0..<size).map { _ in (source: int(0...(world.sources.count - 1)), kind: pick(Self.kinds)) }
        for (source, kind) in plan {
            let number = ids[source][kind, default: []].count
            ids[source][kind, default: []].append("\(kind.name)\(number)")
        }
        for source in world.sources.indices {
            for kind in Kind.allCases {
                for id in ids[source][kind] ?? [] { world.records.append(record(kind, id, source)) }
            }
        }
        if chance(70) { for _ in 0..<int(1...3) { addMadeUpEdge() } }
        if chance(30) { for _ in 0..<int(1...2) { addDuplicate() } }
        world.records.shuffle(using: &random)
        addDocuments()
        world.requireCoverage = chance(30)
        return world
    }

    private static let kinds: [Kind] = [
        .thread, .thread, .thread, .message, .message, .message, .message, .run, .run, .runStep, .file, .file, .file,
        .file, .file, .assistant, .vectorStore, .vectorStore, .vectorStoreFile, .conversation, .item, .response,
        .response, .container, .containerFile, .batch, .upload, .chatCompletion,
    ]

    // MARK: Dice

    mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    mutating func chance(_ percent: Int) -> Bool { int(1...100) <= percent }
    mutating func pick<Value>(_ values: [Value]) -> Value { values[int(0...(values.count - 1))] }

    // MARK: Records

    private mutating func stamp() -> Stamp {
        if chance(4) { return .missing }
        if chance(2) { return .unreadable }
        if chance(2) { return .days(pick([40, 3_000_000, -20_778])) }
        return .days(-pick([0, 1, 6, 29, 30, 31, 60, 90, 97, 180, 364, 365, 366, 400, 2000]))
    }

    private mutating func record(_ kind: Kind, _ id: String, _ source: Int) -> WorldRecord {
        var record = WorldRecord(kind, id)
        record.source = source
        record.created = kind == .item && chance(60) ? nil : stamp()
        if chance(35) { record.activity = (0..<int(1...2)).map { _ in stamp() } }
        if [.file, .vectorStore, .container, .batch, .upload].contains(kind), chance(40) {
            record.expires = chance(10) ? pick([.missing, .unreadable]) : .days(pick([-20, -1, 0, 1, 5, 30, 300]))
        }
        if chance(15) { record.modified = stamp() }
        if chance(70) { record.bytes = Int64(pick([0, 1, 20, 300, 4_000, 5_000_000_000])) }
        if kind == .message || kind == .item {
            record.role = pick([.user, .user, .assistant, .system, .tool, .unknown])
        }
        if chance(55) { record.metadata["product"] = pick(["support", "sales"]) }
        if chance(25) { record.metadata["subject"] = pick(["s1", "s2"]) }
        if chance(20) { record.metadata["tenant"] = pick(["t1", "t2"]) }
        if chance(15) {
            record.metadata["closed_at"] = pick(["2026-09-01T00:00:00Z", "2025-01-01T12:00:00+02:00", "soon"])
        }
        if let above = Kind.allCases.first(where: { $0.parts.has(kind) }), !(kind == .response && chance(50)) {
            let known = ids[source][above] ?? []
            record.container = chance(5) ? "absent" : known.isEmpty ? nil : pick(known)
        }
        for target in kind.targets.kinds where chance(target == .file ? 70 : 30) {
            let known = ids[source][target] ?? []
            for _ in 0..<int(1...2) where !known.isEmpty {
                record.uses.append(Target(target, chance(3) ? "absent" : pick(known)))
            }
        }
        if kind == .run || kind == .message, chance(40), let known = ids[source][.assistant] {
            record.cites.append(Target(.assistant, pick(known)))
        }
        return record
    }

    /// A reference that no provider has, most often against the usual direction, so that circles arise.
    private mutating func addMadeUpEdge() {
        let index = int(0...(world.records.count - 1))
        let source = world.records[index].source
        let candidates = world.records.filter { $0.source == source }
        let against = candidates.filter { other in
            other.uses.contains(Target(world.records[index].kind, world.records[index].id))
        }
        let target = pick(against.isEmpty ? candidates : against)
        world.records[index].uses.append(
            Target(target.kind, target.id))
        if let container = target.container, let above = Kind.allCases.first(where: { $0.parts.has(target.kind) }),
            chance(50)
        {
            world.records[index].uses.append(Target(above, container))
        }
    }

    private mutating func addDuplicate() {
        var copy = pick(world.records)
        switch int(0...7) {
        case 0: copy.created = stamp()
        case 1: copy.metadata["product"] = "other"
        case 2: copy.uses = []
        case 3: copy.metadata["subject"] = "s3"
        case 4:
            if let above = Kind.allCases.first(where: { $0.parts.has(copy.kind) }), let known = ids[copy.source][above]
            {
                copy.container = pick(known)
            }
        case 6: copy.bytes = 7
        case 5: copy.expires = copy.kind == .file ? .days(10) : copy.expires
        default: break
        }
        world.records.append(copy)
    }
}

// MARK: - Documents

extension WorldGenerator {
    private mutating func addDocuments() {
        for number in 0..<int(1...6) { world.policies.append(policy(number)) }
        if chance(50) { for number in 0..<int(1...2) { world.access += [accessPolicy(number)].compactMap(\.self) } }
        if chance(55) { for number in 0..<int(1...2) { world.holds.append(hold(number)) } }
        if chance(55) { for number in 0..<int(1...2) { world.exceptions.append(exception(number)) } }
    }

    private mutating func accessPolicy(_ number: Int) -> AccessPolicy? {
        guard var policy = Expressions.access else { return nil }
        policy.name = "a\(number)"
        policy.match = match(narrow: false)
        policy.severity = pick([.info, .low, .medium, .high, .critical])
        policy.mode = chance(15) ? .observe : .enforce
        policy.validations.shuffle(using: &random)
        policy.validations.removeLast(policy.validations.count - int(1...3))
        return policy
    }

    private mutating func match(narrow: Bool) -> Match {
        var match = Match()
        if chance(75) {
            match.kinds = KindSet((0..<int(1...4)).map { _ in pick(Self.kinds) })
        }
        if chance(10) { match.sources = [Glob(pick(["openai-*", "azure-*", "*", "????-test"]))] }
        if chance(25) {
            match.metadata = [
                Match.MetadataCondition(key: "product", values: pick([["support"], ["support", "sales"]]))
            ]
        }
        if chance(8) { match.metadata.append(Match.MetadataCondition(key: "tenant", values: ["t1"])) }
        if chance(narrow ? 30 : 5) { match.subjects = [pick(["s1", "s2", "s3"])] }
        if chance(narrow ? 40 : 5) {
            match.ids = (0..<int(1...3)).map { _ in pick(world.records).id }
            match.kinds = nil
        }
        if chance(24), !Expressions.conditions.isEmpty { match.condition = pick(Expressions.conditions) }
        if chance(10) {
            match.createdBetween = Match.CreatedBetween(
                from: chance(20) ? .beginning : World.instant(-pick([90, 365])),
                until: chance(20) ? .unbounded : World.instant(-pick([0, 30])))
        }
        return match
    }

    private mutating func policy(_ number: Int) -> RetentionPolicy {
        var policy = RetentionPolicy(name: "p\(number)", clock: clock(), location: WorldDocuments.place)
        policy.severity = pick([.info, .low, .medium, .high, .critical])
        policy.match = match(narrow: false)
        let least = pick(["7d", "30d", "P1M", "90d", "1y", "PT36H"])
        let most = pick(["30d", "P1M", "60d", "90d", "180d", "P1Y"])
        switch int(0...9) {
        case 0...5: policy.atMost = try? Period(most)
        case 6...7:
            policy.atLeast = try? Period("7d")
            policy.atMost = try? Period(most)
        default: policy.atLeast = try? Period(chance(4) ? "9000y" : least)
        }
        policy.basis = pick([.internal, .statutory, .claims])
        if chance(25), let berlin = try? Zone("Europe/Berlin") { policy.zone = berlin }
        if chance(60) { policy.overdueAfter = try? Period(pick(["1d", "7d", "P1M"])) }
        policy.whileUsed = chance(70) ? .keep : .delete
        policy.mode = chance(12) ? .observe : .enforce
        policy.whenDue = pick([.delete, .delete, .delete, .review, .report])
        policy.onUndetermined = chance(15) ? .report : .fail
        policy.isDefault = chance(15)
        return policy
    }

    private mutating func clock() -> RetentionPolicy.Clock {
        switch int(0...19) {
        case 0...7: .created
        case 8...15: .lastActivity(counts: pick([[.init(.user), .init(.assistant)], [.init(.user)], []]))
        case 16: .lastModified
        case 17: .expires
        default: Expressions.clock ?? .created
        }
    }

    private mutating func hold(_ number: Int) -> LegalHold {
        let match = match(narrow: true)
        let until: Int? = chance(60) ? nil : pick([-30, -7, -3, 0, 5])
        return WorldDocuments.hold("h\(number)", from: pick([-30, -30, -30, 0, 10]), until: until) { $0 = match }
    }

    private mutating func exception(_ number: Int) -> PolicyException {
        let match = match(narrow: chance(30))
        let names = world.policies.map(\.name) + world.access.map(\.name)
        let policies = chance(60) ? names : [pick(names)]
        return WorldDocuments.exception("e\(number)", from: policies, expires: pick([30, 30, 30, 1, 0, -1])) {
            $0 = match
        }
    }
}
