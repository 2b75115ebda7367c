internal import HTTP
public import Policies
internal import ProviderFacts
public import Records

extension LiveConnector {
    /// The types of sources that are services.
    public static let types = ProviderFacts.types

    /// The kinds of which a scan that remembers earlier ones leaves records unread.
    public static let kindsLeftUnread = Restraint.kinds

    /// The kinds of which a service has no list, so that its records are found by their ids; none where the document does
    /// not say which service it is.
    public static func kindsFoundById(_ source: Source) -> [Kind] {
        (try? Service(source))?.facts.kindsFoundById ?? []
    }

    /// A connector to the service that a document describes.
    ///
    /// - Parameter time: the time of a rehearsal, in which nobody waits; nil for the machine's own.
    /// - Throws: `ConnectorError` where the document does not say enough, or the credential is not where it says.
    public init(
        _ source: Source, layout: RecordBatch.Layout, memory: Memory = .none, time: RehearsedTime? = nil
    ) throws(ConnectorError) {
        try self.init(source, layout: layout, memory: memory, retries: RetryPolicy(), time: time)
    }

    init(
        _ source: Source, layout: RecordBatch.Layout, memory: Memory = .none, retries: RetryPolicy,
        time: RehearsedTime? = nil
    ) throws(ConnectorError) {
        let access = try ServiceAccess(source, retries: retries, time: time)
        self.init(
            access, layout: layout, width: source.transport.inFlight, memory: memory, canaries: source.canaries)
    }

    private init(
        _ access: ServiceAccess, layout: RecordBatch.Layout, width: Int, memory: Memory, canaries: [String]
    ) {
        let correspondent = access.correspondent
        self.init(
            facts: access.facts, address: correspondent.base, passport: correspondent.passport,
            session: correspondent.session, layout: layout, width: width, registry: access.registry, memory: memory,
            canaries: canaries)
    }
}
