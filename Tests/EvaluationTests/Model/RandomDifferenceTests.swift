import Chronology
import Evaluation
import Policies
import Records
import RuleSupport
import TestSupport
import Testing

@Suite struct RandomDifferenceTests {
    @Test func `difference and model agree on random changes of random rules`() {
        var features: [String: Int] = [:]
        let count: UInt64 = Campaign.isSoak ? 20_000 : 800
        for seed in 0..<count {
            let old = WorldGenerator.world(seed: seed &+ 5_000_000)
            let new = Self.changed(old, seed: seed)
            let result = Comparison.evaluate(new)
            let difference = Comparer(old: Comparison.evaluate(old)).difference(to: result)
            let fast = Self.lines(difference, result)
            let model = SlowDifference(Model(old), Model(new))
            let slow = model.lines
            #expect(fast == slow, "seed \(seed)\n\(old)\n\(new)")
            Self.checkSums(difference)
            let groups = Self.groups(difference, result)
            #expect(groups == model.groups, "seed \(seed)\n\(old)\n\(new)")
            features["groups", default: 0] += groups.count
            features["groups of tenants", default: 0] += difference.groups.count { $0.tenant != StringTable.absent }
            if difference.records.isEmpty { features["nothing", default: 0] += 1 }
            for total in difference.totals where total.newly.records > 0 {
                features[total.change.name, default: 0] += 1
            }
            if fast != slow || groups != model.groups { return }
        }
        print("\(count) differences: \(features.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })")
        #expect(features["groups of tenants", default: 0] > 50)
        for change in Standing.Change.allCases { #expect(features[change.name, default: 0] > 10, "\(change)") }
    }

    @Test func `rules that are the same change nothing`() {
        for seed in 0..<UInt64(100) {
            let world = WorldGenerator.world(seed: seed &+ 6_000_000)
            let result = Comparison.evaluate(world)
            let difference = Comparer(old: result).difference(to: result)
            #expect(difference.records.isEmpty && difference.groups.isEmpty)
            #expect(difference.totals.allSatisfy { $0.newly.records == 0 && $0.noLonger.records == 0 })
        }
    }

    /// The same records under rules of which some are gone, some new and some other.
    private static func changed(_ world: World, seed: UInt64) -> World {
        var random = SplitMix64(seed: seed)
        let other = WorldGenerator.world(seed: seed &+ 7_000_000)
        func mixed<Item>(_ old: [Item], _ new: [Item]) -> [Item] {
            (0..<max(old.count, new.count)).compactMap { index in
                let isNew = Int.random(in: 1...3, using: &random) == 1
                return isNew ? (index < new.count ? new[index] : nil) : (index < old.count ? old[index] : nil)
            }
        }
        var changed = world
        changed.policies = mixed(world.policies, other.policies)
        changed.holds = mixed(world.holds, other.holds)
        changed.exceptions = mixed(world.exceptions, other.exceptions)
        changed.access = mixed(world.access, other.access)
        return changed
    }

    private static func lines(_ difference: Difference, _ result: ScanResult) -> [String] {
        let inventory = result.inventory
        return difference.records.map { record in
            let source = inventory.sourceNames[Int(inventory.sources[record.row])]
            let causes = difference.causes(of: record.row).map { change, cause in
                "\(change.name) \(cause.document(in: result.policies)?.name ?? "-")"
            }
            return SlowDifference.line(
                "\(source) \(inventory.kinds[record.row].name) \(inventory.id(record.row))",
                Set(record.newly.changes.map(\.name)), Set(record.noLonger.changes.map(\.name)), Set(causes))
        }.sorted()
    }

    /// What all records together, and those of each document and tenant, come to.
    private static func groups(_ difference: Difference, _ result: ScanResult) -> [String] {
        func words(_ amount: Amount) -> String {
            "\(amount.records) records, \(amount.bytes) bytes, \(amount.unsized) unsized, oldest \(Comparison.moment(amount.oldest))"
        }
        let totals = difference.totals.flatMap { total in
            [("newly", total.newly), ("no longer", total.noLonger)].filter { $0.1.records > 0 }.map {
                "\($0.0) \(total.change.name): \(words($0.1))"
            }
        }
        let groups = difference.groups.map { group in
            let tenant =
                switch group.tenant {
                case StringTable.absent: "-"
                case StringTable.undecided: "undecided"
                default: result.inventory.strings.string(group.tenant) ?? "?"
                }
            let document = group.cause.document(in: result.policies)?.name ?? "-"
            return "\(group.change.name) by \(document) for \(tenant): \(words(group.newly))"
        }
        return (totals + groups).sorted()
    }

    /// Every record that is newly something is so by some group, and groups hold no more than there is.
    private static func checkSums(_ difference: Difference) {
        for total in difference.totals {
            let groups = difference.groups.filter { $0.change == total.change }
            #expect(groups.reduce(0) { $0 + $1.newly.records } >= total.newly.records)
            #expect(groups.allSatisfy { $0.newly.records <= total.newly.records })
            #expect(difference.records.count { $0.newly.has(total.change) } == total.newly.records)
            #expect(difference.records.count { $0.noLonger.has(total.change) } == total.noLonger.records)
        }
    }
}

/// What differs between two answers of the model, by sets.
private struct SlowDifference {
    private(set) var lines: [String] = []
    private(set) var groups: [String] = []

