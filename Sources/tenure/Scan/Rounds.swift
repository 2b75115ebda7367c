internal import Chronology
internal import Connectors
internal import Evaluation
internal import Policies
internal import Records

/// A round of all sources, to see what they show. It reads no more of a source than it must, and changes nothing.
enum Rounds {
    /// What was found out, by the names of the sources.
    static func make(_ policies: PolicySet, asOf: Instant, _ console: Console) -> [SourceOutlook] {
        let sources = policies.sources.sorted { $0.name < $1.name }
        let isWatched = console.showsProgress
        let examinations = Waiting<[Examination], String>.on([], show: { console.progress("asking \($0) …") }) {
            for source in sources {
                if isWatched { $1(source.name) }
                $0.append(await examine(source))
            }
        }
        console.clearProgress()
        return examinations.map { SourceOutlook($0, policies: policies, asOf: Moment(asOf)) }
    }

    private static func examine(_ source: Source) async -> Examination {
        if LiveConnector.types.contains(source.type) { return await LiveConnector.examine(source) }
        if source.type == "export", let path = source.path {
            let layout = RecordBatch.Layout(source: source.name, metadataKeys: [], rules: TimeRules(asOf: .beginning))
            return ExportConnector(directory: path, layout: layout).examine()
        }
        var examination = Examination(source: source.name, type: source.type, place: "", credential: nil)
        examination.obstacle = Examination.Obstacle(
            source.type == "export" ? "it has no path" : "this version reads no source of its type",
            remedy: source.type == "export" ? "name the directory: path: DIR" : "scan an export of it: type export",
            isOurs: true)
        return examination
    }
}
