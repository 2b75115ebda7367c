/// References as they were read: a row, a relation, and the id of a target that may not have been seen yet.
struct ReferenceColumns: Sendable {
    private(set) var rows: [UInt32] = []
    private(set) var relations: [Relation] = []
    private(set) var kinds: [Kind] = []
    private(set) var targets: [StringTable.Code] = []

    var count: Int { rows.count }

    mutating func append(row: Int, relation: Relation, kind: Kind, target: StringTable.Code) {
        rows.append(UInt32(row))
        relations.append(relation)
        kinds.append(kind)
        targets.append(target)
    }

    /// Forgets the references of rows from this one on.
    mutating func truncate(toRow row: Int) {
        while let last = rows.last, last >= row {
            rows.removeLast()
            relations.removeLast()
            kinds.removeLast()
            targets.removeLast()
        }
    }
}
