public import Chronology

/// Records that policies with `whenDue: review` find due, each with what people decided about it.
///
/// A list is a file of JSON with a record a line, made by `plan review`, filled in by people, and approved like a plan:
/// the digest is that of the list in canonical form, so that white space changes nothing and a decision changes all.
public struct ReviewList: Sendable, Hashable {
    /// The version of the form.
    public static let schemaVersion = "1"
    /// How long decisions count unless somebody says otherwise.
    public static let usualLife = Period(days: 30) ?? .zero

    /// What is done with a record.
    public enum Decision: Sendable, Hashable {
        /// Nobody decided as yet: it is asked for again by the next list.
        case open
        /// The record stays, whatever policy finds it due, until this instant: the end of a day in UTC.
        case keep(until: CivilDate)
        /// The policy may have it deleted.
        case release
    }

    /// One record under one policy.
    public struct Entry: Sendable, Hashable {
        /// The record's source.
        public let source: String
        /// The record.
        public let name: Plan.Name
        /// The policy that asks for the review.
        public let policy: String
        /// What it says: `due` or `overdue`.
        public let state: String
        /// The late end of the record's last activity: what is newer than that was not reviewed.
        public let lastActivity: Moment
        /// What people decided.
        public var decision: Decision
    }

    /// The instant for which everything was decided.
    public let asOf: Moment
    /// The first instant at which its decisions no longer count.
    public let expires: Moment
    /// Who asked for it; that person's approval does not count.
    public let requester: String
    /// By source, kind, id and policy.
    public var entries: [Entry]

    /// A list.
    public init(asOf: Moment, expires: Moment, requester: String, entries: [Entry]) {
        self.asOf = asOf
        self.expires = expires
        self.requester = requester
        self.entries = entries
    }
}
