import Chronology
import Connectors
import Evaluation
import Foundation
import Policies
import Records
import Reports
import RuleSupport
import TestSupport
import Testing

/// Random estates, written out as an export and read again.
@Suite struct ExportedEstateTests {
    @Test func `what is decided of an export is what was decided of the records that it was written from`() throws {
        let count: UInt64 = Campaign.isSoak ? 5_000 : 150
        var states: [String: Int] = [:]
        var doubtful = 0
        for seed in 0..<count {
            let world = WorldGenerator.world(seed: seed &+ 3_000_000).asOnTheWire
            let original = Comparison.evaluate(world)
            let inventory = world.inventory()
            let scratch = try Scratch()
            try InventoryExport(inventory, documents: []).write(to: scratch.path("out"))
            let again = decide(world, try read(inventory, scratch.path("out")))
            let isSame = Comparison.lines(original) == Comparison.lines(again)
            #expect(isSame, "seed \(seed)\n\(world)\n\(difference(original, again))")
            if !isSame { return }
            for finding in original.findings { states[finding.state.name, default: 0] += 1 }
            doubtful += (0..<inventory.count).count { inventory.isConflicted($0) || !inventory.created($0).isPoint }
        }
        print("exported estates: \(states.sorted { $0.key < $1.key }), \(doubtful) records of doubtful times")
        #expect(states.count >= 8 && doubtful > 100)
    }

    @Test func `what only a registry knew of records decides as it did once they are written out`() throws {
        let count: UInt64 = Campaign.isSoak ? 3_000 : 100
        var seen: [String: Int] = [:]
        for seed in 0..<count {
            var random = SplitMix64(seed: seed)
            let world = WorldGenerator.world(seed: seed &+ 5_000_000).asOnTheWire
            let scratch = try Scratch()
            let bare = world.inventory()
            try InventoryExport(bare, documents: []).write(to: scratch.path("bare"))
            let facts = world.registry(&random)
            let known = try scratch.write("known.ndjson", facts)
            let original = try read(bare, scratch.path("bare"), registry: { _ in known })
            try InventoryExport(original, documents: []).write(to: scratch.path("copy"))
            let again = try read(original, scratch.path("copy")) { source in
                let path = scratch.path("copy/\(source)/\(InventoryExport.registryName)")
                return FileManager.default.fileExists(atPath: path) ? path : nil
            }
            let (before, after) = (decide(world, original), decide(world, again))
            let isSame = Comparison.lines(before) == Comparison.lines(after)
            #expect(isSame, "seed \(seed)\n\(world)\n\(facts)\n\(difference(before, after))")
            if !isSame { return }
            seen["decided otherwise", default: 0] +=
                Comparison.lines(decide(world, bare)) == Comparison.lines(before) ? 0 : 1
            for row in 0..<original.count {
                seen["undecided", default: 0] += original.tenants[row] == StringTable.undecided ? 1 : 0
                let kind = original.kinds[row]
                seen["active container", default: 0] +=
                    kind == .container && original.ownActivity(row) != bare.ownActivity(row) ? 1 : 0
            }
            seen["with a registry", default: 0] +=
                FileManager.default.fileExists(
                    atPath: scratch.path("copy/openai-prod/\(InventoryExport.registryName)")) ? 1 : 0
        }
        print("exported registries: \(seen.sorted { $0.key < $1.key })")
        for feature in ["decided otherwise", "undecided", "active container", "with a registry"] {
            #expect(seen[feature, default: 0] >= 10, "\(feature)")
        }
    }

    private func decide(_ world: World, _ inventory: Inventory) -> ScanResult {
        var options = ScanOptions()
        options.requireCoverage = world.requireCoverage
        return Evaluator(policies: world.policySet, asOf: World.asOf, options: options).evaluate(inventory)
    }

