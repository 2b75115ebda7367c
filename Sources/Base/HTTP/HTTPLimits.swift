/// What an exchange may cost. Memory is bounded by `inFlight` bodies of `bodyBytes`.
public struct HTTPLimits: Sendable {
    /// How many exchanges go on at a time; more wait their turn.
    public var inFlight = 16
    /// The most bytes of a body, expanded.
    public var bodyBytes = 1 << 26
    /// How long a connection may take to come about.
    public var connect = Duration.seconds(10)
    /// How long an exchange may be silent; whole seconds.
    public var idle = Duration.seconds(60)
    /// How long one exchange may take in all, once it had its turn.
    public var total = Duration.seconds(600)

    /// The limits of a scan. `total` is that of the official clients.
    ///
    /// - Source: openai-python 3.52.0, `_constants.py`: a timeout of 600 s.
    public init() {}
}

/// Whom to trust, and which way to go.
public struct HTTPTrust: Sendable {
    /// A file of certificates in PEM of authorities to trust in place of the system's.
    public var authorities: String?
    /// Which proxy stands between. Loopback addresses never go through one.
    public var proxy = Proxy.ofEnvironment
    /// Whether the other side must prove who it is. Only a loopback address can do without.
    public var isVerified = true

    /// A way round, or through.
    public enum Proxy: Sendable, Hashable {
        /// The one that the environment names, if it does: `https_proxy`, `all_proxy`, `no_proxy`.
        case ofEnvironment
        /// None, whatever the environment names.
        case none
        /// The one at that address. What goes to `https` passes it in a tunnel, unseen.
        case at(HTTPAddress)
    }

    /// The system's authorities and the environment's proxy.
    public init() {}
}
