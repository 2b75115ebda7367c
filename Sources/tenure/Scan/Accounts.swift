internal import Connectors
internal import Policies

/// Asks services whose accounts their credentials open.
enum Accounts {
    /// The accounts, by the names of the sources; none of one that does not say.
    static func ask(_ sources: [Source], _ console: Console) -> [String: String] {
        let services = sources.filter { LiveConnector.types.contains($0.type) }.sorted { $0.name < $1.name }
        guard !services.isEmpty else { return [:] }
        let isWatched = console.showsProgress
        let accounts = Waiting<[String: String], String>.on([:], show: { console.progress("asking \($0) …") }) {
            for source in services {
                if isWatched { $1(source.name) }
                $0[source.name] = await (try? LiveDisposition(source))?.account()
            }
        }
        console.clearProgress()
        return accounts
    }
}
