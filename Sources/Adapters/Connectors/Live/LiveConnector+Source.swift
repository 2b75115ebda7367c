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
        func misconfigured(_ what: String, _ hint: String) -> ConnectorError {
            ConnectorError(.misconfigured(what, hint: hint), source: source.name, path: "\(source.location)")
        }
        guard let place = source.credentials else {
            throw misconfigured(
                "there are no credentials", "write credentials: {env: NAME}, {file: PATH} or {command: COMMAND}")
        }
        let service: Service
        do throws(Service.Defect) {
            service = try Service(source)
        } catch {
            throw misconfigured(error.reason, error.hint)
        }
        let credential: Credential
        do throws(Credential.Absence) {
            credential = try Credential(place)
        } catch {
            throw misconfigured(error.reason, error.hint)
        }
        let transport = source.transport
        let trust: HTTPTrust
        do throws(TransportDefect) {
            trust = try HTTPTrust(transport)
        } catch {
            throw misconfigured(error.reason, error.hint)
        }
        let registry: Registry
        do throws(RegistryDefect) {
            registry = try Registry(source.registry)
        } catch {
            throw ConnectorError(
                .misconfigured("the registry \(error.place) \(error.reason)", hint: error.hint), source: source.name,
                path: "\(error.location ?? source.location)")
        }
        do throws(HTTPError) {
            let run = String(UInt64.random(in: .min ... .max), radix: 16)
            let session = HTTPSession(
                try HTTPClient(limits: HTTPLimits(transport), trust: trust), policy: retries,
                requestPrefix: "tenure-\(run)")
            self.init(
                facts: service.facts, address: service.address,
                passport: Passport(place, credential) { $0.header(service.facts, source.authentication) },
                session: session,
                layout: layout, width: transport.inFlight, registry: registry, memory: memory,
                canaries: source.canaries)
        } catch {
            throw misconfigured("\(error)", "correct the address")
        }
    }
}

extension Passport {
    /// A credential from this place, where a newer one may be as time goes by: not in the environment.
    ///
    /// - Parameter header: the header that brings a credential.
    convenience init(
        _ place: Source.Credentials, _ credential: Credential, header: @escaping @Sendable (Credential) -> HTTPHeader
    ) {
        switch place {
        case .environment: self.init(header(credential))
        case .file, .command:
            self.init(header(credential)) { () throws(Credential.Absence) in header(try Credential(place)) }
        }
    }
}
