/// Joins the records that share one source, kind and id.
///
/// - Source: the design, section 5, "Two records of one id that differ": every clock of that id is open at both ends,
///   metadata that differs is undecided, references are joined, and both places are listed.
struct DuplicateRecords {
    var columns: Columns
    var references: ReferenceColumns
    var places: PlaceIndex
    var index: IdIndex
    var problems: [Problem] = []
    /// Containers that a further record of an id named, by code, for the row that stays.
    var extraContainers: [(row: Int, target: StringTable.Code)] = []
    /// What was dropped, for the counts.
    var dropped: [(source: Int, kind: Kind)] = []

    static func join(
        columns: Columns, references: ReferenceColumns, places: PlaceIndex, sourceNames: [String]
    ) -> DuplicateRecords {
        var pairs: [(first: Int, second: Int)] = []
        let index = IdIndex(columns, duplicates: &pairs)
        var result = DuplicateRecords(columns: columns, references: references, places: places, index: index)
        guard !pairs.isEmpty else { return result }
        result.merge(pairs, sourceNames: sourceNames)
        return result
    }

    private mutating func merge(_ pairs: [(first: Int, second: Int)], sourceNames: [String]) {
        var isDropped = [Bool](repeating: false, count: columns.count)
        var target: [Int: Int] = [:]
        var differing: Set<Int> = []
        for (first, second) in pairs {
            isDropped[second] = true
            target[second] = first
            dropped.append((Int(columns.sources[second]), columns.kinds[second]))
            if differ(first, second) { differing.insert(first) }
        }
        for row in Set(pairs.map(\.first)) { list(row, differs: differing.contains(row), sourceNames) }
        for (first, second) in pairs {
            list(second, differs: differing.contains(first), sourceNames)
            if differing.contains(first) { blend(first, second) }
        }
        drop(isDropped, target: target)
    }

    private func differ(_ first: Int, _ second: Int) -> Bool {
        columns.created[first] != columns.created[second] || columns.activity[first] != columns.activity[second]
            || columns.facts[first] != columns.facts[second] || columns.roles[first] != columns.roles[second]
            || columns.status[first] != columns.status[second] || columns.bytes[first] != columns.bytes[second]
            || columns.tokens[first] != columns.tokens[second] || columns.owners[first] != columns.owners[second]
            || columns.subjects[first] != columns.subjects[second]
            || columns.tenants[first] != columns.tenants[second]
            || columns.containers[first] != columns.containers[second]
            || columns.metadata.contains { $0[first] != $0[second] }
            || columns.expires[first].map { [$0.moment, Int64($0.fact.rawValue)] }
                != columns.expires[second].map { [$0.moment, Int64($0.fact.rawValue)] }
            || targets(of: first) != targets(of: second)
    }

    private func targets(of row: Int) -> Set<[UInt32]> {
        let range = Edges.range(of: UInt32(row), in: references.rows)
        return Set(
            range.map {
                [
                    UInt32(references.relations[$0].rawValue), UInt32(references.kinds[$0].rawValue),
                    references.targets[$0],
                ]
            })
    }

    private mutating func blend(_ first: Int, _ second: Int) {
        columns.facts[first].isConflicted = true
        if columns.roles[first] != columns.roles[second] { columns.roles[first] = .unknown }
        undecide(&columns.status, first, second)
        undecide(&columns.owners, first, second)
        undecide(&columns.subjects, first, second)
        undecide(&columns.tenants, first, second)
        for key in columns.metadata.indices { undecide(&columns.metadata[key], first, second) }
        let container = columns.containers[second]
        if container != columns.containers[first], container != StringTable.absent {
            extraContainers.append((first, container))
        }
    }

    private func undecide(_ column: inout [StringTable.Code], _ first: Int, _ second: Int) {
        if column[first] != column[second] { column[first] = StringTable.undecided }
    }

    private mutating func list(_ row: Int, differs: Bool, _ sourceNames: [String]) {
        problems.append(
            Problem(
                code: .duplicateId, source: sourceNames[Int(columns.sources[row])], place: places.place(row),
                kind: columns.kinds[row], id: String(decoding: columns.idBytes[columns.idRange(row)], as: UTF8.self),
                message: differs
                    ? "several records have this id and differ, so none of its times is known"
                    : "several records have this id and agree",
                losesData: true))
    }

    private mutating func drop(_ isDropped: [Bool], target: [Int: Int]) {
        var newRows = [Int](repeating: 0, count: isDropped.count)
        var next = 0
        for row in isDropped.indices {
            newRows[row] = next
            if !isDropped[row] { next += 1 }
        }
        let moved = { (row: Int) in newRows[target[row] ?? row] }
        var kept: [(row: Int, index: Int)] = []
        for index in 0..<references.count { kept.append((moved(Int(references.rows[index])), index)) }
        kept.sort { $0 < $1 }
        var joined = ReferenceColumns()
        for (row, index) in kept {
            joined.append(
                row: row, relation: references.relations[index], kind: references.kinds[index],
                target: references.targets[index])
        }
        references = joined
        extraContainers = extraContainers.map { (moved($0.row), $0.target) }
        columns = columns.dropping(isDropped)
        places = places.dropping(isDropped)
        var none: [(first: Int, second: Int)] = []
        index = IdIndex(columns, duplicates: &none)
    }
}
