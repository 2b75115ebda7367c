import Chronology
import Testing

@testable import Records

@Suite struct DuplicateTests {
    @Test func `equal records of one id are one record, and both places are listed`() {
        let line = Line(.file, "f").with { $0.metadata = ["product": "support"] }
        let inventory = Material.inventory([line, Line(.file, "g"), line])
        #expect(inventory.count == 2)
        #expect(inventory.coverage[0][.file].records == 2)
        let row = inventory.row(.file, "f")
        #expect(!inventory.isConflicted(row))
        #expect(inventory.created(row).isPoint)
        #expect(inventory.problems.sorted.map { $0.place?.line } == [1, 3])
        #expect(inventory.problems.kept.allSatisfy { $0.code == .duplicateId && $0.losesData })
        #expect(inventory.place(inventory.row(.file, "g")) == Place(file: "export.ndjson", line: 2))
    }

    /// Each way in which two records of one id can differ, with what is then known of the metadata key `product`.
    static let differences: [(name: String, product: String, change: @Sendable (inout Line) -> Void)] = [
        ("created", "support", { $0.created = .microseconds(Material.at(days: -7)) }),
        ("activity", "support", { $0.activity = [.missing] }),
        ("expires", "support", { $0.expires = .microseconds(Material.at(days: 7)) }),
        ("modified", "support", { $0.modified = .microseconds(Material.at(days: -7)) }),
        ("bytes", "support", { $0.bytes = 12 }),
        ("metadata", "undecided", { $0.metadata["product"] = "sales" }),
        ("metadata that is absent", "undecided", { $0.metadata = [:] }),
        ("references", "support", { $0.uses = [(.file, "f")] }),
        ("container", "support", { $0.container = "conv_2" }),
    ]

    @Test(arguments: differences.indices)
    func `records of one id that differ have no known time, whichever comes first`(index: Int) {
        let (name, product, change) = Self.differences[index]
        let one = Line(.response, "r", in: "conv_1").with { $0.metadata = ["product": "support"] }
        let others = [Line(.conversation, "conv_1"), Line(.conversation, "conv_2"), Line(.file, "f")]
        var seen: [[String]] = []
        for pair in [[one, one.with(change)], [one.with(change), one]] {
            let inventory = Material.inventory(others + pair)
            let row = inventory.row(.response, "r")
            #expect(inventory.isConflicted(row), "\(name)")
            #expect(inventory.created(row) == .everything)
            #expect(inventory.createdFact(row) == .implausible)
            #expect(inventory.ownActivity(row) == .everything)
            #expect(inventory.text(inventory.metadataColumn(1)[row]) == product, "\(name)")
            #expect(inventory.problems.sorted.map { $0.place?.line } == [4, 5])
            seen.append(inventory.facts(row))
        }
        #expect(seen[0] == seen[1], "\(name)")
    }

    @Test func `the references of all records of one id are joined`() {
        let inventory = Material.inventory([
            Line(.thread, "t1"), Line(.thread, "t2"), Line(.file, "a"), Line(.file, "b"),
            Line(.message, "m", in: "t1").with { $0.uses = [(.file, "a")] },
            Line(.message, "m", in: "t2").with { $0.uses = [(.file, "b"), (.file, "a")] },
        ])
        let row = inventory.row(.message, "m")
        let used = inventory.edges.leaving(row).map { inventory.id(Int(inventory.edges.to[$0])) }
        #expect(used == ["a", "b"])
        #expect(inventory.id(Int(inventory.containers[row])) == "t1")
        let second = inventory.row(.thread, "t2")
        let contained = inventory.edges.leaving(second).map { (inventory.edges.relation[$0], inventory.edges.to[$0]) }
        #expect(contained.count == 1)
        #expect(contained.first?.0 == .contains)
        #expect(contained.first?.1 == UInt32(row))
    }

    @Test func `what two containers of one record disagree on is undecided for it and below it`() {
        let inventory = Material.inventory([
            Line(.thread, "t1").with { $0.metadata = ["tenant": "one", "owner": "o"] },
            Line(.thread, "t2").with { $0.metadata = ["tenant": "two", "owner": "o"] },
            Line(.run, "r", in: "t1"), Line(.run, "r", in: "t2"), Line(.runStep, "s", in: "r"),
        ])
        for row in [inventory.row(.run, "r"), inventory.row(.runStep, "s")] {
            #expect(inventory.tenants[row] == StringTable.undecided)
            #expect(inventory.text(inventory.owners[row]) == "o")
        }
    }

    @Test func `the same id in another kind is another record`() {
        let inventory = Material.inventory([Line(.file, "x"), Line(.thread, "x")])
        #expect(inventory.count == 2)
        #expect(inventory.problems.kept.isEmpty)
        #expect(inventory.rows(withId: "x").map { inventory.kinds[$0] } == [.thread, .file])
    }
}
