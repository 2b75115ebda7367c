/// Joins the records that share one source, kind and id.
///
/// - Source: the design, section 5, "Two records of one id that differ": every clock of that id is open at both ends,
///   metadata that differs is undecided, references are joined, and both places are listed.
struct DuplicateRecords {
    var columns: Columns
    var references: [NamedReference]
    var places: PlaceIndex
    let targets: StringTable
    var index: IdIndex
    var problems: [Problem] = []
    /// Containers that a further record of an id named, by code, for the row that stays.
    var extraContainers: [(row: Int, target: StringTable.Code)] = []
    /// What was dropped, for the counts.
    var dropped: [(source: Int, kind: Kind)] = []

    static func join(
        columns: Columns, references: [NamedReference], places: PlaceIndex, targets: StringTable,
        sourceNames: [String]
    ) -> DuplicateRecords {
        var pairs: [(first: Int, second: Int)] = []
        let index = IdIndex(columns, duplicates: &pairs)
        var result = DuplicateRecords(
            columns: columns, references: references, places: places, targets: targets, index: index)
        guard !pairs.isEmpty else { return result }
        result.merge(pairs, sourceNames: sourceNames)
        return result
    }

    /// Adds what records refer to by something that stood elsewhere.
    mutating func add(_ further: [(source: UInt16, FurtherReference)]) {
        let count = references.count
        for (source, further) in further {
            let row = targets.withBytes(further.id) {
                index.row($0, kind: further.kind, source: source, in: columns)
            }
            guard let row else { continue }
            var reference = further.reference
            reference.row = UInt32(row)
            references.append(reference)
        }
        if references.count > count { references.sort { $0.row < $1.row } }
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
        var listed: Set<Int> = []
        for (first, second) in pairs {
            if listed.insert(first).inserted { list(first, differs: differing.contains(first), sourceNames) }
            list(second, differs: differing.contains(first), sourceNames)
            if differing.contains(first) { blend(first, second) }
        }
        columns.expires.addUnbelieved(pairs.filter { columns.expires[$0.second] != nil }.map(\.first))
        columns.modified.addUnbelieved(pairs.filter { columns.modified[$0.second] != nil }.map(\.first))
        columns.tools.join(pairs)
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
            || columns.expires.differ(first, second) || columns.modified.differ(first, second)
            || targets(of: first) != targets(of: second)
    }

    /// What a row refers to, whatever the order. References stand in the order of rows.
    private func targets(of row: Int) -> Set<NamedReference> {
        var low = 0
        var high = references.count
        while low < high {
            let middle = (low + high) / 2
            if references[middle].row < row { low = middle + 1 } else { high = middle }
        }
        return Set(
            references[low...].prefix { $0.row == row }.map {
                NamedReference(row: 0, target: $0.target, relation: $0.relation, kind: $0.kind)
            })
    }

    private mutating func blend(_ first: Int, _ second: Int) {
        columns.facts[first].isConflicted = true
        if columns.facts[second].isUsedUnseen { columns.facts[first].isUsedUnseen = true }
        if columns.roles[first] != columns.roles[second] { columns.roles[first] = .unknown }
        undecide(&columns.status, first, second)
        undecide(&columns.owners, first, second)
        undecide(&columns.subjects, first, second)
        undecide(&columns.tenants, first, second)
        for key in columns.metadata.indices { undecide(&columns.metadata[key], first, second) }
        if columns.bytes[first] != columns.bytes[second] { columns.bytes.forget(first) }
        if columns.tokens[first] != columns.tokens[second] { columns.tokens.forget(first) }
        joinContainers(first, second)
    }

    /// Both containers contain the record; the column names the one whose id comes first, whatever was read first.
    private mutating func joinContainers(_ first: Int, _ second: Int) {
        let other = columns.containers[second]
        let known = columns.containers[first]
        guard other != known, other != StringTable.absent else { return }
        guard known != StringTable.absent else {
            columns.containers[first] = other
            return
        }
        let isEarlier = targets.string(other) ?? "" < targets.string(known) ?? ""
        columns.containers[first] = isEarlier ? other : known
        extraContainers.append((first, isEarlier ? known : other))
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
        for index in references.indices { references[index].row = UInt32(moved(Int(references[index].row))) }
        references.sort { $0.row < $1.row }
        extraContainers = extraContainers.map { (moved($0.row), $0.target) }
        columns = columns.dropping(isDropped)
        places = places.dropping(isDropped)
        var none: [(first: Int, second: Int)] = []
        index = IdIndex(columns, duplicates: &none)
    }
}
