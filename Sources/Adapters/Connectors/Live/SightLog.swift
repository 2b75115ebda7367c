internal import Ledger
internal import ProviderFacts
internal import Records

/// Hands what a service has over to the ledger while it is read, so that a run that is stopped has not read for nothing.
struct SightLog {
    private let ledger: LedgerThread
    private let source: String
    private let canaries: Set<String>
    private var pending: [LedgerRun.Sight] = []
    private var first: ContinuousClock.Instant?
    /// The kinds of which a canary was seen.
    private(set) var proven: KindSet = []

    /// How many records are held back at most, and how long: to have the disk confirm each page would take longer than to
    /// ask for it.
    private static let most = 2_000
    private static let longest = Duration.seconds(1)
    /// More than any id has. What is longer cannot be asked for either.
    private static let longestId = 4_096

    init(_ ledger: LedgerThread, source: String, canaries: [String]) {
        self.ledger = ledger
        self.source = source
        self.canaries = Set(canaries)
    }

    /// What the ledger knows of what cannot be listed.
    func remembered(_ facts: ProviderFacts) async -> [Remembered] {
        let source = source
        let kinds = facts.kindsFoundById
        let remembered = await ledger.ask { (run) throws(LedgerError) in
            let gone = try run.goneCounts(inSource: source)
            var remembered: [Remembered] = []
            for kind in kinds {
                let ids = try run.knownIds(of: kind, inSource: source)
                remembered.append(Remembered(kind: kind, ids: ids, gone: gone[kind] ?? 0))
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

    /// Takes what a list gave.
    mutating func take(_ reading: ListReading) async {
        for haul in reading.hauls {
            for index in 0..<haul.batch.count {
                let id = haul.batch.id(index)
                guard id.utf8.count <= Self.longestId else { continue }
                let kind = haul.batch.kind(index)
                if canaries.contains(id) { proven.formUnion(KindSet(kind)) }
                pending.append(.init(kind: kind, id: id, container: reading.request.container))
            }
        }
        let now = ContinuousClock.now
        let began = first ?? now
        first = began
        if pending.count >= Self.most || began.duration(to: now) >= Self.longest { await flush() }
    }

    /// Hands over what was held back.
    private mutating func flush() async {
        let (sights, source) = (pending, source)
        (pending, first) = ([], nil)
        guard !sights.isEmpty else { return }
        await ledger.perform { (run) throws(LedgerError) in try run.saw(sights, inSource: source) }
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

/// What earlier scans saw of a kind that cannot be listed.
struct Remembered: Sendable {
    let kind: Kind
    /// The ids of what was there when it was asked for last.
    let ids: [String]
    /// How many are known to be gone, and are not asked for.
    let gone: Int
}
