internal import Ledger
internal import ProviderFacts
internal import Records

/// Hands what a service has over to the ledger while it is read, so that a run that is stopped has not read for nothing.
struct SightLog {
    private let ledger: LedgerThread
    private let source: String
    private let canaries: [[UInt8]]
    private var pending: [LedgerRun.Sight] = []
    private var listings: [LedgerRun.Listing] = []
    private var unread: [Kind: [String]] = [:]
    private var listed = 0
    private var first: ContinuousClock.Instant?
    /// The kinds of which a canary was seen.
    private(set) var proven: KindSet = []

    /// After how many records and how long what was held back is handed over: to have the disk confirm each page would
    /// take longer than to ask for it. Of lists, which are packed, more is held back.
    private static let most = 2_000
    private static let mostListed = 20_000
    private static let longest = Duration.seconds(1)

    init(_ ledger: LedgerThread, source: String, canaries: [String]) {
        self.ledger = ledger
        self.source = source
        self.canaries = canaries.map { Array($0.utf8) }
    }

    /// What the ledger knows of what cannot be listed.
    func remembered(_ facts: ProviderFacts) async -> [Remembered] {
        let source = source
        let kinds = facts.kindsFoundById
        let remembered = await ledger.ask { (run) throws(LedgerError) in
            let gone = try run.goneCounts(inSource: source)
            var remembered: [Remembered] = []
            for kind in kinds {
                remembered.append(
                    Remembered(
                        kind: kind, ids: try run.knownIds(of: kind, inSource: source), gone: gone[kind] ?? 0,
                        kept: try run.keptCount(of: kind, inSource: source)))
            }
            return remembered
        }
        return remembered ?? []
    }

    /// What the ledger knows of what need not be read; nil where it cannot say.
    func settled() async -> Restraint.Known? {
        let source = source
        return await ledger.ask { (run) throws(LedgerError) in try Restraint.Known(run, source: source) }
    }

    /// Takes what a list gave, or a record by itself.
    mutating func take(_ reading: ListReading) async {
        if reading.request.surface.access == .id {
            for haul in reading.hauls { takeRecords(haul.batch, below: reading.request.container) }
        } else {
            takeList(reading)
        }
        let now = ContinuousClock.now
        let began = first ?? now
        first = began
        let isFull = pending.count >= Self.most || listed >= Self.mostListed
        if isFull || began.duration(to: now) >= Self.longest { await flush() }
    }

    private mutating func takeRecords(_ batch: RecordBatch, below container: String?) {
        for index in 0..<batch.count { takeRecord(batch, index, below: container) }
    }

    private mutating func takeRecord(_ batch: RecordBatch, _ index: Int, below container: String?) {
        batch.withId(index) { note($0, batch.kind(index)) }
        let id = batch.id(index)
        guard id.utf8.count <= IdList.longestId else { return }
        pending.append(.init(kind: batch.kind(index), id: id, container: container))
    }

    /// The records of a list go together, whatever else the list has.
    private mutating func takeList(_ reading: ListReading) {
        let container = reading.request.container
        var main = LedgerRun.Listing(kind: reading.request.surface.kind, container: container)
        var others: [Kind: IdList] = [:]
        for haul in reading.hauls {
            for index in 0..<haul.batch.count {
                let kind = haul.batch.kind(index)
                // What is settled is said of records, one by one.
                guard !Restraint.listedKinds.has(kind) else {
                    takeRecord(haul.batch, index, below: container)
                    continue
                }
                haul.batch.withId(index) { id in
                    note(id, kind)
                    if kind == main.kind { main.ids.append(id) } else { others[kind, default: IdList()].append(id) }
                }
            }
        }
        if !reading.heldBack.isEmpty { unread[main.kind, default: []] += reading.heldBack }
        let kinds = others.sorted { $0.key < $1.key }
        let all = [main] + kinds.map { LedgerRun.Listing(kind: $0.key, container: container, ids: $0.value) }
        listings += all.filter { $0.ids.count > 0 }
        listed += all.reduce(0) { $0 + $1.ids.count }
    }

    private mutating func note(_ id: Span<UInt8>, _ kind: Kind) {
        for canary in canaries where canary.count == id.count {
            let isSeen = id.withUnsafeBufferPointer { $0.elementsEqual(canary) }
            if isSeen { proven.formUnion(KindSet(kind)) }
        }
    }

    /// Hands over what was held back.
    private mutating func flush() async {
        let (sights, listings, unread, source) = (pending, listings, unread, source)
        (pending, self.listings, self.unread, listed, first) = ([], [], [:], 0, nil)
        guard !sights.isEmpty || !listings.isEmpty || !unread.isEmpty else { return }
        await ledger.perform { (run) throws(LedgerError) in
            for (kind, ids) in unread { try run.saw(unread: ids, kind, inSource: source) }
            if !sights.isEmpty { try run.saw(sights, inSource: source) }
            if !listings.isEmpty { try run.saw(listings, inSource: source) }
        }
    }

    /// Says what is absent, now that all was asked for; what must be kept and cannot be called gone is a problem.
    mutating func finish(_ absences: [LedgerRun.Absence], _ builder: inout InventoryBuilder) async {
        await flush()
        for var absence in absences {
            absence.isProven = !proven.intersection(absence.kinds).isEmpty
            let (absence, source) = (absence, source)
            let judgement = await ledger.ask { (run) throws(LedgerError) in try run.judge(absence, inSource: source) }
            guard let judgement, judgement.unproven > 0 else { continue }
            builder.add(.unprovenAbsence(judgement.unproven, source: source, kind: absence.kinds.kinds.first))
        }
    }
}
