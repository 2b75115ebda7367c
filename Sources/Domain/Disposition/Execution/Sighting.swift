public import Chronology
public import Records

/// What was seen of one record.
public enum Sighting: Sendable, Hashable {
    /// It is there.
    case present(CurrentFacts)
    /// It is not, on a surface that this credential saw alive.
    case absent
    /// Its surface is not there.
    case retired
    /// The credential may not look: that is no absence. With words for people, without content.
    case refused(String)
    /// Nobody knows: no answer, an answer that is none, or answers that still contradict each other. With words.
    case unreadable(String)

    /// What was seen; nil where it was not.
    var facts: CurrentFacts? { if case .present(let facts) = self { facts } else { nil } }
}

/// What is true of a record now, as far as the service says it.
public struct CurrentFacts: Sendable, Hashable {
    /// When it was made; nil where that is not known to a point.
    public let created: Instant?
    /// Its newest activity, that of its parts that count included; nil where that is not known to a point.
    public let lastActivity: Instant?
    /// Its status, as the service spells it.
    public let status: String?
    /// The ids of what is in it now, for `kindsOfTimelessParts`; nil where times tell what came to it.
    public var parts: Set<String>?

    /// The kinds whose parts say nothing of when they were made, so that nothing but their ids tells what is new.
    ///
    /// - Source: the design, section 3: an item of a conversation has no time of its own.
    public static let kindsOfTimelessParts = KindSet(.conversation)

    /// Facts.
    public init(created: Instant?, lastActivity: Instant?, status: String?) {
        self.created = created
        self.lastActivity = lastActivity
        self.status = status
    }
}

/// What a service answered to a call.
public enum CallAnswer: Sendable, Hashable {
    /// It says that it did it. That is read back, not believed.
    case accepted
    /// It says that it did not, or names another record.
    case denied
    /// It does not have the record.
    case absent
    /// The credential may not do this (401, 403): nothing more is to be asked under it. With words.
    case refused(String)
    /// It does not do this with this record, however often it is asked. With words.
    case rejected(String)
    /// It may have done it: the answer was lost, or was a failure of the service. With words.
    case lost(String)
    /// It did not, and says so: it is too busy, even after waiting as it asked. With words.
    case unavailable(String)
}
