import Chronology
import Policies
import RuleSupport

@testable import Records

/// A small estate and the documents that govern it, as a test states them: the one input of engine and model.
struct World {
    var sources: [WorldSource] = [WorldSource(name: "export")]
    var records: [WorldRecord] = []
    var policies: [RetentionPolicy] = []
    var holds: [LegalHold] = []
    var exceptions: [PolicyException] = []
    var access: [AccessPolicy] = []
    var requireCoverage = false

    /// 2026-11-20T00:00:00Z.
    static let origin = Moment(seconds: 1_795_132_800)
    /// The instant at which engine and model decide.
    @TaskLocal static var asOf = origin
    static let day: Int64 = 86_400_000_000
    static let keys = ["closed_at", "owner", "product", "subject", "tenant"]
}

/// One place where data lives, and which kinds of it were read to their end.
struct WorldSource: Hashable {
    var name: String
    var complete = Set(Kind.allCases)
}

/// A time as a source gave it.
enum Stamp: Hashable {
    /// Days after the origin; negative before it.
    case days(Int)
    case missing
    case unreadable
}

/// Another record, named.
struct Target: Hashable {
    var kind: Kind
    var id: String

    init(_ kind: Kind, _ id: String) {
        self.kind = kind
        self.id = id
    }
}

/// One line of an export.
struct WorldRecord: Hashable {
    var source = 0
    var kind: Kind
    var id: String
    var container: String?
    var created: Stamp? = .missing
    var activity: [Stamp] = []
    var expires: Stamp?
    var modified: Stamp?
    var bytes: Int64?
    var role = Role.unknown
    var metadata: [String: String] = [:]
    var uses: [Target] = []
    var cites: [Target] = []

    init(_ kind: Kind, _ id: String) {
        self.kind = kind
        self.id = id
    }
}

extension World {
    static func instant(_ days: Int) -> Moment { Moment(microseconds: origin.microseconds + Int64(days) * day) }

    /// The inventory that a connector would make of the records, a few lines to a window.
    func inventory(windowSize: Int = 1000) -> Inventory { builder(windowSize: windowSize).seal() }

    /// All that a connector would have read, as of the instant at hand.
    func builder(windowSize: Int = 1000) -> InventoryBuilder {
        let rules = TimeRules(asOf: World.asOf)
        var builder = InventoryBuilder(metadataKeys: World.keys, rules: rules)
        for (index, source) in sources.enumerated() {
            builder.beginSource(source.name)
            for kind in source.complete { builder.currentCoverage[kind].wasRead = true }
            let layout = RecordBatch.Layout(source: source.name, metadataKeys: World.keys, rules: rules)
            var batch = RecordBatch(layout: layout, file: "records.ndjson")
            for (line, record) in records.enumerated() where record.source == index {
                record.write(to: &batch, line: line + 1)
                if batch.count == windowSize {
                    _ = builder.append(batch)
                    batch = RecordBatch(layout: layout, file: "records.ndjson")
                }
            }
            _ = builder.append(batch)
        }
        return builder
    }

    var policySet: PolicySet {
        PolicySet(
            retention: policies.sorted { $0.name < $1.name }, access: access.sorted { $0.name < $1.name },
            holds: holds.sorted { $0.name < $1.name },
            exceptions: exceptions.sorted { $0.name < $1.name }, metadataKeys: World.keys)
    }
}

extension Stamp {
    var reading: RecordBatch.Reading {
        switch self {
        case .days(let days): .microseconds(World.instant(days).microseconds)
        case .missing: .missing
        case .unreadable: .unreadable
        }
    }
}

extension WorldRecord {
    fileprivate func write(to batch: inout RecordBatch, line: Int) {
        batch.begin(kind, line: line)
        batch.appendId(Array(id.utf8).span)
        if let created { batch.setCreated(created.reading) }
        for stamp in activity { batch.noteActivity(stamp.reading) }
        if let expires { batch.setExpires(expires.reading) }
        if let modified { batch.setModified(modified.reading) }
        if let bytes { batch.setBytes(bytes) }
        batch.setRole(role)
        if let container { batch.setContainer(Array(container.utf8).span) }
        for (key, value) in metadata {
            if let index = World.keys.firstIndex(of: key) { batch.setMetadata(index, Array(value.utf8).span) }
        }
        for target in uses { batch.addReference(.uses, to: target.kind, Array(target.id.utf8).span) }
        for target in cites { batch.addReference(.cites, to: target.kind, Array(target.id.utf8).span) }
        _ = batch.commit()
    }
}
