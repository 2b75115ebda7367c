internal import HTTP
public import Policies
internal import ProviderFacts
public import Records

extension LiveConnector {
    /// The types of sources that are services.
    public static let types = ProviderFacts.types

    /// A connector to the service that a document describes.
    ///
    /// - Throws: `ConnectorError` where the document does not say enough, or the credential is not where it says.
    public init(_ source: Source, layout: RecordBatch.Layout, memory: Memory = .none) throws(ConnectorError) {
        try self.init(source, layout: layout, memory: memory, retries: RetryPolicy())
    }

    init(
        _ source: Source, layout: RecordBatch.Layout, memory: Memory = .none, retries: RetryPolicy
    ) throws(ConnectorError) {
        let access = try ServiceAccess(source, retries: retries)
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
