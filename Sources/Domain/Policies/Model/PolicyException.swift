public import Chronology

/// A reviewed, dated permission to violate some rules.
public struct PolicyException: Sendable {
    /// The document's name.
    public var name: String
    /// The policies from which it excepts.
    public var policies: [String]
    /// Which records it covers: just these.
    public var match: Match
    /// Why, for people.
    public var reason: String
    /// The ticket of the review.
    public var ticket: String?
    /// Who answers for it.
    public var owner: String?
    /// The first instant at which it no longer lives: the end of its last day in the document's zone.
    public var expiresAt: Moment
    /// The last day or instant as written, for people.
    public var expiresText: String
    /// The zone of the document's own days.
    public var zone = Zone.utc
    /// Where the document begins.
    public var location: SourceLocation
    /// Where it names its policies.
    public var policyLocations: [String: SourceLocation] = [:]

    /// An exception as its document states it.
    public init(
        name: String, policies: [String], match: Match, reason: String, ticket: String?, owner: String?,
        expiresAt: Moment, expiresText: String, location: SourceLocation
    ) {
        self.name = name
        self.policies = policies
        self.match = match
        self.reason = reason
        self.ticket = ticket
        self.owner = owner
        self.expiresAt = expiresAt
        self.expiresText = expiresText
        self.location = location
    }

    /// How every output names it.
    public var citation: Citation { Citation(name: name, ticket: ticket, expiresAt: expiresText) }

    /// What every output says of an exception: `pilot-until-spring until 2027-03-31 (PRIV-212)`.
    public struct Citation: Sendable, Hashable, CustomStringConvertible {
        /// The document's name.
        public let name: String
        /// The ticket of the review.
        public let ticket: String?
        /// The last day or instant as written.
        public let expiresAt: String

        /// All of it, for a sentence.
        public var description: String { "\(name) until \(expiresAt)" + (ticket.map { " (\($0))" } ?? "") }
    }
}
