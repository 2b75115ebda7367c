public import Chronology

/// Every document that governs a scan, checked. The order of files and documents means nothing.
public struct PolicySet: Sendable {
    /// Retention policies, sorted by name.
    public var retention: [RetentionPolicy]
    /// Access policies, sorted by name.
    public var access: [AccessPolicy]
    /// Holds, sorted by name.
    public var holds: [LegalHold]
    /// The list of all holds, where there is one.
    public var register: HoldRegister?
    /// Exceptions, sorted by name.
    public var exceptions: [PolicyException]
    /// Sources, sorted by name.
    public var sources: [Source]
    /// The people who may approve, sorted by name; each name and each key once.
    public var signers: [Signer] = []
    /// The SHA-256 of all documents in canonical form, in lower-case hexadecimal.
    public var digest: String
    /// The same of the holds and their register alone.
    public var holdsDigest: String
    /// The same of all other documents: what a plan is bound to, which a new hold does not void.
    public var rulesDigest = ""
    /// The metadata keys that the documents name, each once, in the order of their bytes. No others are read from a source.
    public var metadataKeys: [String]
    /// The instant from which `age` counts in the documents' expressions: the `now` of their evaluation.
    public var asOf: Instant?

    /// A set whose documents were checked one by one and together.
    public init(
        retention: [RetentionPolicy] = [], access: [AccessPolicy] = [], holds: [LegalHold] = [],
        register: HoldRegister? = nil, exceptions: [PolicyException] = [], sources: [Source] = [], digest: String = "",
        holdsDigest: String = "", metadataKeys: [String] = []
    ) {
        self.retention = retention
        self.access = access
        self.holds = holds
        self.register = register
        self.exceptions = exceptions
        self.sources = sources
        self.digest = digest
        self.holdsDigest = holdsDigest
        self.metadataKeys = metadataKeys
    }
}
