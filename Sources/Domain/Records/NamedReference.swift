/// A reference as it was read: a row, a relation, and the id of a target that may not have been seen yet.
struct NamedReference: Sendable, Hashable {
    var row: UInt32
    var target: StringTable.Code
    var relation: Relation
    var kind: Kind
}

/// What a record refers to that stands in another batch, or in none.
struct FurtherReference: Sendable {
    /// The record's kind, and its id among the targets.
    var kind: Kind
    var id: StringTable.Code
    /// The row means nothing.
    var reference: NamedReference
}
