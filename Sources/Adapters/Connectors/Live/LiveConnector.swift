internal import HTTP
internal import JSONLines
public import Ledger
internal import ProviderFacts
public import Records

/// Reads a live service: one engine, which walks whatever the facts of its provider describe.
///
/// Lists are read several at a time, and joined in one order whatever the network does, so that two scans of the same
/// records are the same. At most `width` lists wait to be joined; a page is dropped as soon as its records are read.
public struct LiveConnector: Sendable {
    private let source: String
    let facts: ProviderFacts
    let reader: ListReader
    let registry: Registry
    private let width: Int
    private let mostHarvested: Int
    private let memory: Memory
    private let canaries: [String]

    /// How far a reading came.
    public struct Progress: Sendable {
        /// Pages so far.
        public var pages: Int
        /// Records so far.
        public var records: Int
        /// Lists, and records that are read by their ids, that are known and not yet read to their ends.
        public var listsLeft: Int
    }

    /// What is known beyond a run.
    public enum Memory: Sendable {
        /// Nothing.
        case none
        /// What a ledger knows, which learns what is seen; by source how much is to be read; and where each source's
        /// registry is left.
        case ledger(LedgerThread, [String: Breadth] = [:], ReadRegistries = ReadRegistries())
        /// By source: what is known of what it cannot list.
        case known([String: [Remembered]])
    }

    /// A connector to this service.
    ///
    /// - Parameters:
    ///   - address: what the facts' paths stand below, such as `https://api.openai.com/v1`.
    ///   - passport: what opens it.
    ///   - layout: the source's name, and the metadata keys that are read.
    ///   - width: how many lists are read at a time.
    ///   - registry: the ids of what cannot be listed.
    ///   - mostHarvested: how many ids that other records name are followed.
    ///   - memory: what earlier runs saw, and where what is seen is kept for later ones.
    ///   - canaries: ids of which one that is seen shows that the credential sees the right account.
    init(
        facts: ProviderFacts, address: HTTPAddress, passport: Passport, session: HTTPSession,
        layout: RecordBatch.Layout, width: Int = 16, registry: Registry = Registry(),
        mostHarvested: Int = Harvest.usualMost, memory: Memory = .none, canaries: [String] = []
    ) {
        source = layout.source
        self.facts = facts
        self.width = max(1, width)
        self.registry = registry
        self.mostHarvested = mostHarvested
        self.memory = memory
        self.canaries = canaries
        reader = ListReader(
            correspondent: Correspondent(
                session: session, base: address, version: facts.version?.name, passport: passport),
            layout: layout, metadataKeys: JSONFieldTable(layout.metadataKeys), registry: registry,
            containers: KindSet((facts.surfaces + facts.supplements).compactMap(\.container)))
    }

    /// What earlier runs knew of what cannot be listed.
    private func remembered(_ log: SightLog?) async -> [Remembered] {
        if let log { return await log.remembered(facts) }
        guard case .known(let known) = memory else { return [] }
        return known[source] ?? []
    }

    /// What need not be read now; nil where nothing is remembered.
    private func restraint(_ log: SightLog?) async -> Restraint? {
        guard let log, case .ledger(_, let breadths, let registries) = memory, let breadth = breadths[source] else {
            return nil
        }
        let asOf = reader.layout.rules.asOf
        switch breadth {
        case .everything(let reason): return Restraint(facts, asOf: asOf, because: reason)
        case .due(let basis, let obstacle):
            guard let known = await log.settled() else {
                return Restraint(facts, asOf: asOf, because: "the ledger cannot be read")
            }
            guard registries.digest(known.ids, of: source) == basis.registry else {
                return Restraint(facts, asOf: asOf, because: "the registry says something else of records than before")
            }
            return Restraint(facts, asOf: asOf, known, full: basis.full, obstacle: obstacle)
        }
    }

    /// Reads everything that can be listed, and every record whose id is known, into the inventory to be, as a source
    /// of its own.
    ///
    /// What cannot be read becomes a problem and is counted; the scan is then incomplete.
    ///
    /// - Parameter progress: told with the first page, and from then on at most ten times a second, from any thread; nil for
    ///   nobody.
    public func read(into builder: inout InventoryBuilder, progress: (@Sendable (Progress) -> Void)? = nil) async {
        // Where an answer comes in it is read, and the next request goes out: no thread waits for another.
        await withTaskExecutorPreference(reader.correspondent.session.executor) {
            await readAll(into: &builder, progress: progress)
        }
    }

    private func readAll(into builder: inout InventoryBuilder, progress: (@Sendable (Progress) -> Void)?) async {
        let meter = progress.map { ReadingMeter($0) }
        builder.beginSource(source)
        var log: SightLog?
        if case .ledger(let ledger, _, let registries) = memory {
            log = SightLog(ledger, source: source, canaries: canaries)
            registries.note(registry, of: source)
        }
        var known = registry
        let remembered = await remembered(log).map { old in
            var new = old
            new.ids = known.add(old.ids, of: old.kind)
            return new
        }
        var join = ServiceJoin(
            source: source, facts: facts, registry: registry, remembered: remembered,
            harvest: Harvest(facts, known, metadataKeys: reader.layout.metadataKeys, most: mostHarvested), &builder)
        var restraint = await restraint(log)
        let vouched = KindSet(Restraint.kinds.filter(registry.isComplete))
        restraint?.holdBack(&join, vouched: vouched)
        var started = 0
        var consumed = 0
        var early: [Int: ListReading] = [:]
        await withTaskGroup(of: (Int, ListReading).self) { group in
            while consumed < join.requests.count || restraint?.goOn(&join, builder.currentCoverage) ?? false {
                for reading in restraint?.takeListed() ?? [] {
                    join.takeElements(of: reading, into: &builder)
                    await log?.take(reading)
                }
                meter?.leave(lists: join.requests.count - consumed)
                while started < join.requests.count, started - consumed < width {
                    let (number, request) = (started, join.requests[started])
                    let reader = join.isRefused(request) ? nil : reader
                    group.addTask {
                        let refused = ListReading(request: request, failure: .notAsked)
                        return (number, await reader?.read(request, meter) ?? refused)
                    }
                    started += 1
                }
                guard let (number, reading) = await group.next() else { return }
                early[number] = reading
                while var reading = early.removeValue(forKey: consumed) {
                    restraint?.holdBack(from: &reading)
                    join.take(reading, into: &builder)
                    restraint?.release(namedBy: reading, &join)
                    await log?.take(reading)
                    consumed += 1
                }
            }
        }
        restraint?.finish(&builder)
        join.finish(&builder)
        // The ledger says so by itself of what it judges.
        if log == nil { join.noteUnproven(&builder) }
        await log?.finish(join.absences(builder.currentCoverage), &builder)
    }
}
