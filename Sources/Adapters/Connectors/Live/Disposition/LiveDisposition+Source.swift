internal import HTTP
public import Policies
internal import ProviderFacts
public import Records

extension LiveDisposition {
    /// The service that a document describes.
    ///
    /// - Parameter known: ids of records that are there, as far as somebody knows, such as some that a scan has just seen.
    ///   A family without any list is seen to be there only by one of them, or by one of the source's registry.
    /// - Throws: `ConnectorError` where the document does not say enough, or the credential is not where it says.
    public init(_ source: Source, known: [Kind: [String]] = [:]) throws(ConnectorError) {
        let access = try ServiceAccess(source, retries: RetryPolicy())
        var all = known
        for kind in access.facts.kindsFoundById {
            all[kind, default: []] += access.registry.ids(of: kind).prefix(ServiceProbe.mostTries)
        }
        self.init(source: source.name, facts: access.facts, correspondent: access.correspondent, known: all)
    }
}
