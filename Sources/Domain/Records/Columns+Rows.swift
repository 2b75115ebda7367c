extension Columns {
    /// Joins a batch's rows, with its codes translated.
    mutating func append(
        _ batch: Columns, source: UInt16, strings: [StringTable.Code], targets: [StringTable.Code]
    ) {
        let firstRow = count
        kinds.append(contentsOf: batch.kinds)
        sources.append(contentsOf: repeatElement(source, count: batch.count))
        created.append(contentsOf: batch.created)
        activity.append(contentsOf: batch.activity)
        facts.append(contentsOf: batch.facts)
        roles.append(contentsOf: batch.roles)
        Self.append(batch.status, to: &status, through: strings)
        for row in 0..<batch.count {
            bytes.append(batch.bytes[row])
            tokens.append(batch.tokens[row])
        }
        Self.append(batch.owners, to: &owners, through: strings)
        Self.append(batch.subjects, to: &subjects, through: strings)
        Self.append(batch.tenants, to: &tenants, through: strings)
        Self.append(batch.containers, to: &containers, through: targets)
        for key in metadata.indices { Self.append(batch.metadata[key], to: &metadata[key], through: strings) }
        let base = UInt32(idBytes.count)
        idBytes.append(contentsOf: batch.idBytes.prefix(Int(batch.idEnds.last ?? 0)))
        idEnds.append(contentsOf: batch.idEnds.lazy.map { $0 + base })
        expires.append(batch.expires, firstRow: firstRow)
        modified.append(batch.modified, firstRow: firstRow)
    }

    private static func append(
        _ codes: [StringTable.Code], to column: inout [StringTable.Code], through map: [StringTable.Code]
    ) {
        column.append(contentsOf: codes.lazy.map { $0 == StringTable.undecided ? $0 : map[Int($0)] })
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
        }
        return result
    }

    /// The bytes that the columns occupy, metadata apart.
    var footprint: Int {
        let perRow = 1 + 2 + 8 + 8 + 1 + 1 + 4 + 4 + 4 + 4 + 4 + 4 + 4 + 4
        return perRow * count + idBytes.count + (expires.rows.count + modified.rows.count) * 13
    }
}

extension SparseTimes {
    mutating func append(_ other: SparseTimes, firstRow: Int) {
        for index in other.rows.indices {
            append(row: firstRow + Int(other.rows[index]), moment: other.moments[index], fact: other.facts[index])
        }
    }
}