    /// - Parameter registry: the file that knows something of a source's records.
    private func read(
        _ inventory: Inventory, _ directory: String, registry: (String) -> String? = { _ in nil }
    ) throws -> Inventory {
        let rules = TimeRules(asOf: World.asOf)
        var builder = InventoryBuilder(metadataKeys: World.keys, rules: rules)
        for name in inventory.sourceNames {
            let layout = RecordBatch.Layout(source: name, metadataKeys: World.keys, rules: rules)
            // A source of which nothing was read and nothing is known has no file either.
            guard try !FileManager.default.contentsOfDirectory(atPath: "\(directory)/\(name)").isEmpty else {
                builder.beginSource(name)
                continue
            }
            let entries = registry(name).map { [Source.RegistryEntry(.file($0), kind: nil)] } ?? []
            let source = Source(
                name: name, type: "export", path: nil, registry: entries, fields: .init(), atLeast: [], canaries: [],
                acceptedGaps: [], location: WorldDocuments.place)
            try ExportConnector(source, directory: "\(directory)/\(name)", layout: layout).read(into: &builder)
        }
        return builder.seal()
    }

    private func difference(_ first: ScanResult, _ second: ScanResult) -> String {
        let (left, right) = (Comparison.lines(first), Comparison.lines(second))
        return
            (left.filter { !right.contains($0) }.map { "  before: \($0)" }
            + right.filter { !left.contains($0) }.map { "  after:  \($0)" }).joined(separator: "\n")
    }
}

extension World {
    /// What somebody may have kept of the records: some of it contradicts them, some of it itself.
    fileprivate func registry(_ random: inout SplitMix64) -> String {
        var lines: [String] = []
        for record in records where record.kind.mayStandAlone && Int.random(in: 0..<3, using: &random) > 0 {
            var members = [("id", record.id), ("kind", record.kind.name)]
            for name in ["owner", "subject", "tenant"] where Int.random(in: 0..<3, using: &random) == 0 {
                members.append((name, "\(name.prefix(1))\(Int.random(in: 1...3, using: &random))"))
            }
            if Int.random(in: 0..<2, using: &random) == 0 {
                let days = [-700, -200, -91, -31, -3, 0, 20].randomElement(using: &random) ?? 0
                members.append(("lastActivity", "\(World.instant(days).microseconds / 1_000_000 + 7)"))
            }
            lines.append("{" + members.map { "\"\($0)\":\"\($1)\"" }.joined(separator: ",") + "}\n")
        }
        return lines.joined()
    }

    /// The same estate as far as the providers' wire shape can say it: which times a kind has, and what it can refer to.
    fileprivate var asOnTheWire: World {
        var world = self
        for index in world.records.indices {
            var record = world.records[index]
            record.modified = nil
            switch record.kind {
            case .message, .run, .runStep, .batch: break
            case .item, .response, .chatCompletion: record.activity = Array(record.activity.prefix(1))
            case .vectorStore, .container: record.activity = [record.activity.first ?? .missing]
            default: record.activity = []
            }
            if ![.file, .vectorStore, .container, .batch, .upload].contains(record.kind) { record.expires = nil }
            // Minutes after a last activity, or nothing that is believed.
            if record.kind == .container, record.expires != nil { record.expires = .missing }
            if record.kind != .item, record.created == nil { record.created = .missing }
            record.uses = record.uses.filter { record.kind.targets.has($0.kind) && $0.kind != .container }
            if record.kind == .vectorStoreFile || record.kind == .containerFile {
                // Its id is that of what holds it and its own, and in a store that is the file's.
                let own = record.uses.first?.id ?? record.id
                record.id = (record.container.map { "\($0)/" } ?? "") + own
                record.uses = record.kind == .vectorStoreFile ? [Target(.file, own)] : []
            }
            if record.kind == .upload { record.uses = Array(record.uses.prefix(1)) }
            if record.kind == .batch { record.uses = Array(record.uses.prefix(3)) }
            record.cites = record.cites.filter {
                record.kind == .run && $0.kind == .assistant || record.kind == .response && $0.kind == .response
            }
            world.records[index] = record
        }
        return world
    }
}
