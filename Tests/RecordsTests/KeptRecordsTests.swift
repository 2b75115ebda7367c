import Chronology
import TestSupport
import Testing

@testable import Records

/// What is left of a batch of which some records are left alone.
@Suite struct KeptRecordsTests {
    private func inventories(_ batches: [RecordBatch]) -> [Inventory] {
        var builder = InventoryBuilder(metadataKeys: Material.keys, rules: Material.rules)
        builder.beginSource("export")
        for batch in batches { _ = builder.append(batch) }
        let later = Moment(microseconds: Material.at(days: 60))
        return [InventoryTimeline(builder, until: later).inventory(at: later), builder.seal()]
    }

    private func words(_ inventories: [Inventory]) -> [[[String]]] {
        inventories.map { inventory in
            (0..<inventory.count).map { inventory.facts($0) + ["\(inventory.place($0)?.line ?? 0)"] }
        }
    }

    @Test func `they say what they say where no others were read, now and at a later instant`() {
        var random = SplitMix64(seed: 11)
        var kept = 0
        for _ in 0..<200 {
            let lines = InventoryTests.estate(&random)
            let chosen = lines.indices.filter { _ in Bool.random(using: &random) }
            kept += chosen.count
            var batch = Material.batch(lines, file: "a")
            batch.keep(only: chosen)
            #expect(batch.count == chosen.count && (0..<batch.count).map(batch.id) == chosen.map { lines[$0].id })
            let alone = chosen.map { Material.batch([lines[$0]], file: "a", firstLine: $0 + 1) }
            #expect(words(inventories([batch])) == words(inventories(alone)))
        }
        #expect(kept > 1_000)
    }

    @Test func `what is stated of them stays with them, and others can follow`() {
        let layout = RecordBatch.Layout(source: "export", metadataKeys: Material.keys, rules: Material.rules)
        var batch = RecordBatch(layout: layout, file: "a")
        func add(_ id: String, _ owner: String?) {
            batch.begin(.thread, line: 1)
            batch.appendId(Array(id.utf8).span)
            if let owner { _ = batch.state(.owner, Array(owner.utf8).span) }
            _ = batch.commit()
        }
        for (id, owner) in [("t1", "ann"), ("t2", "bob"), ("t3", nil), ("t4", "eve")] { add(id, owner) }
        batch.keep(only: [1, 2, 3])
        add("t5", "joe")
        let inventory = inventories([batch])[1]
        #expect((0..<4).map(inventory.id) == ["t2", "t3", "t4", "t5"])
        #expect((0..<4).map { inventory.text(inventory.owners[$0]) } == ["bob", "-", "eve", "joe"])
    }

    @Test func `a problem is one of the record on its line, and of any where nobody can tell`() {
        let lines = [
            Line(.thread, "t1"), Line(.thread, "t2").with { $0.created = .unreadable }, Line(.thread, "t3"),
        ]
        var batch = Material.batch(lines, file: "a")
        #expect(batch.placesOfProblems == [1])
        batch.keep(only: [1, 2])
        #expect(batch.placesOfProblems == [0])
        batch.moveLines(by: 100)
        #expect(batch.placesOfProblems == [0])
        batch.keep(only: [1])
        #expect(batch.placesOfProblems == [] && batch.problems.kept.count == 1)
        #expect(Material.batch([Line(.thread, "t1")], file: "a").placesOfProblems == [])
        batch.problems.add(Problem(code: .unreadable, source: "export", place: nil, message: "", losesData: true))
        #expect(batch.placesOfProblems == nil)
        batch.problems = ProblemLog()
        for _ in 0...ProblemLog.keptPerCode {
            let place = Place(file: "a", line: 1)
            batch.problems.add(
                Problem(code: .unreadable, source: "export", place: place, message: "", losesData: true))
        }
        #expect(batch.placesOfProblems == nil, "not all are kept")
    }
}
