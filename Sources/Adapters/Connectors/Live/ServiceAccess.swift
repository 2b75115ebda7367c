internal import HTTP
internal import Policies
internal import ProviderFacts

/// All that it takes to ask the service that a document describes.
struct ServiceAccess: Sendable {
    let facts: ProviderFacts
    let correspondent: Correspondent
    let registry: Registry

    /// Reads it off a document, and fetches the credential.
    ///
    /// - Parameter time: the time of a rehearsal, in which nobody waits; nil for the machine's own.
    /// - Throws: `ConnectorError` where the document does not say enough, or the credential is not where it says.
    init(_ source: Source, retries: RetryPolicy, time: RehearsedTime? = nil) throws(ConnectorError) {
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
        let trust: HTTPTrust
        do throws(TransportDefect) {
            trust = try HTTPTrust(source.transport)
        } catch {
            throw misconfigured(error.reason, error.hint)
        }
        registry = try Registry(of: source)
        do throws(HTTPError) {
            let run = String(UInt64.random(in: .min ... .max), radix: 16)
            let session = HTTPSession(
                try HTTPClient(limits: HTTPLimits(source.transport), trust: trust), policy: retries,
                clock: time?.clock(.limits) ?? .system, requestPrefix: "tenure-\(run)",
                // A rehearsal is the same each time, and has nobody beside it to keep away from.
                chance: { time == nil ? Double.random(in: 0..<1) : 0 })
            correspondent = Correspondent(
                session: session, base: service.address, version: service.facts.version?.name,
                passport: Passport(place, credential) { $0.header(service.facts, source.authentication) })
        } catch {
            throw misconfigured("\(error)", "correct the address")
        }
        facts = service.facts
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
