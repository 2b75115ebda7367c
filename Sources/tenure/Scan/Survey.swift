internal import Chronology
internal import Connectors
internal import Disposition
internal import Evaluation
internal import Policies
internal import Records
internal import Spelling

/// What a decision needs: the documents of a directory, and every record of every source that they name.
struct Survey {
    let asOf: Instant
    let policies: PolicySet
    private(set) var inventory: Inventory
    /// What later scans are to know; nil where nothing is kept.
    private var memory: ScanMemory?
    /// The sources that are remembered.
    private var remembered: [String] = []
    /// The records of which the ledger knows, and that are gone.
    private var gone: [GoneRecord] = []

    /// Reads everything, services by the ids that a ledger knows, too; and keeps nothing.
    ///
    /// - Parameters:
    ///   - directory: where the documents are.
    ///   - export: a directory to read as the source named `export`, or nil.
    ///   - path: the ledger; nil for the usual one, where there is one.
    ///   - request: a privacy request that is looked for, by the metadata keys that it names; nil for none.
    ///   - needsHolds: whether something may be deleted because of it.
    init(
        policies directory: String, export: String?, ledger path: String?, looksFor request: PrivacyRequest? = nil,
        needsHolds: Bool = false, asOf: Instant, _ console: Console
    ) throws(Failure) {
        let policies = try Survey.usable(
            PolicyLoader.load(directory, asOf: asOf), needsHolds: needsHolds, console)
        try self.init(
            policies, export: export, alsoReading: request?.metadataKeys ?? [],
            memory: try Recollection.memory(of: path, policies, asOf: asOf), asOf: asOf, console)
    }

    /// Reads every source that documents which are loaded already name.
    ///
    /// - Parameters:
    ///   - further: metadata keys to read besides those that the documents name.
    ///   - online: whether services are asked, too.
    ///   - memory: what is known of services.
    ///   - time: the time of a rehearsal, in which nobody waits; nil for the machine's own.
    init(
        _ policies: PolicySet, export: String?, alsoReading further: [String] = [], online: Bool = true,
        memory: LiveConnector.Memory = .none, time: RehearsedTime? = nil, asOf: Instant, _ console: Console
    ) throws(Failure) {
        self.asOf = asOf
        self.policies = policies
        inventory = try Survey.read(
            policies, export: export, alsoReading: further, online: online, memory: memory, time: time, asOf, console
        ).seal()
    }

    /// Reads what there is and decides; `remember` keeps in the ledger what later scans are to know.
    ///
    /// - Parameters:
    ///   - path: the ledger; nil for the usual one, in which services alone are remembered.
    ///   - further: metadata keys to read besides those that the documents name.
    ///   - options: what decides about what was read.
    ///   - reason: why everything is read, whatever the ledger knows; nil where not everything need be.
    ///   - now: what the wall clock says.
    static func scan(
        policies directory: String, export: String?, ledger path: String?, alsoReading further: [String] = [],
        asOf: Instant, _ options: ScanOptions, because reason: String?, now: Instant = .now(), _ console: Console
    ) throws(Failure) -> (survey: Survey, result: ScanResult) {
        var survey = try Survey(
            policies: directory, export: export, ledger: path, alsoReading: further, asOf: asOf, options,
            because: reason, now: now, console)
        var result = survey.decide(options)
        if try survey.complete(for: result, export: export, alsoReading: further, console) {
            result = survey.decide(options)
        }
        return (survey, result)
    }

    /// Keeps what later scans are to know.
    func remember(_ result: ScanResult) throws(Failure) { try memory?.remember(result, remembered) }

    private init(
        policies directory: String, export: String?, ledger path: String?, alsoReading further: [String],
        asOf: Instant, _ options: ScanOptions, because reason: String?, now: Instant, _ console: Console
    ) throws(Failure) {
        self.asOf = asOf
        policies = try Survey.usable(PolicyLoader.load(directory, asOf: asOf), console)
        let services = policies.sources.filter { LiveConnector.types.contains($0.type) }
        guard asOf.seconds <= now.seconds + Survey.allowedSkew else {
            let recollection = try Recollection(path: path, mustExist: false, policies, asOf: asOf)
            inventory = try Survey.read(
                policies, export: export, alsoReading: further, memory: recollection.memory, asOf, console
            ).seal()
            gone = try recollection.gone(inventory.sourceNames)
            return
        }
        guard let memory = try ScanMemory(path: path, policies, asOf: asOf, now: now, hasService: !services.isEmpty)
        else {
            inventory = try Survey.read(policies, export: export, alsoReading: further, asOf, console).seal()
            return
        }
        self.memory = memory
        var breadths: [String: Breadth] = [:]
        for source in services {
            let whole = asOf.seconds < now.seconds - Survey.allowedSkew ? Survey.isPast : reason
            breadths[source.name] = try memory.breadth(of: source, options, because: whole)
        }
        inventory = try Survey.read(
            policies, export: export, alsoReading: further, memory: memory.memory(breadths), asOf, console
        ).seal()
        remembered = path == nil ? services.map(\.name) : inventory.sourceNames
        try see(memory)
    }

