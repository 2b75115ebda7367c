internal import Chronology
internal import Connectors
internal import Evaluation
internal import Ledger
internal import Policies
internal import Records

/// The ledger of a scan: what is known before it reads, and what is to be known after it.
struct ScanMemory {
    /// The ledger, which services hand over to what they have while they are read.
    let ledger: LedgerThread
    private let policies: PolicySet
    private let asOf: Moment
    private let now: Moment
    private let registries = ReadRegistries()

    /// Takes the ledger. Where no path is given, services are remembered in the usual place, and exports nowhere.
    ///
    /// - Parameter now: what the wall clock says.
    init?(path: String?, _ policies: PolicySet, asOf: Instant, now: Instant, hasService: Bool) throws(Failure) {
        guard path != nil || hasService else { return nil }
        self.policies = policies
        self.asOf = Moment(asOf)
        self.now = Moment(now)
        do throws(LedgerError) {
            ledger = try LedgerThread(
                path: path ?? Ledger.usualPath, now: now, asOf: Moment(asOf), tool: Tenure.version,
                policies: policies.digest)
        } catch {
            throw .usage("scan: \(error)")
        }
    }

    /// What services hand over to what they have, and how much of them is read.
    func memory(_ breadths: [String: Breadth]) -> LiveConnector.Memory { .ledger(ledger, breadths, registries) }

    /// Hands over what an export has, now that it was read.
    ///
    /// - Returns: what is wrong, where nobody can tell whether something is gone.
    func see(_ inventory: Inventory, source: Int) throws(Failure) -> Problem? {
        let coverage = inventory.coverage[source]
        let canaries = Set(policies.sources.first { $0.name == coverage.name }?.canaries ?? [])
        var absence = LedgerRun.Absence(kinds: .all)
        absence.listed = coverage.completeKinds
        // No more is said of what stands below what: a list of an export is of all records of a kind.
        var pending: [Kind: IdList] = [:]
        for row in 0..<inventory.count where Int(inventory.sources[row]) == source {
            if !canaries.isEmpty, canaries.contains(inventory.id(row)) { absence.isProven = true }
            let kind = inventory.kinds[row]
            inventory.withId(row) { pending[kind, default: IdList()].append($0) }
            if pending[kind]?.count == Self.batch { try saw(pending.removeValue(forKey: kind), kind, coverage.name) }
        }
        for (kind, ids) in pending.sorted(by: { $0.key < $1.key }) { try saw(ids, kind, coverage.name) }
        let judged = absence
        let unproven = try working { (run) throws(LedgerError) in
            try run.judge(judged, inSource: coverage.name).unproven
        }
        return unproven > 0 ? .unprovenAbsence(unproven, source: coverage.name, kind: nil) : nil
    }

    private func saw(_ ids: IdList?, _ kind: Kind, _ source: String) throws(Failure) {
        guard let ids else { return }
        let listing = LedgerRun.Listing(kind: kind, container: nil, ids: ids)
        try working { (run) throws(LedgerError) in try run.saw([listing], inSource: source) }
    }

    /// The records of these sources that are gone and should not be.
    func gone(_ sources: [String]) throws(Failure) -> [GoneRecord] {
        let now = now
        var gone: [GoneRecord] = []
        for source in sources {
            gone += try working { (run) throws(LedgerError) in try run.lost(inSource: source, now: now) }
        }
        return gone
    }

    /// Keeps what obliges to keep the records of these sources, and ends the run.
    func remember(_ result: ScanResult, _ sources: [String]) throws(Failure) {
        let inventory = result.inventory
        let numbers = Set(sources.compactMap { inventory.sourceNames.firstIndex(of: $0) })
        let rows = (0..<inventory.count).filter {
            numbers.contains(Int(inventory.sources[$0])) && !result.isLost($0)
        }
        try result.forEachDuty { (origin, name, until) throws(Failure) in
            var kept: [Int: [LedgerRun.Kept]] = [:]
            for row in rows {
                guard let until = until(row) else { continue }
                let source = Int(inventory.sources[row])
                kept[source, default: []].append(
                    .init(kind: inventory.kinds[row], id: inventory.id(row), until: until))
                if kept[source]?.count == Self.batch { try oblige(&kept[source], inventory, source, origin, name) }
            }
            for source in kept.keys.sorted() { try oblige(&kept[source], inventory, source, origin, name) }
        }
        for (number, coverage) in inventory.coverage.enumerated() {
            if let rereading = coverage.rereading { try settle(result, number, rereading) }
        }
        try working { (run) throws(LedgerError) in try run.finish() }
        ledger.close()
    }

