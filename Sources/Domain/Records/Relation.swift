/// How one record refers to another.
public enum Relation: UInt8, Sendable, Hashable, CaseIterable {
    /// The target is a part of this record and has no life of its own.
    case contains
    /// The target lives by itself and is needed.
    case uses
    /// The target is named; neither needs the other.
    case cites
}
