import Chronology
import TestSupport
import Testing

@testable import Records

@Suite struct InventoryTests {
    @Test func `places survive batches, gaps and files`() {
        var builder = InventoryBuilder(metadataKeys: Material.keys, rules: Material.rules)
        builder.beginSource("export")
        _ = builder.append(Material.batch([Line(.file, "a"), Line(.file, "b")], file: "files.ndjson", firstLine: 1))
        _ = builder.append(Material.batch([Line(.file, "c")], file: "files.ndjson", firstLine: 7))
        _ = builder.append(Material.batch([Line(.thread, "a")], file: "threads.ndjson", firstLine: 3))
        let inventory = builder.seal()
        let places = (0..<4).map { inventory.place($0).map { "\($0.file):\($0.line)" } }
        #expect(places == ["files.ndjson:1", "files.ndjson:2", "files.ndjson:7", "threads.ndjson:3"])
    }

    @Test func `an unfinished record leaves nothing behind`() {
        let layout = RecordBatch.Layout(source: "export", metadataKeys: Material.keys, rules: Material.rules)
        var batch = RecordBatch(layout: layout, file: "f")
        batch.begin(.message, line: 1)
        batch.appendId(Array("torn".utf8).span)
        batch.setMetadata(1, Array("x".utf8).span)
        batch.addReference(.uses, to: .file, Array("f".utf8).span)
        batch.begin(.thread, line: 2)
        let isWithoutId = !batch.commit()
        #expect(isWithoutId)
        batch.begin(.thread, line: 3)
        batch.appendId(Array("t".utf8).span)
        let isCommitted = batch.commit()
        let isCommittedTwice = batch.commit()
        #expect(isCommitted && !isCommittedTwice)
        batch.begin(.thread, line: 4)
        batch.appendId(Array("also torn".utf8).span)
        batch.addReference(.uses, to: .file, Array("f".utf8).span)
        var builder = InventoryBuilder(metadataKeys: Material.keys, rules: Material.rules)
        builder.beginSource("export")
        _ = builder.append(batch)
        let inventory = builder.seal()
        #expect(inventory.count == 1)
        #expect(inventory.id(0) == "t")
        #expect(inventory.edges.count == 0)
        #expect(inventory.text(inventory.metadataColumn(1)[0]) == "-")
    }

    @Test func `a store's file is named by both`() {
        let layout = RecordBatch.Layout(source: "export", metadataKeys: [], rules: Material.rules)
        var batch = RecordBatch(layout: layout, file: "f")
        batch.begin(.vectorStoreFile, line: 1)
        batch.appendId(Array("vs".utf8).span)
        batch.appendId(Array("file".utf8).span)
        _ = batch.commit()
        var builder = InventoryBuilder(metadataKeys: [], rules: Material.rules)
        builder.beginSource("export")
        _ = builder.append(batch)
        let inventory = builder.seal()
        #expect(inventory.row(source: 0, kind: .vectorStoreFile, id: "vs/file") == 0)
    }

    @Test func `a kind was read to its end only if no line was lost, of any kind that nobody knows`() {
        var coverage = SourceCoverage(name: "export")
        #expect(coverage.completeKinds.isEmpty)
        coverage[.thread].wasRead = true
        coverage[.file].wasRead = true
        coverage[.file].lost = 1
        #expect(coverage.completeKinds == KindSet(.thread))
        coverage.lostOfUnknownKind = 1
        #expect(coverage.completeKinds.isEmpty)
    }

    @Test func `equal ids in two sources are two records, and references stay in their source`() {
        var builder = InventoryBuilder(metadataKeys: Material.keys, rules: Material.rules)
        for name in ["b", "a"] {
            builder.beginSource(name)
            builder.currentCoverage[.file].wasRead = true
            let user = Line(.assistant, "x").with { $0.uses = [(.file, "f")] }
            _ = builder.append(Material.batch(name == "b" ? [Line(.file, "f"), user] : [user], file: name))
        }
        let inventory = builder.seal()
        #expect(inventory.count == 3)
        #expect(inventory.edges.count == 1)
        #expect(inventory.problems.kept.map(\.source) == ["a"])
        #expect((0..<3).sorted(by: inventory.precedes) == [2, 1, 0])
    }

    @Test func `problems past the limit are still counted`() {
        var log = ProblemLog()
        for line in 0..<(ProblemLog.keptPerCode + 5) {
            log.add(
                Problem(
                    code: .malformedLine, source: "s", place: Place(file: "f", line: line), message: "", losesData: true
                ))
        }
        var joined = ProblemLog()
        joined.add(contentsOf: log)
        joined.add(contentsOf: log)
        #expect(joined.kept.count == ProblemLog.keptPerCode)
        #expect(joined.counts[.malformedLine] == 2 * (ProblemLog.keptPerCode + 5))
        #expect(joined.losesData)
    }

