import Chronology

@testable import Records

/// A record as a test states it.
struct Line {
    var kind: Kind
    var id: String
    var container: String?
    var created: RecordBatch.Reading? = .microseconds(Material.at(days: -100))
    var activity: [RecordBatch.Reading] = []
    var expires: RecordBatch.Reading?
    var modified: RecordBatch.Reading?
    var metadata: [String: String] = [:]
    var uses: [(Kind, String)] = []
    var cites: [(Kind, String)] = []
    var bytes: Int64 = -1

    init(_ kind: Kind, _ id: String, in container: String? = nil) {
        self.kind = kind
        self.id = id
        self.container = container
    }

    func with(_ change: (inout Line) -> Void) -> Line {
        var copy = self
        change(&copy)
        return copy
    }
}

/// Builds inventories from lines, as a connector would.
enum Material {
    static let asOf = Moment(seconds: 1_795_132_800)
    static let keys = ["owner", "product", "subject", "tenant"]
    static let rules = TimeRules(asOf: asOf)

    static func at(days: Int64) -> Int64 { asOf.microseconds + days * 86_400_000_000 }

    static func batch(_ lines: [Line], file: String, firstLine: Int = 1) -> RecordBatch {
        let layout = RecordBatch.Layout(source: "export", metadataKeys: keys, rules: rules)
        var batch = RecordBatch(layout: layout, file: file)
        for (offset, line) in lines.enumerated() {
            batch.begin(line.kind, line: firstLine + offset)
            batch.appendId(Array(line.id.utf8).span)
            if let created = line.created { batch.setCreated(created) }
            for time in line.activity { batch.noteActivity(time) }
            if let expires = line.expires { batch.setExpires(expires) }
            if let modified = line.modified { batch.setModified(modified) }
            if let container = line.container { batch.setContainer(Array(container.utf8).span) }
            for (key, value) in line.metadata {
                if let index = keys.firstIndex(of: key) { batch.setMetadata(index, Array(value.utf8).span) }
            }
            for (kind, id) in line.uses { batch.addReference(.uses, to: kind, Array(id.utf8).span) }
            for (kind, id) in line.cites { batch.addReference(.cites, to: kind, Array(id.utf8).span) }
            batch.setBytes(line.bytes)
            _ = batch.commit()
        }
        return batch
    }

    static func inventory(_ lines: [Line], read: [Kind] = Kind.allCases, batchSize: Int = 1000) -> Inventory {
        var builder = InventoryBuilder(metadataKeys: keys, rules: rules)
        builder.beginSource("export")
        for kind in read { builder.currentCoverage[kind].wasRead = true }
        var start = 0
        while start < lines.count {
            let end = min(start + batchSize, lines.count)
            let window = Array(lines[start..<end])
            _ = builder.append(batch(window, file: "export.ndjson", firstLine: start + 1))
            start = end
        }
        return builder.seal()
    }
}

extension Inventory {
    func row(_ kind: Kind, _ id: String) -> Int { row(source: 0, kind: kind, id: id) ?? -1 }

    /// Everything that a record says, in words that do not depend on rows or codes.
    func facts(_ row: Int) -> [String] {
        let container = containers[row]
        let containerName =
            container == Inventory.noContainer
            ? "-" : container == Inventory.unknownContainer ? "?" : id(Int(container))
        let outgoing = edges.leaving(row).map {
            "\(edges.relation[$0]) \(kinds[Int(edges.to[$0])]) \(id(Int(edges.to[$0])))"
        }
        let metadata = metadataKeys.indices.map { text(metadataColumn($0)[row]) }
        return [
            "\(kinds[row]) \(id(row))", "\(created(row))", "\(createdFact(row))",
            "\(String(describing: ownActivity(row)))",
            "\(String(describing: expires(row)))", "\(String(describing: modified(row)))", containerName,
            "\(roles[row])", text(owners[row]), text(subjects[row]), text(tenants[row]),
            "\(String(describing: bytes(row)))", metadata.joined(separator: ","),
            outgoing.sorted().joined(separator: ","),
        ]
    }

    func text(_ code: StringTable.Code) -> String {
        code == StringTable.undecided ? "undecided" : strings.string(code) ?? "-"
    }
}
