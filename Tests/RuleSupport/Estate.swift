package import Chronology
internal import Policies
package import Records

/// The instant of most tests.
package let asOf = moment("2026-11-20T00:00:00Z")

/// The moment of an RFC 3339 time or of a day's beginning in UTC. A text that is neither is a mistake of the test.
package func moment(_ text: String) -> Moment {
    if let instant = try? Instant(rfc3339: text.contains("T") ? text : "\(text)T00:00:00Z") { return Moment(instant) }
    fatalError("\(text) is no time")
}

package func period(_ text: String) -> Period {
    if let period = try? Period(text) { return period }
    fatalError("\(text) is no period")
}

/// Records in words: a source of them, or several.
package struct Estate {
    package struct Item {
        package var source: String
        package var kind: Kind
        package var id: String
        package var created: RecordBatch.Reading?
        package var activity: RecordBatch.Reading?
        package var modified: RecordBatch.Reading?
        package var expires: RecordBatch.Reading?
        package var container: String?
        package var role: Role
        package var metadata: [String: String]
        package var uses: [(Kind, String)]
        package var cites: [(Kind, String)]
        package var contains: [(Kind, String)]
        package var undecided: [String]
        package var status: String?
        package var bytes: Int64?
        package var tokens: Int64?
    }

    package var items: [Item] = []
    package var unread: KindSet = []
    /// Of these, kinds that are over before anything depends on them.
    package var endUnseen: KindSet = []
    package var problems: [Problem] = []
    package var emptySources: [String] = []
    package var metadataKeys = [
        "closed_at", "owner", "product", "project", "regulated", "subject", "tenant",
    ]

    package init() {}

    /// Adds a record. Times are days or RFC 3339, or `.missing` and `.unreadable` readings.
    package mutating func add(
        _ kind: Kind, _ id: String, created: String? = nil, reading: RecordBatch.Reading? = nil,
        activity: String? = nil, activityReading: RecordBatch.Reading? = nil, modified: String? = nil,
        expires: String? = nil, in container: String? = nil, role: Role = .user, _ metadata: [String: String] = [:],
        uses: [(Kind, String)] = [], cites: [(Kind, String)] = [], contains: [(Kind, String)] = [],
        undecided: [String] = [], status: String? = nil, source: String = "export"
    ) {
        let point = { (text: String) in RecordBatch.Reading.microseconds(moment(text).microseconds) }
        items.append(
            Item(
                source: source, kind: kind, id: id, created: reading ?? created.map(point),
                activity: activityReading ?? activity.map(point), modified: modified.map(point),
                expires: expires.map(point), container: container, role: role, metadata: metadata, uses: uses,
                cites: cites, contains: contains, undecided: undecided, status: status))
    }

    /// The inventory.
    ///
    /// - Parameter finish: what else is said of it, once all records are in.
    package func inventory(
        asOf: Moment = asOf, finish: (inout InventoryBuilder) -> Void = { _ in }
    ) -> Inventory {
        let rules = TimeRules(asOf: asOf)
        var builder = InventoryBuilder(metadataKeys: metadataKeys, rules: rules)
        var sources: [String] = emptySources
        for item in items where !sources.contains(item.source) { sources.append(item.source) }
        if sources.isEmpty { sources = ["export"] }
        for source in sources {
            builder.beginSource(source)
            let layout = RecordBatch.Layout(source: source, metadataKeys: metadataKeys, rules: rules)
            var batch = RecordBatch(layout: layout, file: "\(source).ndjson")
            for (line, item) in items.enumerated() where item.source == source {
                fill(&batch, item, line: line + 1)
            }
            var coverage = builder.currentCoverage
            for kind in Kind.allCases {
                coverage[kind].wasRead = !unread.has(kind)
                coverage[kind].endsUnseen = endUnseen.has(kind)
            }
            builder.currentCoverage = coverage
            _ = builder.append(batch)
        }
        for problem in problems { builder.add(problem) }
        finish(&builder)
        return builder.seal()
    }

    private func fill(_ batch: inout RecordBatch, _ item: Item, line: Int) {
        batch.begin(item.kind, line: line)
        batch.appendId(Array(item.id.utf8).span)
        if let created = item.created { batch.setCreated(created) }
        if let activity = item.activity { batch.noteActivity(activity) }
        if let modified = item.modified { batch.setModified(modified) }
        if let expires = item.expires { batch.setExpires(expires) }
        if let container = item.container { batch.setContainer(Array(container.utf8).span) }
        batch.setRole(item.role)
        if let bytes = item.bytes { batch.setBytes(bytes) }
        if let tokens = item.tokens { batch.setTokens(tokens) }
        if let status = item.status { batch.setStatus(Array(status.utf8).span) }
        for (key, value) in item.metadata {
            guard let index = metadataKeys.firstIndex(of: key) else { continue }
            batch.setMetadata(index, Array(value.utf8).span)
        }
        for key in item.undecided {
            if let index = metadataKeys.firstIndex(of: key) { batch.setMetadataUndecided(index) }
        }
        for (kind, id) in item.uses { batch.addReference(.uses, to: kind, Array(id.utf8).span) }
        for (kind, id) in item.cites { batch.addReference(.cites, to: kind, Array(id.utf8).span) }
        for (kind, id) in item.contains { batch.addReference(.contains, to: kind, Array(id.utf8).span) }
        _ = batch.commit()
    }
}
