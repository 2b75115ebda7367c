internal import Chronology
internal import Policies
internal import Records
internal import Spelling

/// Compares a scan with one of the same records under other rules, of which two bytes a record are kept.
///
/// Beside them a difference costs 12 bytes for each record that changes and up to 24 for each document behind it.
public struct Comparer: Sendable {
    private let old: [Standing]

    /// Keeps what the old rules make of every record.
    public init(old: ScanResult) { self.old = old.standings() }

    /// How many records there are.
    public var count: Int { old.count }

    /// What the new rules make of them: of the same records in the same order, whatever their metadata is taken for.
    public func difference(to new: ScanResult) -> Difference {
        let inventory = new.inventory
        precondition(inventory.count == old.count, "both sides are decided over the same records")
        let standings = new.standings()
        var totals = Standing.Change.allCases.map { Difference.Total(change: $0) }
        var records: [Difference.RecordChange] = []
        for row in standings.indices where standings[row] != old[row] {
            let newly = standings[row].subtracting(old[row])
            let noLonger = old[row].subtracting(standings[row])
            for change in newly.changes { totals[Int(change.rawValue)].newly.add(row, of: inventory) }
            for change in noLonger.changes { totals[Int(change.rawValue)].noLonger.add(row, of: inventory) }
            records.append(Difference.RecordChange(row: row, newly: newly, noLonger: noLonger))
        }
        let attributions = attributions(new, records, standings)
        records.sort { inventory.precedes($0.row, $1.row) }
        return Difference(
            totals: totals, groups: groups(attributions, inventory), records: records, attributions: attributions)
    }

    private func attributions(
        _ new: ScanResult, _ records: [Difference.RecordChange], _ standings: [Standing]
    ) -> [Difference.Attribution] {
        var attributions: [Difference.Attribution] = []
        func attribute(_ row: Int, _ change: Standing.Change, _ cause: Cause) {
            let attribution = Difference.Attribution(row: UInt32(row), change: change, cause: cause)
            attributions.append(attribution)
        }
        for finding in new.findings where standings[finding.row] != old[finding.row] {
            let newly = standings[finding.row].subtracting(old[finding.row])
            let cause = new.cause(finding)
            for change in new.changes(finding) where newly.has(change) { attribute(finding.row, change, cause) }
            if newly.has(.mayGo), new.asksToGo(finding) { attribute(finding.row, .mayGo, cause) }
        }
        for record in records {
            if record.newly.has(.kept) {
                for keeper in new.keepers(record.row) { attribute(record.row, .kept, keeper) }
            }
            if record.newly.has(.uncovered) { attribute(record.row, .uncovered, .none) }
        }
        attributions.sort(by: Difference.Attribution.precedes)
        // Several validations of one policy can say the same of a record, which counts once.
        var distinct: [Difference.Attribution] = []
        for attribution in attributions where attribution != distinct.last { distinct.append(attribution) }
        return distinct
    }

    private func groups(_ attributions: [Difference.Attribution], _ inventory: Inventory) -> [Difference.Group] {
        struct Key: Hashable {
            let change: Standing.Change
            let cause: Cause
            let tenant: StringTable.Code
        }
        var amounts: [Key: Amount] = [:]
        let tenants = inventory.tenants
        for attribution in attributions {
            let row = Int(attribution.row)
            let key = Key(change: attribution.change, cause: attribution.cause, tenant: tenants[row])
            amounts[key, default: Amount()].add(row, of: inventory)
        }
        return amounts.map { key, amount in
            Difference.Group(change: key.change, cause: key.cause, tenant: key.tenant, newly: amount)
        }.sorted { left, right in
            if left.change != right.change { return left.change.rawValue < right.change.rawValue }
            if left.cause != right.cause { return left.cause.order < right.cause.order }
            return inventory.precedes(tenant: left.tenant, right.tenant)
        }
    }
}

extension ScanResult {
    /// Whether it is for this pair that its record may go.
    fileprivate func asksToGo(_ finding: Finding) -> Bool {
        guard let policy = finding.policy, finding.state == .due || finding.state == .overdue else { return false }
        return policies.retention[policy].mode == .enforce && policies.retention[policy].whenDue == .delete
    }
}

extension Inventory {
    /// An order of tenants that does not depend on how the material was read: none, undecided, and then by bytes. An
    /// empty name is one as any other.
    fileprivate func precedes(tenant left: StringTable.Code, _ right: StringTable.Code) -> Bool {
        let rank = [StringTable.absent: 0, StringTable.undecided: 1]
        let (l, r) = (rank[left] ?? 2, rank[right] ?? 2)
        return l == r ? (strings.string(left) ?? "").precedesByBytes(strings.string(right) ?? "") : l < r
    }
}
