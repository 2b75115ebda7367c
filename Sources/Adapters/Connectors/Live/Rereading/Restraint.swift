internal import Chronology
internal import Ledger
internal import ProviderFacts
internal import Records

/// Holds back the reading of threads, conversations and responses of which the ledger says that nothing can have changed
/// but by activity that changes no decision.
///
/// What is held back comes last, and is left out only when this run has seen that the service still answers: that some
/// record of the kind was there, that its lists were, and that nothing of the kind went wrong. Where nothing is due, the
/// record that was read longest ago is read to find out. What a registry once stated of a record's activity is not taken
/// back.
///
/// What a list gives is held back as well: the list is read, and says which of its records are there, and what stands
/// below those is not. What is not left out in the end is taken in as the list gave it.
///
/// A settled record takes about three hundred bytes while the scan reads, and one that a list gave about two hundred more.
struct Restraint {
    /// The kinds that are held back. Their records are read one by one, with all that stands below.
    static let kinds: [Kind] = [.thread, .conversation, .response]
    /// Those of them that are held back where they are listed, too. The ledger has an entry for each of these, as it has of
    /// no others that come from a list.
    static let listedKinds = KindSet(.thread)
    /// How many of a kind are tried to find one that is there.
    private static let mostTries = 3

    private let facts: ProviderFacts
    private let asOf: Moment
    private let settled: [HeldBack.Name: HeldBack.Entry]
    private let marks: [Kind: [LedgerRun.Mark]]
    private let full: Moment
    private let obstacle: String?
    private var reason: String?
    private var heldBack = HeldBack()
    private var tries: [Kind: Int] = [:]
    /// What lists gave of what is held back no longer, and nobody has taken in.
    private var listed: [ListReading] = []

    /// Nothing is held back.
    init(_ facts: ProviderFacts, asOf: Moment, because reason: String?) {
        self.facts = facts
        self.asOf = asOf
        self.reason = reason
        full = asOf
        obstacle = nil
        settled = [:]
        marks = [:]
    }

    /// What the ledger says is settled beyond this instant is held back.
    ///
    /// - Parameter obstacle: why there is less of it than there could be; nil where there is not.
    init(_ facts: ProviderFacts, asOf: Moment, _ known: Known, full: Moment, obstacle: String?) {
        self.facts = facts
        self.asOf = asOf
        self.full = full
        self.obstacle = obstacle
        var tallies: [String: SettledTally] = [:]
        var settled: [HeldBack.Name: HeldBack.Entry] = [:]
        for (kind, all) in known.settled {
            for one in all where one.until > asOf {
                guard let tally = tallies[one.tally] ?? SettledTally(one.tally) else { continue }
                tallies[one.tally] = tally
                settled[.init(kind: kind, id: one.id)] = .init(tally: tally, run: one.run)
            }
        }
        self.settled = settled
        marks = known.marks
    }

    /// What a ledger knows of the kinds that are held back.
    struct Known: Sendable {
        var settled: [Kind: [LedgerRun.Settled]] = [:]
        var marks: [Kind: [LedgerRun.Mark]] = [:]

        /// Asks the ledger.
        init(_ run: LedgerRun, source: String) throws(LedgerError) {
            for kind in Restraint.kinds {
                settled[kind] = try run.settled(kind, inSource: source)
                marks[kind] = try run.marks(kind, inSource: source)
            }
        }

        /// The ids, settled beyond this run or not.
        var ids: [Kind: [String]] { settled.mapValues { $0.map(\.id) } }
    }

    /// Takes what need not be read now.
    ///
    /// - Parameter vouched: the kinds of which a registry is said to have all: what it lacks is then worth a look.
    mutating func holdBack(_ join: inout ServiceJoin, vouched: KindSet) {
        guard !settled.isEmpty else { return }
        let requests = join.holdBack { request in
            guard let name = HeldBack.Name(request), settled[name] != nil else { return false }
            return !(vouched.has(name.kind) && request.isHarvested)
        }
        heldBack = HeldBack(requests, settled, marks)
        release(heldBack.takeWhatLacksOthers(), &join)
    }

    /// Takes out of what a list gave what need not be read now.
    mutating func holdBack(from reading: inout ListReading) {
        let surface = reading.request.surface
        guard !settled.isEmpty, surface.access != .id, surface.container == nil, Self.listedKinds.has(surface.kind)
        else { return }
        let aside = reading.setAside { settled[$0] != nil }
        for records in aside { heldBack.add(records) }
    }

