public import Chronology

/// A record that a source had once, and has no more.
public struct GoneRecord: Sendable, Hashable {
    /// The source's name.
    public var source: String
    /// The kind.
    public var kind: Kind
    /// The id.
    public var id: String
    /// The as-of instant of the last run that saw it.
    public var lastSeen: Moment
    /// What obliged to keep it when it was seen last, by kind and name.
    public var duties: [Duty]

    /// A record that is gone.
    public init(source: String, kind: Kind, id: String, lastSeen: Moment, duties: [Duty]) {
        self.source = source
        self.kind = kind
        self.id = id
        self.lastSeen = lastSeen
        self.duties = duties
    }
}

/// A document that obliges to keep a record, by itself or through what it speaks of, and until when.
public struct Duty: Sendable, Hashable {
    /// What document it is.
    public enum Origin: String, Sendable, Hashable, CaseIterable {
        /// A retention policy with an `atLeast`.
        case policy
        /// A legal hold.
        case hold
    }

    /// What document it is.
    public var origin: Origin
    /// Its name.
    public var name: String
    /// The early end: before it the record must exist for certain. Without end under a matter.
    public var until: Moment

    /// A duty.
    public init(origin: Origin, name: String, until: Moment) {
        self.origin = origin
        self.name = name
        self.until = until
    }
}