    @Test func `one source's flood of problems hides nothing of another's`() {
        var flood = ProblemLog()
        for line in 0..<(ProblemLog.keptPerCode + 5) {
            flood.add(
                Problem(
                    code: .malformedLine, source: "a", place: Place(file: "f", line: line), message: "", losesData: true
                ))
        }
        var log = ProblemLog()
        log.add(contentsOf: flood)
        for _ in 0..<3 { log.add(Problem(code: .malformedLine, source: "b", place: nil, message: "", losesData: true)) }
        log.add(Problem(code: .futureTime, source: "b", place: nil, message: "", losesData: false))
        #expect(log.kept.count { $0.source == "b" } == 4)
        #expect(log.losses(inSource: "a") == [.malformedLine: ProblemLog.keptPerCode + 5])
        #expect(log.losses(inSource: "b") == [.malformedLine: 3])
        #expect(log.count(of: .malformedLine) == ProblemLog.keptPerCode + 8)
        #expect(log.count(of: .malformedLine, inSource: "b") == 3)
    }

    @Test func `the order of lines and the size of batches mean nothing`() {
        var generator = SplitMix64(seed: 7)
        for _ in 0..<60 {
            let lines = Self.estate(&generator)
            let first = Self.summary(Material.inventory(lines))
            for size in [1, 3, 100] {
                let second = Self.summary(Material.inventory(lines.shuffled(using: &generator), batchSize: size))
                #expect(first == second)
                if first != second { return }
            }
        }
    }

    /// A few dozen records that share files, contradict each other and refer to what is not there.
    static func estate(_ generator: inout SplitMix64) -> [Line] {
        func pick<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &generator)] }
        let kinds: [Kind] = [.thread, .message, .run, .runStep, .file, .conversation, .response, .vectorStore]
        return (0..<Int.random(in: 5...30, using: &generator)).map { _ in
            let kind = pick(kinds)
            let container: String? = pick([nil, "1", "2", "3", "absent"])
            return Line(kind, pick(["1", "2", "3", "4", "5"]), in: container).with {
                $0.created = pick([nil, .missing, .unreadable, .microseconds(Material.at(days: pick([-5, -50, 50])))])
                $0.expires = pick([nil, nil, .microseconds(Material.at(days: 5))])
                $0.activity = pick([[], [.missing], [.microseconds(Material.at(days: -1))]])
                $0.metadata = pick([[:], ["tenant": "a"], ["tenant": "b", "product": "p"]])
                $0.uses = pick([[], [(.file, "1")], [(.file, "2"), (.file, "absent")]])
                $0.bytes = pick([-1, 5, 1 << 40])
            }
        }
    }

    static func summary(_ inventory: Inventory) -> [[String]] {
        let rows = (0..<inventory.count).map(inventory.facts).sorted { $0.joined() < $1.joined() }
        return rows + [inventory.problems.counts.map { "\($0.key) \($0.value)" }.sorted()]
    }

    @Test func `a message costs at most a hundred bytes, its id included`() {
        var builder = InventoryBuilder(metadataKeys: Material.keys, rules: Material.rules)
        builder.beginSource("export")
        for kind in Kind.allCases { builder.currentCoverage[kind].wasRead = true }
        let pad = "aBcDeFgHiJkLmNoPqRsTuVwX"
        func id(_ prefix: String, _ number: Int) -> String {
            let digits = String(number)
            return prefix + pad.dropLast(digits.count) + digits
        }
        let threads = 500
        _ = builder.append(
            Material.batch((0..<threads).map { Line(.thread, id("thread_", $0)) }, file: "threads.ndjson"))
        _ = builder.append(Material.batch((0..<100).map { Line(.file, id("file-", $0)) }, file: "files.ndjson"))
        for window in 0..<20 {
            let messages = (0..<1000).map { offset in
                let number = window * 1000 + offset
                return Line(.message, id("msg_", number), in: id("thread_", number % threads)).with {
                    $0.activity = [.microseconds(Material.at(days: -20))]
                    if number % 20 == 0 { $0.uses = [(.file, id("file-", number % 100))] }
                }
            }
            _ = builder.append(Material.batch(messages, file: "messages.ndjson", firstLine: window * 1000 + 1))
        }
        let inventory = builder.seal()
        #expect(inventory.count == 20_600)
        #expect(inventory.problems.kept.isEmpty)
        #expect(Double(inventory.footprint) / Double(inventory.count) <= 100)
    }
}
