public import Chronology
public import Records

/// A record as a test states it: what a connector would have read.
public struct TestRecord: Sendable {
    /// What the source said of one time.
    public enum Time: Sendable, Hashable {
        /// An instant.
        case at(Moment)
        /// An instant, and perhaps later ones that were not read.
        case since(Moment)
        /// Null, or left out where the kind has such a time.
        case missing
        /// Not a number, or one that no calendar reaches.
        case implausible
    }

    /// The source's name.
    public var source = PolicyTest.defaultSource
    /// What it is.
    public var kind: Kind
    /// Its id.
    public var id: String
    /// The id of what contains it; the container's kind follows from the record's.
    public var container: String?
    /// When it was created. Nil is missing, as on the wire; an item without it has no such time.
    public var created: Time?
    /// The newest event of the record itself. Nil says that there was none but its creation.
    public var lastActivity: Time?
    /// When it was last modified. Nil says that the source does not tell.
    public var lastModified: Time?
    /// When the provider will remove it. Nil says that it will not.
    public var expires: Time?
    /// The provider's own word for its state.
    public var status: String?
    /// Who speaks.
    public var role: Role?
    /// Whether it is what an earlier run saw, and gone since.
    public var isGone = false
    /// Its size in bytes.
    public var bytes: Int?
    /// The tokens that it took.
    public var tokens: Int?
    /// Short for the metadata keys that its source maps to owner, subject and tenant.
    public var owner: String?, subject: String?, tenant: String?
    /// Metadata keys with their value. A key with several values was given several times, so that none is believed.
    public var metadata: [Match.MetadataCondition] = []
    /// What it uses, contains beside what names it as container, and cites.
    public var uses: [Name] = [], contains: [Name] = [], cites: [Name] = []
    /// Where it stands in its document.
    public var location: SourceLocation

    /// A record of which nothing is known but what it is.
    public init(kind: Kind, id: String, location: SourceLocation) {
        self.kind = kind
        self.id = id
        self.location = location
    }

    /// Another record of the same source, written `kind/id`.
    public struct Name: Sendable, Hashable {
        /// What it is.
        public let kind: Kind
        /// Its id.
        public let id: String

        /// The record of that kind and id.
        public init(kind: Kind, id: String) {
            self.kind = kind
            self.id = id
        }

        /// Reads `kind/id`; nil where the kind is unknown or the id empty. An id may hold a slash itself.
        public init?(_ text: String) {
            let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[1].isEmpty, let kind = Kind(named: parts[0]) else { return nil }
            self.init(kind: kind, id: String(parts[1]))
        }
    }
}
