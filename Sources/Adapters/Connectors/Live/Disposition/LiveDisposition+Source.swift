internal import HTTP
public import Policies
internal import ProviderFacts
public import Records

extension LiveDisposition {
    /// The service that a document describes.
    ///
    /// - Parameters:
    ///   - known: ids of records that are there, as far as somebody knows, such as some that a scan has just seen. A
    ///     family without any list is seen to be there only by one of them, or by one of the source's registry.
    ///   - time: the time of a rehearsal, in which nobody waits; nil for the machine's own.
    /// - Throws: `ConnectorError` where the document does not say enough, or the credential is not where it says.
    public init(
        _ source: Source, known: [Kind: [String]] = [:], time: RehearsedTime? = nil
    ) throws(ConnectorError) {
        let access = try ServiceAccess(source, retries: RetryPolicy(), time: time)
        var all = known
        for kind in access.facts.kindsFoundById {
            all[kind, default: []] += access.registry.ids(of: kind).prefix(ServiceProbe.mostTries)
        }
        self.init(
            source: source.name, facts: access.facts, correspondent: access.correspondent, known: all,
            clock: time?.clock(.readBack) ?? .system)
    }
}
