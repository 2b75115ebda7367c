internal import Chronology
internal import Evaluation
internal import Ledger
internal import Policies
internal import Records

/// The ledger of a scan: what is known before it reads, and what is to be known after it.
struct ScanMemory {
    /// The ledger, which services hand over to what they have while they are read.
    let ledger: LedgerThread
    private let policies: PolicySet

    /// Takes the ledger. Where no path is given, services are remembered in the usual place, and exports nowhere.
    init?(path: String?, _ policies: PolicySet, asOf: Instant, hasService: Bool) throws(Failure) {
        guard path != nil || hasService else { return nil }
        self.policies = policies
        do throws(LedgerError) {
            ledger = try LedgerThread(
                path: path ?? Ledger.usualPath, now: .now(), asOf: Moment(asOf), tool: Tenure.version,
                policies: policies.digest)
        } catch {
            throw .usage("scan: \(error)")
        }
    }

    /// Hands over what an export has, now that it was read.
    ///
    /// - Returns: what is wrong, where nobody can tell whether something is gone.
    func see(_ inventory: Inventory, source: Int) throws(Failure) -> Problem? {
        let coverage = inventory.coverage[source]
        let canaries = Set(policies.sources.first { $0.name == coverage.name }?.canaries ?? [])
        var absence = LedgerRun.Absence(kinds: .all)
        absence.listed = coverage.completeKinds
        var sights: [LedgerRun.Sight] = []
        for row in 0..<inventory.count where Int(inventory.sources[row]) == source {
            let id = inventory.id(row)
            if canaries.contains(id) { absence.isProven = true }
            let container = inventory.containers[row]
            let name = container < Inventory.unknownContainer ? inventory.id(Int(container)) : nil
            sights.append(.init(kind: inventory.kinds[row], id: id, container: name))
            if sights.count == Self.batch { try saw(&sights, coverage.name) }
        }
        try saw(&sights, coverage.name)
        let judged = absence
        let unproven = try working { (run) throws(LedgerError) in
            try run.judge(judged, inSource: coverage.name).unproven
        }
        return unproven > 0 ? .unprovenAbsence(unproven, source: coverage.name, kind: nil) : nil
    }

    private func saw(_ sights: inout [LedgerRun.Sight], _ source: String) throws(Failure) {
        let handed = sights
        try working { (run) throws(LedgerError) in try run.saw(handed, inSource: source) }
        sights.removeAll(keepingCapacity: true)
    }

    /// The records of these sources that are gone and should not be.
    func gone(_ sources: [String]) throws(Failure) -> [GoneRecord] {
        var gone: [GoneRecord] = []
        for source in sources {
            gone += try working { (run) throws(LedgerError) in try run.lost(inSource: source) }
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

    /// Does something with the ledger. What cannot be remembered leaves a scan incomplete: the next one would not know.
    private func working<Result: Sendable>(_ work: @escaping LedgerThread.Work<Result>) throws(Failure) -> Result {
        do throws(LedgerError) { return try ledger.wait(for: work) } catch { throw .incomplete("scan: \(error)") }
    }

    /// How many records are handed over at once.
    private static let batch = 10_000
}
