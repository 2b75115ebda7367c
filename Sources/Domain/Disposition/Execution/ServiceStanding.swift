public import Chronology
public import Records

/// What a service says of itself before anything of a plan is executed.
public struct ServiceStanding: Sendable, Hashable {
    /// Whether the place of a kind answers.
    public enum Surface: Sendable, Hashable {
        /// It answered under this credential, so that what it calls absent is.
        case alive
        /// It is gone, or was never there: its 404 says nothing of a record.
        case retired
        /// The credential does not reach it.
        case refused(String)
        /// Nothing was found out.
        case unreadable(String)
    }

    /// A digest of what the service says of whose account the credential opens; nil where it says nothing.
    public let account: String?
    /// The service's clock; nil where it does not tell the time.
    public let clock: Instant?
    /// How far the service's clock is from ours, in seconds, whichever is ahead; nil where it does not tell the time.
    public let skew: Int?
    /// The surfaces of the kinds that were asked for.
    public let surfaces: [Kind: Surface]

    /// What a service said.
    public init(account: String?, clock: Instant?, skew: Int?, surfaces: [Kind: Surface]) {
        self.account = account
        self.clock = clock
        self.skew = skew
        self.surfaces = surfaces
    }
}
