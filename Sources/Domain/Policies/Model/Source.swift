public import Chronology
public import Records

/// One place where data lives, as its document states it.
public struct Source: Sendable {
    /// The source's name, on which globs match.
    public var name: String
    /// The connector's word: `export`, `openai`, `azure-openai` or `azure-foundry`, and, later, others.
    public var type: String
    /// The directory of an export, relative to the working directory.
    public var path: String?
    /// The address of an API; nil for the provider's own.
    public var address: String?
    /// The version of an API that is asked for; nil for the usual one.
    public var apiVersion: String?
    /// Where the credential of an API is.
    public var credentials: Credentials?
    /// How the credential is sent; nil where its place says it.
    public var authentication: Authentication?
    /// The way to an API.
    public var transport: Transport
    /// Where the ids are of what cannot be listed.
    public var registry: [RegistryEntry]
    /// After how long a scan that remembers earlier ones reads a service whole again.
    public var fullEvery: Period
    /// The metadata keys that give owner, subject and tenant.
    public var fields: Fields
    /// How many records of a kind there must be at least, so that fewer make the scan incomplete.
    public var atLeast: [(kind: Kind, count: Int)]
    /// Ids that must be seen, so that absence is evidence.
    public var canaries: [String]
    /// What the source can never show.
    public var acceptedGaps: [AcceptedGap]
    /// The zone of the days that its document names.
    public var zone: Zone
    /// Where the document begins.
    public var location: SourceLocation

    /// A source as its document states it.
    public init(
        name: String, type: String, path: String?, address: String? = nil, apiVersion: String? = nil,
        credentials: Credentials? = nil, authentication: Authentication? = nil, transport: Transport = Transport(),
        registry: [RegistryEntry] = [], fullEvery: Period = usualFullEvery,
        fields: Fields, atLeast: [(kind: Kind, count: Int)],
        canaries: [String], acceptedGaps: [AcceptedGap], zone: Zone = .utc, location: SourceLocation
    ) {
        self.name = name
        self.type = type
        self.path = path
        self.address = address
        self.apiVersion = apiVersion
        self.credentials = credentials
        self.authentication = authentication
        self.transport = transport
        self.registry = registry
        self.fullEvery = fullEvery
        self.fields = fields
        self.atLeast = atLeast
        self.canaries = canaries
        self.acceptedGaps = acceptedGaps
        self.zone = zone
        self.location = location
    }

    /// A week: so long at most does nobody notice what no deadline brings to light.
    public static let usualFullEvery = Period(days: 7) ?? .zero

    /// Where a credential is. The credential itself never stands in a document.
    public enum Credentials: Sendable, Hashable {
        /// The environment variable of that name holds it.
        case environment(String)
        /// The file at that path holds it.
        case file(String)
        /// That command prints it.
        case command(String)
    }

    /// What a credential is.
    public enum Authentication: String, Sendable, Hashable, CaseIterable {
        /// A key, in the provider's header for keys.
        case key
        /// A token of some hours, as `Authorization: Bearer`.
        case token
    }

    /// Whom to trust on the way to an API, which way to go, and how fast.
    public struct Transport: Sendable, Hashable {
        /// Which proxy stands between.
        public enum Proxy: Sendable, Hashable {
            /// The one that the environment names, if it does: `https_proxy`, `all_proxy`, `no_proxy`.
            case ofEnvironment
            /// None, whatever the environment names.
            case none
            /// The one at that address.
            case at(String)
        }

        /// A file of certificates in PEM of authorities to trust in place of the system's.
        public var authorities: String?
        /// The proxy. A loopback address is never reached through one.
        public var proxy: Proxy
        /// How many requests are under way at a time.
        public var inFlight: Int
        /// Whether the service must prove who it is. Only a loopback address can do without.
        public var isVerified: Bool

        /// The usual way.
        public init(
            authorities: String? = nil, proxy: Proxy = .ofEnvironment, inFlight: Int = usualInFlight,
            isVerified: Bool = true
        ) {
            self.authorities = authorities
            self.proxy = proxy
            self.inFlight = inFlight
            self.isVerified = isVerified
        }

        /// Enough to keep a service busy that answers in a tenth of a second, and below any provider's limit.
        public static let usualInFlight = 16
    }

    /// Where ids are that no list has.
    public struct RegistryEntry: Sendable, Hashable {
        /// What holds the ids.
        public enum Place: Sendable, Hashable {
            /// A file: CSV with a column `id`, NDJSON with a member `id`, or an id a line, by its ending. Further columns
            /// or members are `kind`, `owner`, `subject`, `tenant` and `lastActivity`.
            case file(String)
            /// A file of SQLite, of which one SELECT asks columns by their names: `id`, and what else a CSV file may hold.
            case query(database: String, sql: String)
            /// The metadata key of that name, or the attribute, of whatever record of the source has it.
            case metadata(String)
        }

        /// What holds the ids.
        public var place: Place
        /// The kind of all ids that do not say theirs.
        public var kind: Kind?
        /// Whether somebody vouches that there are no records of the kind but these.
        public var isComplete: Bool
        /// Where the entry stands; nil for one that no document states.
        public var location: SourceLocation?

        /// An entry as its document states it.
        public init(_ place: Place, kind: Kind?, isComplete: Bool = false, location: SourceLocation? = nil) {
            self.place = place
            self.kind = kind
            self.isComplete = isComplete
            self.location = location
        }
    }

    /// The metadata keys whose values are ids.
    public var keysOfIds: [String] {
        registry.compactMap { if case .metadata(let key) = $0.place { key } else { nil } }
    }

    /// The metadata keys behind a record's owner, subject and tenant.
    public struct Fields: Sendable, Hashable {
        /// The key behind each of the three.
        public var owner: String, subject: String, tenant: String

        /// The keys of those names unless others are named.
        public init(owner: String = "owner", subject: String = "subject", tenant: String = "tenant") {
            self.owner = owner
            self.subject = subject
            self.tenant = tenant
        }
    }

    /// A dated statement that some kinds cannot be looked at. It excuses an exit code, never a deletion.
    ///
    /// It excuses what the source never shows: what it has no list for, what it no longer has, what it refuses to this
    /// credential or to everybody, and what it counts and does not list. What it does show, and was lost while it was
    /// read, is excused by nothing.
    public struct AcceptedGap: Sendable, Hashable {
        /// The kinds that cannot be looked at.
        public var kinds: KindSet
        /// Why, for people.
        public var reason: String
        /// The ticket of its review.
        public var ticket: String?
        /// The first instant at which the gap is no longer accepted.
        public var until: Moment
        /// The last day as written, for people.
        public var untilText: String

        /// A gap as its document states it.
        public init(kinds: KindSet, reason: String, ticket: String?, until: Moment, untilText: String) {
            self.kinds = kinds
            self.reason = reason
            self.ticket = ticket
            self.until = until
            self.untilText = untilText
        }
    }
}
