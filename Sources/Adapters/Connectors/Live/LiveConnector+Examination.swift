internal import Chronology
internal import HTTP
public import Policies
internal import ProviderFacts
public import Records

extension LiveConnector {
    /// Finds out what the service that a document describes shows, and what it does not. It changes nothing.
    public static func examine(_ source: Source) async -> Examination {
        var examination = Examination(
            source: source.name, type: source.type, place: source.address ?? "the provider's own address",
            credential: source.credentials?.place)
        let connector: LiveConnector
        do throws(ConnectorError) {
            let layout = RecordBatch.Layout(source: source.name, metadataKeys: [], rules: TimeRules(asOf: .beginning))
            // A person waits: what fails is tried once more, and not for a minute.
            var retries = RetryPolicy()
            (retries.mostRetries, retries.mostRefusals) = (1, 1)
            connector = try LiveConnector(source, layout: layout, retries: retries)
        } catch {
            examination.obstacle = Examination.Obstacle(error)
            return examination
        }
        do throws(Examination.Obstacle) {
            examination.kinds = try await connector.examine()
        } catch {
            examination.obstacle = error
        }
        return examination
    }

    private func examine() async throws(Examination.Obstacle) -> [KindExamination] {
        let deletions = try? DeletionGraph.graph(ofType: facts.provider, version: facts.version?.name)
        var examiner = Examiner(facts: facts, registry: registry, reader: reader, deletions: deletions)
        return try await examiner.examine()
    }
}

extension Source.Credentials {
    /// Where it is, in words. Of a command only the program is named: what follows may be meant for nobody.
    var place: String {
        switch self {
        case .environment(let name): "the environment variable \(name)"
        case .file(let path): "the file \(path)"
        case .command(let command): "the command \(command.split(separator: " ").first ?? "")"
        }
    }
}

extension Examination.Obstacle {
    /// What a document says too little of, or wrong.
    init(_ error: ConnectorError) { self.init(error.reason, remedy: error.hint, isOurs: true) }
}
