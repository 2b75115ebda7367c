internal import Chronology
internal import Ledger
internal import ProviderFacts
internal import Records

/// Holds back the reading of threads of which the ledger says that nothing can have changed but by activity that
/// changes no decision.
///
/// What is held back comes last, and is left out only when this run has seen that the service still answers: that some
/// thread was there, that its lists were, and that nothing of the kind went wrong. Where nothing is due, the thread that
/// was read longest ago is read to find out. What a registry once stated of a thread's activity is not taken back.
///
/// A settled thread takes about two hundred bytes while the scan reads.
struct Restraint {
    /// The kind that is held back. Its records stand at the top, and are read one by one with all that stands below.
    private static let kind = Kind.thread
    /// How many are tried to find one that is there.
    private static let mostTries = 3

    private let facts: ProviderFacts
    private let asOf: Moment
    private let settled: [String: Entry]
    private let marks: [LedgerRun.Mark]
    private let full: Moment
    private(set) var reason: String?
    private var heldBack: [SurfaceRequest] = []
    private var tries = 0

    private struct Entry {
        let tally: SettledTally
        let run: Int64
    }

    /// Nothing is held back.
    init(_ facts: ProviderFacts, asOf: Moment, because reason: String?) {
        self.facts = facts
        self.asOf = asOf
        self.reason = reason
        full = asOf
        settled = [:]
        marks = []
    }

    /// What the ledger says is settled beyond this instant is held back.
    init(_ facts: ProviderFacts, asOf: Moment, _ known: Known, full: Moment) {
        self.facts = facts
        self.asOf = asOf
        self.full = full
        var tallies: [String: SettledTally] = [:]
        var settled: [String: Entry] = [:]
        for one in known.settled where one.until > asOf {
            guard let tally = tallies[one.tally] ?? SettledTally(one.tally) else { continue }
            tallies[one.tally] = tally
            settled[one.id] = Entry(tally: tally, run: one.run)
        }
        self.settled = settled
        marks = known.marks
    }

    /// What a ledger knows of the kind that is held back.
    struct Known: Sendable {
        var settled: [LedgerRun.Settled] = []
        var marks: [LedgerRun.Mark] = []

        /// Asks the ledger.
        init(_ run: LedgerRun, source: String) throws(LedgerError) {
            settled = try run.settled(Restraint.kind, inSource: source)
            marks = try run.marks(Restraint.kind, inSource: source)
        }

        /// The ids, settled beyond this run or not.
        var ids: [String] { settled.map(\.id) }
    }

    /// The kind whose ids the registry's digest is over.
    static var kindOfIds: Kind { kind }

    /// Takes what need not be read now.
    ///
    /// - Parameters:
    ///   - canaries: ids that must be seen.
    ///   - vouched: whether a registry is said to have all: what it lacks is then worth a look.
    mutating func holdBack(_ join: inout ServiceJoin, canaries: Set<String>, vouched: Bool) {
        guard !settled.isEmpty else { return }
        heldBack = join.holdBack { request in
            guard request.surface.kind == Self.kind, request.surface.access == .id, request.surface.container == nil,
                let id = request.ids.last, settled[id] != nil
            else { return false }
            return !canaries.contains(id) && !(vouched && request.isHarvested)
        }
    }

    /// Asks for more where all that was asked for is read and that does not do; false where there is no more to read.
    mutating func goOn(_ join: inout ServiceJoin, _ coverage: SourceCoverage) -> Bool {
        guard !heldBack.isEmpty else { return false }
        let below = facts.surfaces.filter { $0.kind == Self.kind || $0.ancestors.contains(Self.kind) }
        let isWhole = coverage.lostOfUnknownKind == 0 && below.allSatisfy { coverage[$0.kind].lost == 0 }
        let first = below.filter { $0.ancestors.count <= 1 }
        if isWhole, !join.isRefused, first.allSatisfy({ join.answered.has($0.kind) }) { return false }
        if isWhole, !join.isRefused, tries < Self.mostTries, let oldest {
            tries += 1
            join.ask([heldBack.remove(at: oldest)])
            return true
        }
        reason = "what was asked of threads first was not answered as it should be"
        join.ask(heldBack)
        heldBack = []
        return true
    }

    /// Counts what was left out, once all else is read.
    func finish(_ builder: inout InventoryBuilder) {
        var rereading = Rereading(full: reason == nil ? full : asOf, reason: reason)
        for request in heldBack {
            guard let id = request.ids.last, let entry = settled[id] else { continue }
            rereading.settled += 1
            rereading.saved += reads(entry.tally)
            rereading.tally.add(entry.tally)
        }
        for (kind, count) in rereading.tally.kinds { builder.currentCoverage[kind].records += count }
        builder.currentCoverage.rereading = rereading
        guard !marks.isEmpty, !heldBack.isEmpty else { return }
        let leftOut = Set(heldBack.compactMap(\.ids.last))
        for mark in marks where leftOut.contains(mark.container) {
            builder.know(mark.kind, id: mark.id, activeAt: mark.activity)
        }
    }

    private var oldest: Int? {
        heldBack.indices.min { left, right in run(heldBack[left]) < run(heldBack[right]) }
    }

    private func run(_ request: SurfaceRequest) -> Int64 { request.ids.last.flatMap { settled[$0]?.run } ?? 0 }

    /// How many reads of a record and of what stands below take at least.
    private func reads(_ tally: SettledTally) -> Int {
        1
            + facts.surfaces.filter { $0.ancestors.contains(Self.kind) }.reduce(0) { reads, surface in
                let lists = surface.container.flatMap { tally.kinds[$0] } ?? 0
                guard case .list(let limit?) = surface.access else { return reads + lists }
                let pages = ((tally.kinds[surface.kind] ?? 0) + limit - 1) / limit
                return reads + max(lists, pages)
            }
    }
}
