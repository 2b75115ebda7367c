import Chronology
import Policies
import ProviderFacts
import Records
import RuleSupport
import Testing

@testable import Evaluation

/// What nothing holds any more is claimed where that is certain, and only there.
@Suite struct OrphanTests {
    private let old = "2026-01-01"

    private func search(
        _ estate: Estate, grace: String = "7d", sources: [Source] = [], graph: DeletionGraph? = nil
    ) -> Orphans {
        OrphanSearch(
            estate.inventory(), policies: PolicySet(sources: sources), grace: period(grace), asOf: asOf
        ).run { _ in graph }
    }

    private func lines(_ orphans: Orphans) -> [String] {
        orphans.found.map { orphan in
            let absent = orphan.absent.map { " of \(orphan.references) \($0)" } ?? ""
            return "\(orphan.what) \(orphans.inventory.id(orphan.row))\(absent)"
        }
    }

    @Test func `a file is an orphan once its store's entry is gone and nothing else names it (case 33)`() {
        var estate = Estate()
        estate.add(.vectorStore, "v", created: old)
        estate.add(.vectorStoreFile, "v/held", created: old, in: "v", uses: [(.file, "held")])
        for file in ["held", "alone"] { estate.add(.file, file, created: old) }
        #expect(lines(search(estate)) == ["unreferenced alone"])
    }

    @Test func `whatever refers to a file counts (cases 36, 37)`() {
        for kind in Kind.file.users.kinds {
            var estate = Estate()
            estate.add(.thread, "t", created: old)
            estate.add(.run, "r", created: old, in: "t")
            estate.add(.vectorStore, "v", created: old)
            estate.add(.conversation, "c", created: old)
            let container = [Kind.message: "t", .runStep: "r", .vectorStoreFile: "v", .item: "c"][kind]
            estate.add(kind, "user", created: old, in: container, uses: [(.file, "f")])
            estate.add(.file, "f", created: old)
            #expect(search(estate).found.isEmpty, "\(kind)")
        }
    }

    @Test func `a reference that dangles, or stands on what hangs on nothing, protects no file (case 38)`() {
        var estate = Estate()
        estate.add(.vectorStoreFile, "gone/f", created: old, in: "gone", uses: [(.file, "f")])
        estate.add(.message, "m", created: old, in: "nowhere", uses: [(.file, "f"), (.file, "lost")])
        estate.add(.file, "f", created: old)
        #expect(
            lines(search(estate)) == [
                "leftover m of 1 thread", "unreferenced f", "leftover gone/f of 1 vectorStore",
            ])
    }

    @Test func `items of a deleted conversation and all below a deleted thread are left over (case 32)`() {
        var estate = Estate()
        estate.add(.item, "i", created: old, in: "deleted")
        estate.add(.response, "alone", created: old)
        estate.add(.run, "r", created: old, in: "deleted")
        estate.add(.runStep, "s", created: old, in: "r")
        #expect(
            lines(search(estate)) == ["leftover r of 1 thread", "leftover s", "leftover i of 1 conversation"])
    }

    @Test func `the entry of a file that is gone is left over, other references dangle`() {
        var estate = Estate()
        estate.add(.vectorStore, "v", created: old)
        estate.add(.vectorStoreFile, "v/f", created: old, in: "v", uses: [(.file, "f")])
        estate.add(.batch, "b", created: old, uses: [(.file, "x"), (.file, "y")])
        estate.add(.response, "second", created: old, cites: [(.response, "first")])
        #expect(
            lines(search(estate)) == [
                "leftover v/f of 1 file", "dangling second of 1 response", "dangling b of 2 file",
            ])
    }

    @Test func `a file has a grace, to the second (case 37)`() {
        var estate = Estate()
        estate.add(.file, "reached", created: "2026-11-13T00:00:00Z")
        estate.add(.file, "young", created: "2026-11-13T00:00:01Z")
        estate.add(.file, "unknown", reading: .missing)
        let orphans = search(estate)
        #expect(lines(orphans) == ["unreferenced reached"])
        #expect(orphans.unclear.map(\.reason) == [.age] && orphans.unclear.map(\.count) == [1])
        #expect(lines(search(estate, grace: "PT1S")) == ["unreferenced reached", "unreferenced young"])
        #expect(lines(search(estate, grace: "1mo")) == [])
    }

    @Test(arguments: Kind.file.users.kinds)
    func `no file is claimed where one referring kind was not read to its end (case 37)`(kind: Kind) {
        var estate = Estate()
        estate.add(.file, "f", created: old)
        estate.unread = KindSet(kind)
        let orphans = search(estate)
        #expect(orphans.found.isEmpty)
        #expect(orphans.unclear.map(\.reason) == [.unread(KindSet(kind))])
        #expect(orphans.unclear.allSatisfy { !$0.isAccepted && $0.what == .unreferenced })
    }

    @Test func `an accepted gap excuses what cannot be claimed, and makes no claim`() {
        var estate = Estate()
        estate.add(.file, "f", created: old)
        estate.unread = [.init(.message), .init(.upload)]
        func accepting(_ kinds: KindSet, until: String) -> Orphans {
            let source = Source(
                name: "export", type: "export", path: "e", fields: Source.Fields(), atLeast: [], canaries: [],
                acceptedGaps: [.init(kinds: kinds, reason: "", ticket: nil, until: moment(until), untilText: until)],
                location: place)
            return search(estate, sources: [source])
        }
        #expect(accepting([.init(.message), .init(.upload)], until: "2026-11-21").unclear.map(\.isAccepted) == [true])
        #expect(accepting([.init(.message)], until: "2026-11-21").unclear.map(\.isAccepted) == [false])
        let expired = accepting([.init(.message), .init(.upload)], until: "2026-11-20")
        #expect(expired.unclear.map(\.isAccepted) == [false] && expired.found.isEmpty)
    }

    @Test func `what may lead nowhere is counted with what was not read`() {
        var estate = Estate()
        estate.unread = [.init(.thread), .init(.file)]
        estate.add(.message, "m1", created: old, in: "t", uses: [(.file, "f")])
        estate.add(.message, "m2", created: old, in: "t")
        let orphans = search(estate)
        #expect(orphans.found.isEmpty)
        #expect(orphans.unclear.map(\.what) == [.leftover, .dangling])
        #expect(orphans.unclear.map(\.count) == [2, 1])
        #expect(orphans.unclear.map(\.reason) == [.unread(KindSet(.thread)), .unread(KindSet(.file))])
    }

    @Test func `a file that another source refers to under its id is none`() {
        var estate = Estate()
        estate.add(.file, "f", created: old, source: "one")
        estate.add(.file, "f", created: old, source: "two")
        estate.add(.batch, "b", created: old, uses: [(.file, "f")], source: "two")
        estate.add(.file, "g", created: old, source: "one")
        #expect(lines(search(estate)) == ["unreferenced g"])
    }

    @Test func `a part that outlives its container refutes a graph that says it goes along`() throws {
        let graph = try DeletionGraph.openAI()
        var estate = Estate()
        estate.add(.containerFile, "c/f", created: old, in: "c")
        estate.add(.item, "i", created: old, in: "c")
        let orphans = search(estate, graph: graph)
        #expect(orphans.refuted.map(\.kind) == [.containerFile])
        #expect(search(estate).refuted.isEmpty)
    }
}