    /// Asks for what is held back no longer.
    private mutating func release(_ released: HeldBack.Released, _ join: inout ServiceJoin) {
        join.ask(released.requests)
        listed += released.readings
    }

    /// Asks for what a reading names, as its place among what is held back decides about it.
    mutating func release(namedBy reading: ListReading, _ join: inout ServiceJoin) {
        // Nothing names a thread.
        guard heldBack.has(.conversation) || heldBack.has(.response) else { return }
        var names: [HeldBack.Name] = []
        for haul in reading.hauls {
            haul.batch.forEachNamed([.init(.conversation), .init(.response)]) { kind, id in
                names.append(.init(kind: kind, id: id.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }))
            }
        }
        release(heldBack.take(names), &join)
    }

    /// What lists gave already of what is held back no longer.
    mutating func takeListed() -> [ListReading] {
        defer { listed = [] }
        return listed
    }

    /// Asks for more where all that was asked for is read and that does not do; false where there is no more to read.
    mutating func goOn(_ join: inout ServiceJoin, _ coverage: SourceCoverage) -> Bool {
        asksForMore(&join, coverage) || !listed.isEmpty
    }

    private mutating func asksForMore(_ join: inout ServiceJoin, _ coverage: SourceCoverage) -> Bool {
        for kind in Self.kinds where heldBack.has(kind) {
            let isSound = isSound(kind, coverage) && !join.isRefused
            if isSound, hasAnswered(kind, join) { continue }
            if isSound, tries[kind, default: 0] < Self.mostTries, let oldest = heldBack.oldest(kind) {
                tries[kind, default: 0] += 1
                release(heldBack.take([oldest]), &join)
            } else {
                reason = "what was asked of \(kind.name)s first was not answered as it should be"
                release(heldBack.take(kind), &join)
            }
            return true
        }
        return false
    }

    /// Whether nothing went wrong with what was asked for of a kind.
    private func isSound(_ kind: Kind, _ coverage: SourceCoverage) -> Bool {
        let below = facts.surfaces.filter { $0.kind == kind || $0.ancestors.contains(kind) }
        return coverage.lostOfUnknownKind == 0 && coverage[kind].unreadUses == 0
            && below.allSatisfy { coverage[$0.kind].lost == 0 }
    }

    /// Whether a record of a kind was there, and its lists were.
    private func hasAnswered(_ kind: Kind, _ join: ServiceJoin) -> Bool {
        let first = facts.surfaces.filter { $0.kind == kind || $0.ancestors == [kind] }
        return first.allSatisfy { join.answered.has($0.kind) }
            && facts.supplements.allSatisfy { $0.kind != kind || join.answeredUses.has(kind) }
    }

    /// Counts what was left out, once all else is read.
    func finish(_ builder: inout InventoryBuilder) {
        // Where nothing was left out, all was read.
        let isWhole = heldBack.isEmpty
        var rereading = Rereading(full: isWhole ? asOf : full, reason: isWhole ? reason ?? obstacle : nil)
        for name in heldBack.names {
            guard let entry = settled[name] else { continue }
            rereading.settled[name.kind, default: 0] += 1
            rereading.tally.add(entry.tally)
            rereading.saved += reads(entry.tally)
        }
        for (kind, count) in rereading.tally.kinds { builder.currentCoverage[kind].records += count }
        builder.currentCoverage.rereading = rereading
        guard !isWhole else { return }
        for kind in Self.kinds {
            for mark in marks[kind] ?? [] where !Self.kinds.contains(mark.kind) {
                guard heldBack.has(.init(kind: kind, id: mark.container)) else { continue }
                builder.know(mark.kind, id: mark.id, activeAt: mark.activity)
            }
        }
    }

    /// How many reads records and what stands below them take at least.
    private func reads(_ tally: SettledTally) -> Int {
        func count(_ kind: Kind?) -> Int { kind.flatMap { tally.kinds[$0] } ?? 0 }
        return (facts.surfaces + facts.supplements).reduce(0) { reads, surface in
            // A list at the top is read each time.
            guard let container = surface.container else {
                return reads + (surface.access == .id ? count(surface.kind) : 0)
            }
            guard case .list(let limit?) = surface.access, !surface.isSupplement else {
                return reads + count(container)
            }
            return reads + max(count(container), (count(surface.kind) + limit - 1) / limit)
        }
    }
}
