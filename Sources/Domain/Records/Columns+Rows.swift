extension Columns {
    /// Joins a batch's rows, with its codes translated.
    mutating func append(
        _ batch: RecordBatch, source: UInt16, strings: [StringTable.Code], targets: [StringTable.Code]
    ) {
        let firstRow = count
        let added = batch.count
        let rows = batch.rows.span
        sources.append(contentsOf: repeatElement(source, count: added))
        kinds.append(added) { rows[$0].kind }
        created.append(added) { rows[$0].created }
        activity.append(added) { rows[$0].activity }
        facts.append(added) {
            TimeFacts(
                created: rows[$0].createdFact, activity: rows[$0].activityFact, isUsedUnseen: rows[$0].isUsedUnseen)
        }
        roles.append(added) { rows[$0].role }
        status.append(added) { strings[Int(rows[$0].status)] }
        if batch.hasBytes { bytes.append(added, after: firstRow) { rows[$0].bytes } }
        if batch.hasTokens { tokens.append(added, after: firstRow) { rows[$0].tokens } }
        containers.append(added) { targets[Int(rows[$0].container)] }
        let base = UInt32(idBytes.count)
        idBytes.append(contentsOf: batch.idBytes.prefix(batch.idByteCount))
        idEnds.append(added) { rows[$0].idEnd + base }
        for key in metadata.indices {
            Self.append(key, of: batch, to: &metadata[key], through: strings, after: firstRow)
        }
        Self.append(batch.layout.owner, of: batch, to: &owners, through: strings, after: firstRow)
        Self.append(batch.layout.subject, of: batch, to: &subjects, through: strings, after: firstRow)
        Self.append(batch.layout.tenant, of: batch, to: &tenants, through: strings, after: firstRow)
        let committed = batch.stated.prefix { $0.row < added }
        join(committed, through: strings, after: firstRow)
        expires.append(batch.expires, firstRow: firstRow)
        modified.append(batch.modified, firstRow: firstRow)
        tools.append(batch.tools, firstRow: firstRow)
    }

    /// Joins one column of codes. It stays short while nothing has a code in it, until `complete`.
    private static func append(
        _ key: Int?, of batch: RecordBatch, to column: inout [StringTable.Code], through map: [StringTable.Code],
        after firstRow: Int
    ) {
        guard let key, batch.namesKey[key] else { return }
        column.append(contentsOf: repeatElement(StringTable.absent, count: firstRow - column.count))
        let codes = batch.metadata.span
        let stride = batch.layout.metadataKeys.count
        column.append(batch.count) { row in
            let code = codes[row &* stride &+ key]
            return code == StringTable.undecided ? code : map[Int(code)]
        }
    }

    /// Gives every column of codes its full length. Those of which no record has any share one.
    mutating func complete() {
        let absent = [StringTable.Code](repeating: StringTable.absent, count: count)
        for key in metadata.indices { Self.complete(&metadata[key], absent) }
        Self.complete(&owners, absent)
        Self.complete(&subjects, absent)
        Self.complete(&tenants, absent)
    }

    private static func complete(_ column: inout [StringTable.Code], _ absent: [StringTable.Code]) {
        if column.isEmpty {
            column = absent
        } else {
            column.append(contentsOf: absent[column.count...])
        }
    }

    /// The rows without those that were dropped.
    func dropping(_ dropped: [Bool]) -> Columns {
        let rows = dropped.indices.filter { !dropped[$0] }
        var result = Columns(metadataKeys: metadata.count)
        result.kinds = rows.map { kinds[$0] }
        result.sources = rows.map { sources[$0] }
        result.created = rows.map { created[$0] }
        result.activity = rows.map { activity[$0] }
        result.facts = rows.map { facts[$0] }
        result.roles = rows.map { roles[$0] }
        result.status = rows.map { status[$0] }
        result.owners = rows.map { owners[$0] }
        result.subjects = rows.map { subjects[$0] }
        result.tenants = rows.map { tenants[$0] }
        result.containers = rows.map { containers[$0] }
        result.metadata = metadata.map { column in rows.map { column[$0] } }
        for (row, old) in rows.enumerated() {
            result.bytes.append(bytes[old])
            result.tokens.append(tokens[old])
            result.idBytes.append(contentsOf: idBytes[idRange(old)])
            result.idEnds.append(UInt32(result.idBytes.count))
            if let time = expires[old] { result.expires.append(row: row, moment: time.moment, fact: time.fact) }
            if let time = modified[old] { result.modified.append(row: row, moment: time.moment, fact: time.fact) }
            let named = tools[old]
            if !named.isEmpty { result.tools.append(row: row, named) }
        }
        return result
    }

    /// The bytes that the columns occupy, metadata apart.
    var footprint: Int {
        let perRow = 1 + 2 + 8 + 8 + 1 + 1 + 4 + 4 + 4 + 4 + 4 + 4 + 4 + 4
        return perRow * count + idBytes.count + (expires.rows.count + modified.rows.count) * 13
            + tools.rows.count * 5
    }
}

extension Array {
    /// Appends as many elements as that, each made from its place among them.
    @inline(__always)
    mutating func append(_ added: Int, _ element: (Int) -> Element) {
        // The library writes to the storage that all empty arrays share, though nothing new.
        guard added > 0 else { return }
        append(addingCapacity: added) { column in
            for place in 0..<added { column.append(element(place)) }
        }
    }
}
