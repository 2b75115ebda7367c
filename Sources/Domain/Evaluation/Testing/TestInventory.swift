internal import Chronology
internal import Policies
internal import Records
internal import Spelling

/// The records of a test, joined to an inventory as a connector joins what it reads.
enum TestInventory {
    /// What the documents make of a test's records: of those that are gone, after what they made of them while they were
    /// there.
    static func evaluate(_ test: PolicyTest, _ set: PolicySet, _ options: ScanOptions) -> ScanResult {
        let evaluator = Evaluator(policies: set, asOf: Moment(test.asOf), options: options)
        let before = evaluator.evaluate(make(test, set))
        let gone = test.records.filter(\.isGone)
        guard !gone.isEmpty else { return before }
        var after = test
        after.records.removeAll { record in
            gone.contains { $0.source == record.source && $0.kind == record.kind && $0.id == record.id }
        }
        return evaluator.evaluate(make(after, set, besides: test), gone: before.remembered(gone))
    }

    /// - Parameters:
    ///   - test: the test, of which each record's line stands for its place.
    ///   - set: the documents, of which the sources say which metadata keys are owner, subject and tenant.
    ///   - whole: the test with the records that are gone, of which each source is one of the test's.
    static func make(_ test: PolicyTest, _ set: PolicySet, besides whole: PolicyTest? = nil) -> Inventory {
        let rules = TimeRules(asOf: Moment(test.asOf))
        var builder = InventoryBuilder(metadataKeys: set.metadataKeys, rules: rules)
        var records = Dictionary(grouping: test.records, by: \.source)
        for record in whole?.records ?? [] where records[record.source] == nil { records[record.source] = [] }
        for (source, own) in records.sorted(by: { $0.key < $1.key }) {
            let fields = set.sources.first { $0.name == source }?.fields ?? Source.Fields()
            builder.beginSource(source)
            for kind in Kind.allCases { builder.currentCoverage[kind].wasRead = !test.unread.has(kind) }
            let layout = RecordBatch.Layout(
                source: source, metadataKeys: set.metadataKeys, rules: rules, ownerKey: fields.owner,
                subjectKey: fields.subject, tenantKey: fields.tenant)
            var batch = RecordBatch(layout: layout, file: test.location.file)
            for record in own {
                batch.add(record, keys: set.metadataKeys, fields)
            }
            // A document of a few megabytes never reaches the columns' limit.
            _ = builder.append(batch)
        }
        return builder.seal()
    }
}

extension ScanResult {
    /// What a ledger would know of these records.
    fileprivate func remembered(_ records: [TestRecord]) -> [GoneRecord] {
        var gone: [GoneRecord] = []
        var places: [Int: Int] = [:]
        for record in records {
            guard let source = inventory.sourceNames.firstIndex(of: record.source),
                let row = inventory.row(source: source, kind: record.kind, id: record.id), places[row] == nil
            else { continue }
            places[row] = gone.count
            gone.append(
                GoneRecord(source: record.source, kind: record.kind, id: record.id, lastSeen: asOf, duties: []))
        }
        forEachDuty { origin, name, until in
            for (row, place) in places.sorted(by: { $0.key < $1.key }) {
                guard let until = until(row) else { continue }
                gone[place].duties.append(Duty(origin: origin, name: name, until: until))
            }
        }
        return gone
    }
}

extension RecordBatch {
    fileprivate mutating func add(_ record: TestRecord, keys: [String], _ fields: Source.Fields) {
        begin(record.kind, line: record.location.line)
        appendId(Array(record.id.utf8).span)
        addTimes(record)
        if let container = record.container { setContainer(Array(container.utf8).span) }
        if let status = record.status { setStatus(Array(status.utf8).span) }
        if let role = record.role { setRole(role) }
        if let bytes = record.bytes { setBytes(Int64(bytes)) }
        if let tokens = record.tokens { setTokens(Int64(tokens)) }
        let short = [(fields.owner, record.owner), (fields.subject, record.subject), (fields.tenant, record.tenant)]
        for (key, value) in short {
            guard let value, let index = keys.firstIndex(where: { $0.hasSameBytes(as: key) }) else { continue }
            setMetadata(index, Array(value.utf8).span)
        }
        for entry in record.metadata {
            guard let index = keys.firstIndex(where: { $0.hasSameBytes(as: entry.key) }),
                let value = entry.values.first
            else { continue }
            if entry.values.count > 1 {
                setMetadataUndecided(index)
            } else {
                setMetadata(index, Array(value.utf8).span)
            }
        }
        for name in record.uses { addReference(.uses, to: name.kind, Array(name.id.utf8).span) }
        for name in record.contains { addReference(.contains, to: name.kind, Array(name.id.utf8).span) }
        for name in record.cites { addReference(.cites, to: name.kind, Array(name.id.utf8).span) }
        _ = commit()
    }

    private mutating func addTimes(_ record: TestRecord) {
        if let created = record.created {
            setCreated(created.reading)
        } else if record.kind != .item {
            setCreated(.missing)
        }
        if let activity = record.lastActivity {
            noteActivity(activity.reading)
            if case .since = activity { noteActivity(.missing) }
        }
        if let expires = record.expires { setExpires(expires.reading) }
        if let modified = record.lastModified { setModified(modified.reading) }
    }
}

extension TestRecord.Time {
    /// The reading of it. The instant of 1970 itself is none, as on the wire.
    fileprivate var reading: RecordBatch.Reading {
        switch self {
        case .at(let moment), .since(let moment): .microseconds(moment.microseconds)
        case .missing: .missing
        case .implausible: .unreadable
        }
    }
}