    /// Reads all services to their ends where a decision needs what was left out; whether it does.
    private mutating func complete(
        for result: ScanResult, export: String?, alsoReading further: [String], _ console: Console
    ) throws(Failure) -> Bool {
        let leaning = Set(result.sourcesLeaningOnUnread)
        guard let memory, !leaning.isEmpty else { return false }
        var breadths: [String: Breadth] = [:]
        for coverage in inventory.coverage where coverage.rereading != nil {
            let reason = leaning.contains(coverage.name) ? ScanMemory.leaning : "another source had to be"
            breadths[coverage.name] = .everything(because: reason)
        }
        inventory = try Survey.read(
            policies, export: export, alsoReading: further, memory: memory.memory(breadths), asOf, console
        ).seal()
        try see(memory)
        return true
    }

    /// Has exports seen that are remembered, and asks what is gone.
    private mutating func see(_ memory: ScanMemory) throws(Failure) {
        for (number, name) in inventory.sourceNames.enumerated()
        where remembered.contains(name) && inventory.coverage[number].rereading == nil {
            if let problem = try memory.see(inventory, source: number) { inventory = inventory.noting(problem) }
        }
        gone = try memory.gone(remembered)
    }

    /// How far from the wall clock an instant may be and still be now, in seconds.
    ///
    /// A ledger that took what is there now for what is there later would miss what is gone in between. And what happened
    /// after an instant that is past would be in a service that is read now.
    private static let allowedSkew: Int64 = 300
    private static let isPast = "it is as of an instant that is past, and what happened since is in the service"

    /// The same, with what an earlier scan found to be gone and that should not be.
    init(
        policies directory: String, export: String?, recalling path: String?, asOf: Instant, _ console: Console
    ) throws(Failure) {
        self.asOf = asOf
        policies = try Survey.usable(PolicyLoader.load(directory, asOf: asOf), console)
        let recollection = try Recollection(path: path, mustExist: path != nil, policies, asOf: asOf)
        inventory = try Survey.read(policies, export: export, memory: recollection.memory, asOf, console).seal()
        gone = try recollection.gone(inventory.sourceNames)
    }

    /// The answer about every record.
    ///
    /// - Parameter others: documents to decide by in the place of those that say what is read; nil for these.
    func decide(_ options: ScanOptions = ScanOptions(), under others: PolicySet? = nil) -> ScanResult {
        Evaluator(policies: others ?? policies, asOf: Moment(asOf), options: options).evaluate(inventory, gone: gone)
    }

    /// Why more may be there than was seen: what a scan says of reading, without any rule.
    func readingGaps() -> [Incompleteness] {
        let sources = PolicySet(sources: policies.sources)
        return Evaluator(policies: sources, asOf: Moment(asOf), options: ScanOptions()).evaluate(inventory).incomplete
    }

    /// The documents, which must be without an error; with a console, what is worth a second look is said there.
    ///
    /// - Parameter needsHolds: whether something may be deleted because of them. A register of holds that cannot be read is
    ///   a safety stop then, and no mere mistake.
    static func usable(
        _ loaded: LoadedPolicies, needsHolds: Bool = false, _ console: Console?
    ) throws(Failure) -> PolicySet {
        guard let policies = loaded.policies else {
            let failure = Failure.unusable("the policies", loaded.diagnostics)
            guard needsHolds, loaded.hidesHolds else { throw failure }
            throw Failure(
                exitCode: .safetyStop, message: "\(failure.message), so that nobody knows what is held",
                details: failure.details)
        }
        for diagnostic in loaded.diagnostics where diagnostic.level != .info { console?.note(diagnostic.description) }
        return policies
    }

    /// Whether there is anything to read.
    static func hasSources(_ policies: PolicySet, export: String?) -> Bool {
        export != nil || policies.sources.contains { $0.type == "export" || LiveConnector.types.contains($0.type) }
    }

    /// A place to read: where it is, and what its document says of it.
    private struct Place {
        /// What is read.
        enum Material {
            case directory(String)
            case service(Source)
        }

        let name: String
        let material: Material
        /// What says whose its records are; nil for an export of which no document speaks.
        let interpreter: Source?

        var fields: Source.Fields { interpreter?.fields ?? Source.Fields() }