    init(_ old: Model, _ new: Model) {
        var rows: [String: Set<Int>] = [:]
        for row in new.facts.nodes.indices {
            let before = Self.standing(old, row)
            let after = Self.standing(new, row)
            let newly = Set(after.keys).subtracting(before.keys)
            let noLonger = Set(before.keys).subtracting(after.keys)
            if newly.isEmpty, noLonger.isEmpty { continue }
            let causes = newly.flatMap { change in (after[change] ?? []).map { "\(change) \($0)" } }
            let node = new.facts.nodes[row]
            for change in newly {
                rows["newly \(change)", default: []].insert(row)
                for cause in after[change] ?? [] {
                    rows["\(change) by \(cause) for \(Self.tenant(node))", default: []].insert(row)
                }
            }
            for change in noLonger { rows["no longer \(change)", default: []].insert(row) }
            lines.append(
                Self.line(
                    "\(new.facts.world.sources[node.source].name) \(node.kind.name) \(node.id)", newly, noLonger,
                    Set(causes)))
        }
        lines.sort()
        groups = rows.map { "\($0.key): \(Self.amount($0.value.map { new.facts.nodes[$0] }))" }.sorted()
    }

    private static func tenant(_ node: ModelNode) -> String {
        switch node.fields["tenant"] ?? .absent {
        case .absent: "-"
        case .undecided: "undecided"
        case .text(let name): name
        }
    }

    private static func amount(_ nodes: [ModelNode]) -> String {
        let sizes = nodes.map(\.bytes)
        let oldest = nodes.map(\.created).filter(\.isPoint).map(\.earliest).min()
        return "\(nodes.count) records, \(sizes.compactMap(\.self).reduce(0, +)) bytes, "
            + "\(sizes.count { $0 == nil }) unsized, oldest \(Comparison.moment(oldest))"
    }

    static func line(_ record: String, _ newly: Set<String>, _ noLonger: Set<String>, _ causes: Set<String>) -> String {
        "\(record): newly \(newly.sorted()), no longer \(noLonger.sorted()), because \(causes.sorted())"
    }

    /// What is true of a record, with the documents behind it.
    private static func standing(_ model: Model, _ row: Int) -> [String: Set<String>] {
        var standing: [String: Set<String>] = [:]
        let verdict = model.verdicts[row]
        for pair in verdict.pairs {
            let policy = model.policies[pair.policy]
            let isDue = pair.state == .due || pair.state == .overdue
            if pair.state == .error { standing["error", default: []].insert(policy.name) }
            if pair.state == .undetermined { standing["undetermined", default: []].insert(policy.name) }
            if pair.state == .excepted { standing["excepted", default: []].insert(model.exception(policy.name, row)) }
            if isDue, policy.mode == .observe { standing["due-if-enforced", default: []].insert(policy.name) }
            guard isDue, policy.mode == .enforce else { continue }
            standing["due", default: []].insert(policy.name)
            if pair.state == .overdue { standing["overdue", default: []].insert(policy.name) }
            if verdict.mayGo, policy.whenDue == .delete { standing["may-go", default: []].insert(policy.name) }
        }
        for validation in verdict.validations {
            let policy = model.facts.world.access[validation.policy]
            if validation.state == .error { standing["error", default: []].insert(policy.name) }
            if validation.state == .excepted {
                standing["excepted", default: []].insert(model.exception(policy.name, row))
            }
            if validation.state == .denied, policy.mode == .enforce {
                standing["denied", default: []].insert(policy.name)
            }
        }
        if verdict.isUncovered { standing["uncovered"] = ["-"] }
        let keeping = model.keepers[row]
        if !keeping.matters.isEmpty || keeping.late > World.asOf {
            let own = model.obligations[row]
            let policies = own.policies.filter { $0.value.latest > World.asOf }.map { model.policies[$0.key].name }
            let ended = own.ended.filter { $0.value > World.asOf }.map(\.key)
            let holds = (Array(own.matters) + ended).map { model.holds[$0].name }
            standing["kept"] = policies.isEmpty && holds.isEmpty ? ["-"] : Set(policies + holds)
        }
        return standing
    }
}