    private func oblige(
        _ kept: inout [LedgerRun.Kept]?, _ inventory: Inventory, _ source: Int, _ origin: Duty.Origin, _ name: String
    ) throws(Failure) {
        let handed = kept ?? []
        let source = inventory.sourceNames[source]
        try working { (run) throws(LedgerError) in try run.oblige(handed, inSource: source, by: origin, named: name) }
        kept = nil
    }

    /// Keeps what the next scan need not read of a service.
    private func settle(_ result: ScanResult, _ source: Int, _ rereading: Rereading) throws(Failure) {
        let inventory = result.inventory
        let name = inventory.sourceNames[source]
        let settling = result.settling(source: source)
        let rules = rules(result.options)
        try working { (run) throws(LedgerError) in try run.unsettle(inSource: name, rules: rules) }
        if !settling.leans {
            for start in stride(from: 0, to: settling.settled.count, by: Self.batch) {
                let batch = settling.settled[start..<min(start + Self.batch, settling.settled.count)]
                for kind in LiveConnector.kindsLeftUnread {
                    try settle(batch.filter { inventory.kinds[$0.row] == kind }, kind, inventory, name)
                }
            }
        }
        let registries = registries
        let (asOf, leans) = (asOf, settling.leans)
        try working { (run) throws(LedgerError) in
            var ids: [Kind: [String]] = [:]
            for kind in LiveConnector.kindsLeftUnread { ids[kind] = try run.settled(kind, inSource: name).map(\.id) }
            guard let registry = registries.digest(ids, of: name) else { return }
            try run.settle(
                on: .init(rules: rules, registry: registry, full: rereading.full, last: asOf, leans: leans),
                inSource: name)
        }
    }

    private func settle(
        _ batch: [Settling.Settled], _ kind: Kind, _ inventory: Inventory, _ source: String
    ) throws(Failure) {
        guard !batch.isEmpty else { return }
        let settled = batch.map {
            LedgerRun.Settled(id: inventory.id($0.row), until: $0.until, tally: $0.tally.description)
        }
        let marks = batch.flatMap { one in
            one.marks.sorted { $0.key < $1.key }.map { row, activity in
                LedgerRun.Mark(
                    container: inventory.id(one.row), kind: inventory.kinds[row], id: inventory.id(row),
                    activity: activity)
            }
        }
        try working { (run) throws(LedgerError) in
            // A run that ends in between has nothing settled of which it is not known what must be read with it.
            try run.mark(marks, kind, inSource: source)
            try run.settle(settled, kind, inSource: source)
        }
    }

    /// What must be the same for what is settled to be so again.
    private func rules(_ options: ScanOptions) -> String {
        "\(policies.digest) \(Tenure.version)\(options.requireCoverage ? " coverage" : "")"
    }

    /// How much of a service is to be read.
    ///
    /// - Parameter reason: why all of it, whatever the ledger knows.
    func breadth(of source: Source, _ options: ScanOptions, because reason: String?) throws(Failure) -> Breadth {
        if let reason { return .everything(because: reason) }
        if options.isStrict { return .everything(because: "--strict looks at every error") }
        let obstacle = ScanResult.obstacleToSettling(policies, source: source.name)
        if let obstacle, obstacle.isOfAll { return .everything(because: obstacle.reason) }
        let name = source.name
        let known = try working { (run) throws(LedgerError) in try run.basis(ofSource: name) }
        guard let basis = known else { return .everything(because: "no earlier scan read everything") }
        guard basis.rules == rules(options) else {
            return .everything(because: "documents, options or the version of tenure are not what they were")
        }
        guard !basis.leans else { return .everything(because: Self.leaning) }
        guard asOf >= basis.last else { return .everything(because: "an earlier scan was as of a later instant") }
        guard let due = Zone.utc.adding(source.fullEvery, to: basis.full), asOf < due else {
            return .everything(because: "everything is read again after \(source.fullEvery)")
        }
        return .due(basis, obstacle: obstacle?.reason)
    }

    /// Why everything is read where something leans on what could be left out.
    static let leaning =
        "something that threads or responses use is past a limit, or expires, and any of them may bear on it"

    /// Does something with the ledger. What cannot be remembered leaves a scan incomplete: the next one would not know.
    private func working<Result: Sendable>(_ work: @escaping LedgerThread.Work<Result>) throws(Failure) -> Result {
        do throws(LedgerError) { return try ledger.wait(for: work) } catch { throw .incomplete("scan: \(error)") }
    }

    /// How many records are handed over at once.
    private static let batch = 10_000
}
