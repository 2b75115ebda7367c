internal import Chronology
internal import Connectors
internal import Evaluation
internal import Policies
internal import Records
internal import Reports

/// Two sets of documents, decided over the same records.
struct RuleComparison {
    /// An option, what it limits, and by how much.
    typealias Limit = (option: String, change: Standing.Change, limit: ChangeLimit?)

    let old: PolicySet
    let new: PolicySet
    let export: String?
    /// Whether services are read, too.
    var online = true
    /// Where the ids are that services cannot list; nil for the usual ledger, where there is one.
    let ledger: String?
    let asOf: Instant

    /// What the records of the new side's sources say.
    func records(_ limits: [Limit], _ console: Console) throws(Failure) -> DifferenceReport.Records {
        var inventory = try read(as: old, console)
        let comparer = Comparer(old: evaluate(old, inventory))
        if try !Survey.areReadAlike(new, old, export: export) { inventory = try read(as: new, console) }
        guard inventory.count == comparer.count else {
            throw .incomplete("diff: the export changed while it was read (compare a copy that stands still)")
        }
        let result = evaluate(new, inventory)
        let difference = comparer.difference(to: result)
        let gates = limits.compactMap { option, change, limit -> DifferenceReport.Gate? in
            guard let limit else { return nil }
            return DifferenceReport.Gate(
                option: option, limit: limit,
                excesses: limit.excesses(of: difference, change, in: new, result.summary))
        }
        return DifferenceReport.Records(result: result, difference: difference, gates: gates)
    }

    private func read(as interpreters: PolicySet, _ console: Console) throws(Failure) -> Inventory {
        try Survey.read(
            new, readAs: interpreters, export: export, alsoReading: old.metadataKeys, online: online,
            memory: online ? try Recollection.memory(of: ledger, new, asOf: asOf) : .none, asOf, console
        ).seal()
    }

    private func evaluate(_ policies: PolicySet, _ inventory: Inventory) -> ScanResult {
        Evaluator(policies: policies, asOf: Moment(asOf), options: ScanOptions()).evaluate(inventory)
    }
}
