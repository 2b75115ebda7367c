import Chronology
import Testing

@testable import Records

@Suite struct ReferenceTests {
    @Test func `references may point forwards and across batches`() {
        let lines = [
            Line(.message, "m", in: "t").with { $0.uses = [(.file, "f")] }, Line(.file, "f"), Line(.thread, "t"),
        ]
        for size in [1, 2, 3] {
            let inventory = Material.inventory(lines, batchSize: size)
            let row = inventory.row(.message, "m")
            #expect(Int(inventory.containers[row]) == inventory.row(.thread, "t"))
            #expect(inventory.edges.leaving(row).map { Int(inventory.edges.to[$0]) } == [inventory.row(.file, "f")])
            #expect(inventory.problems.kept.isEmpty)
            let holders = ReverseEdges(inventory).reaching(inventory.row(.file, "f"))
            #expect(holders.map(\.row) == [row])
        }
    }

    @Test func `a reference into a kind that was read to its end protects nothing and is listed (case 38)`() {
        let inventory = Material.inventory([
            Line(.assistant, "a").with { $0.uses = [(.file, "gone"), (.file, "f")] }, Line(.file, "f"),
        ])
        #expect(inventory.edges.count == 1)
        #expect(inventory.problems.kept.map(\.code) == [.danglingReference])
        #expect(inventory.problems.kept.first?.id == "a")
        #expect(inventory.problems.kept.first?.losesData == false)
    }

    @Test func `a reference into a kind that was not read says nothing`() {
        let inventory = Material.inventory(
            [Line(.assistant, "a").with { $0.uses = [(.file, "gone")] }], read: [.assistant])
        #expect(inventory.edges.count == 0)
        #expect(inventory.problems.kept.isEmpty)
    }

    @Test func `what hangs on an absent container protects nothing, however far below (case 38)`() {
        let lines = [
            Line(.run, "r", in: "gone"), Line(.runStep, "s", in: "r").with { $0.uses = [(.file, "f")] },
            Line(.file, "f"),
        ]
        let complete = Material.inventory(lines)
        #expect(complete.edges.count == 0)
        #expect(complete.containers[complete.row(.run, "r")] == Inventory.unknownContainer)
        #expect(complete.problems.kept.map(\.code) == [.danglingReference])
        let blind = Material.inventory(lines, read: [.run, .runStep, .file])
        #expect(blind.edges.count == 1)
        #expect(blind.problems.kept.isEmpty)
    }

    @Test func `a record of which one container is absent and another is there is no orphan`() {
        for containers in [["gone", "t"], ["t", "gone"], ["a-gone", "t"]] {
            let inventory = Material.inventory(
                [Line(.thread, "t"), Line(.file, "f")]
                    + containers.map { Line(.message, "m", in: $0).with { $0.uses = [(.file, "f")] } })
            let row = inventory.row(.message, "m")
            #expect(Int(inventory.containers[row]) == inventory.row(.thread, "t"))
            #expect(inventory.edges.leaving(row).count == 1)
            #expect(inventory.problems.counts[.danglingReference] == 1)
        }
    }

    @Test func `a part that does not say what it belongs to is listed; a response may stand alone`() {
        let inventory = Material.inventory([Line(.message, "m"), Line(.response, "r"), Line(.file, "f", in: "t")])
        #expect(inventory.containers[inventory.row(.message, "m")] == Inventory.unknownContainer)
        #expect(inventory.containers[inventory.row(.response, "r")] == Inventory.noContainer)
        #expect(inventory.containers[inventory.row(.file, "f")] == Inventory.noContainer)
        #expect(inventory.problems.kept.map(\.code) == [.missingContainer])
        #expect(inventory.problems.losesData)
    }

    @Test func `owner, subject and tenant pass down to what says nothing itself`() {
        let inventory = Material.inventory([
            Line(.runStep, "s", in: "r"), Line(.run, "r", in: "t"),
            Line(.thread, "t").with { $0.metadata = ["tenant": "t1", "subject": "s1", "owner": "o1"] },
            Line(.message, "m", in: "t").with { $0.metadata = ["subject": "own"] },
        ])
        let step = inventory.row(.runStep, "s")
        #expect(
            [inventory.owners, inventory.subjects, inventory.tenants].map { inventory.text($0[step]) } == [
                "o1", "s1", "t1",
            ])
        let message = inventory.row(.message, "m")
        #expect(inventory.text(inventory.subjects[message]) == "own")
        #expect(inventory.text(inventory.tenants[message]) == "t1")
        #expect(inventory.text(inventory.metadataColumn(3)[message]) == "-")
    }
}
