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
            try InventoryExport(inventory, fields: [:]).write(to: scratch.path("out"))
            var options = ScanOptions()
            options.requireCoverage = world.requireCoverage
            let again = Evaluator(policies: world.policySet, asOf: World.asOf, options: options)
                .evaluate(try read(inventory, scratch.path("out")))
            let isSame = Comparison.lines(original) == Comparison.lines(again)
            #expect(isSame, "seed \(seed)\n\(world)\n\(difference(original, again))")
            if !isSame { return }
            for finding in original.findings { states[finding.state.name, default: 0] += 1 }
            doubtful += (0..<inventory.count).count { inventory.isConflicted($0) || !inventory.created($0).isPoint }
        }
        print("exported estates: \(states.sorted { $0.key < $1.key }), \(doubtful) records of doubtful times")
        #expect(states.count >= 8 && doubtful > 100)
    }

    private func read(_ inventory: Inventory, _ directory: String) throws -> Inventory {
        let rules = TimeRules(asOf: World.asOf)
        var builder = InventoryBuilder(metadataKeys: World.keys, rules: rules)
        for name in inventory.sourceNames {
            let layout = RecordBatch.Layout(source: name, metadataKeys: World.keys, rules: rules)
            // A source of which nothing was read and nothing is known has no file either.
            guard try !FileManager.default.contentsOfDirectory(atPath: "\(directory)/\(name)").isEmpty else {
                builder.beginSource(name)
                continue
            }
            try ExportConnector(directory: "\(directory)/\(name)", layout: layout, threads: 1).read(into: &builder)
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
