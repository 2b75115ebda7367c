public import Chronology

/// What a plan is bound to: where one of these is another, the plan is void.
public struct PlanBinding: Sendable, Hashable {
    /// A place that a plan calls.
    public struct Place: Sendable, Hashable {
        /// The source's name.
        public let name: String
        /// The source's type: `openai`, `export` …
        public let type: String
        /// The address that is called; nil where there is none to call.
        public let address: String?
        /// A digest of what the place said of whose account the credential opens; nil where it says nothing.
        public let account: String?

        /// A place.
        public init(name: String, type: String, address: String?, account: String? = nil) {
            self.name = name
            self.type = type
            self.address = address
            self.account = account
        }
    }

    /// The version of what made the plan.
    public let toolVersion: String
    /// Who asked for it; that person's approval does not count.
    public let requester: String
    /// The instant for which everything was decided: that at which the plan was made.
    public let asOf: Moment
    /// The first instant at which it can no longer be executed.
    public let expires: Moment
    /// The SHA-256 of all policy documents but the holds and their register, in hexadecimal: when one of these changes,
    /// the plan is void. A hold that is placed later takes what it reaches out of the plan instead, so that nobody waits
    /// for a new plan before it protects.
    ///
    /// - Source: hard cases 22 and 63.
    public let policies: String
    /// The SHA-256 of the holds and their register, in hexadecimal.
    public let holds: String
    /// The SHA-256 of the complete report of the scan, in hexadecimal.
    public let scan: String
    /// The places that it calls, by name.
    public let places: [Place]
    /// What people decided about records that policies have reviewed.
    public let reviews: [PlannedReview]

    /// A binding.
    public init(
        toolVersion: String, requester: String, asOf: Moment, expires: Moment, policies: String, holds: String,
        scan: String, places: [Place], reviews: [PlannedReview] = []
    ) {
        self.toolVersion = toolVersion
        self.requester = requester
        self.asOf = asOf
        self.expires = expires
        self.policies = policies
        self.holds = holds
        self.scan = scan
        self.reviews = reviews
        self.places = places.sorted { $0.name < $1.name }
    }

    /// How long a plan lives unless somebody says otherwise.
    ///
    /// - Source: hard case 63: a plan expires, for example after 24 hours.
    public static let usualLife = Period(seconds: 24 * 3600) ?? .zero
}
