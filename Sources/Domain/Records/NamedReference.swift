/// A reference as it was read: a row, a relation, and the id of a target that may not have been seen yet.
struct NamedReference: Sendable, Hashable {
    var row: UInt32
    var target: StringTable.Code
    var relation: Relation
    var kind: Kind
}