        /// What is looked up of its records besides what they say.
        var knows: [Source.RegistryEntry.Place] { interpreter?.registry.map(\.place) ?? [] }

        /// The metadata keys whose values are ids of what a service cannot list.
        var keysOfIds: [String] {
            if case .service(let source) = material { source.keysOfIds } else { [] }
        }
    }

    /// - Parameter interpreters: the documents that say what the metadata means.
    private static func sources(
        of policies: PolicySet, readAs interpreters: PolicySet, export: String?, online: Bool
    ) throws(Failure) -> [Place] {
        let own = "export"
        func interpreter(_ name: String) -> Source? { interpreters.sources.first { $0.name == name } }
        var places: [Place] = []
        for source in policies.sources where source.type == "export" && !(source.name == own && export != nil) {
            guard let path = source.path else {
                throw .usage("\(source.location): source \(source.name) has no path to read")
            }
            places.append(Place(name: source.name, material: .directory(path), interpreter: interpreter(source.name)))
        }
        for source in policies.sources where online && LiveConnector.types.contains(source.type) {
            places.append(Place(name: source.name, material: .service(source), interpreter: interpreter(source.name)))
        }
        if let export {
            places.append(Place(name: own, material: .directory(export), interpreter: interpreter(own)))
        }
        guard !places.isEmpty else {
            throw .usage("there is nothing to read: name an export with --export DIR, or write a Source document")
        }
        return places
    }

    /// Whether two sets of documents take the metadata of what the first reads for the same.
    static func areReadAlike(_ policies: PolicySet, _ others: PolicySet, export: String?) throws(Failure) -> Bool {
        zip(
            try sources(of: policies, readAs: policies, export: export, online: true),
            try sources(of: policies, readAs: others, export: export, online: true)
        ).allSatisfy { $0.fields == $1.fields && $0.knows == $1.knows }
    }

    /// Reads every source that the documents name.
    ///
    /// - Parameters:
    ///   - interpreters: the documents that say what the metadata means, where these are others.
    ///   - further: metadata keys to read besides those that the documents name.
    ///   - online: whether services are asked, too.
    ///   - memory: what is known of services, and what they hand over to what they have.
    ///   - time: the time of a rehearsal, in which nobody waits; nil for the machine's own.
    static func read(
        _ policies: PolicySet, readAs interpreters: PolicySet? = nil, export: String?,
        alsoReading further: [String] = [], online: Bool = true,
        memory: LiveConnector.Memory = .none, time: RehearsedTime? = nil, _ asOf: Instant,
        _ console: Console
    ) throws(Failure) -> InventoryBuilder {
        let places = try sources(of: policies, readAs: interpreters ?? policies, export: export, online: online)
        let fields = places.flatMap { [$0.fields.owner, $0.fields.subject, $0.fields.tenant] }
        let idKeys = places.flatMap(\.keysOfIds)
        let keys = (policies.metadataKeys + further + fields + idKeys).sortedByBytes()
        let rules = TimeRules(asOf: Moment(asOf))
        var builder = InventoryBuilder(metadataKeys: keys, rules: rules)
        for place in places {
            let layout = RecordBatch.Layout(
                source: place.name, metadataKeys: keys, rules: rules, ownerKey: place.fields.owner,
                subjectKey: place.fields.subject, tenantKey: place.fields.tenant)
            do throws(ConnectorError) {
                switch place.material {
                case .directory(let path):
                    let connector =
                        try place.interpreter.map { source throws(ConnectorError) in
                            try ExportConnector(source, directory: path, layout: layout)
                        } ?? ExportConnector(directory: path, layout: layout)
                    try connector.read(into: &builder) { console.progress("reading \(place.name): \(describe($0))") }
                case .service(let source):
                    let connector = try LiveConnector(source, layout: layout, memory: memory, time: time)
                    console.progress("reading \(place.name) …")
                    let isWatched = console.showsProgress
                    builder = Waiting.on(
                        builder, show: { console.progress("reading \(place.name): \(describe($0))") },
                        { await connector.read(into: &$0, progress: isWatched ? $1 : nil) })
                }
            } catch {
                throw .usage(error.description)
            }
        }
        console.clearProgress()
        return builder
    }

    private static func describe(_ progress: LiveConnector.Progress) -> String {
        "\(progress.pages) pages, \(progress.records) records, \(progress.listsLeft) lists left"
    }

    private static func describe(_ progress: ExportConnector.Progress) -> String {
        let share = progress.size > 0 ? min(100, Int(Double(progress.bytes) / Double(progress.size) * 100)) : 100
        return "\(share) %, \(progress.records) records"
    }
}
