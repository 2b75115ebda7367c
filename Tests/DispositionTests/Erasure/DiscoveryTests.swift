import Chronology
import Crypto
import Evaluation
import Records
import RuleSupport
import TestSupport
import Testing

@testable import Disposition

/// Everything here happens to Anna, whose id is `a`; Bert is somebody else.
@Suite struct DiscoveryTests {
    private let day = "2026-01-01"
    private let anna = ["subject": "a"]
    private let bert = ["subject": "b"]

    @Test func `what names them as its subject is theirs, with all that it contains`() throws {
        var estate = Estate()
        estate.add(.thread, "t", created: day, anna)
        estate.add(.message, "m", created: day, in: "t")
        estate.add(.run, "r", created: day, in: "t")
        estate.add(.thread, "u", created: day, bert)
        #expect(try found(estate) == "t m r |")
    }

    @Test func `an owner names them where no subject names somebody else (case 48)`() throws {
        var estate = Estate()
        estate.add(.file, "f1", created: day, ["owner": "a"])
        estate.add(.file, "f2", created: day, ["owner": "a", "subject": "b"])
        estate.add(.file, "f3", created: day, ["owner": "b"])
        #expect(try found(estate) == "f1 | f2: names-others")
    }

    @Test func `their message in somebody else's thread is theirs, and the thread is not (cases 44 and 45)`() throws {
        var estate = Estate()
        estate.add(.thread, "t", created: day, bert)
        estate.add(.message, "m1", created: day, in: "t", bert)
        estate.add(.message, "m2", created: day, in: "t", anna)
        #expect(try found(estate) == "m2 | t: mentions")
    }

    @Test func `their thread with somebody else's message is looked at, and their own messages go (case 45)`() throws {
        var estate = Estate()
        estate.add(.thread, "t", created: day, anna)
        estate.add(.message, "m1", created: day, in: "t", anna)
        estate.add(.message, "m2", created: day, in: "t", bert)
        estate.add(.message, "m3", created: day, in: "t", undecided: ["subject"])
        #expect(try found(estate) == "m1 | t: holds-others m3: undecided")
    }

    @Test func `what only theirs use is theirs, and what others use too is looked at (case 19)`() throws {
        var estate = Estate()
        estate.add(.thread, "t", created: day, anna, uses: [(.vectorStore, "vs")])
        estate.add(.message, "m", created: day, in: "t", uses: [(.file, "own"), (.file, "shared"), (.file, "berts")])
        estate.add(.thread, "u", created: day, bert, uses: [(.file, "shared")])
        estate.add(.file, "own", created: day)
        estate.add(.file, "shared", created: day)
        estate.add(.file, "berts", created: day, bert)
        estate.add(.vectorStore, "vs", created: day)
        estate.add(.vectorStoreFile, "vs/1", created: day, in: "vs", uses: [(.file, "indexed")])
        estate.add(.file, "indexed", created: day)
        #expect(try found(estate) == "t m indexed own vs vs/1 | berts: names-others shared: shared")
    }

    @Test func `an index of their file is theirs, also in somebody else's store (case 42)`() throws {
        var estate = Estate()
        estate.add(.file, "f", created: day, anna)
        estate.add(.vectorStore, "vs", created: day, bert)
        estate.add(.vectorStoreFile, "vs/f", created: day, in: "vs", uses: [(.file, "f")])
        #expect(try found(estate) == "f vs/f | vs: mentions")
    }

    @Test func `responses that go on from theirs are in scope, and those of others are looked at (case 41)`() throws {
        var estate = Estate()
        estate.add(.response, "r1", created: day, anna)
        estate.add(.response, "r2", created: day, cites: [(.response, "r1")])
        estate.add(.response, "r3", created: day, bert, cites: [(.response, "r2")])
        estate.add(.response, "r4", created: day, cites: [(.response, "r3")])
        #expect(try found(estate) == "r1 r2 | r3: names-others")
    }

    @Test func `an address is found in any spelling that is the same, and by its digest (cases 46 and 47)`() throws {
        var estate = Estate()
        let digest = try SHA256.digest("anna@example.org").hex
        estate.add(.file, "f1", created: day, ["subject": "ANNA@example.org"])
        estate.add(.file, "f2", created: day, ["subject": digest])
        estate.add(.file, "f3", created: day, ["subject": "anna+news@example.org"])
        estate.add(.file, "f4", created: day, ["subject": "anna@example.com"])
        estate.add(.file, "f5", created: day, ["product": "anna@example.org"])
        let address = try #require(EmailAddress("Anna@Example.org"))
        #expect(try found(estate, [.email(address)]) == "f1 f2 | f3: alike f5: mentions")
        #expect(try found(estate, [.digest(digest)]) == "f1 f2 | f5: mentions")
        #expect(try found(estate, [.metadata(key: "product", value: "Anna@example.org")]) == "f5 |")
    }

    @Test func `a metadata key and an id that the request names are theirs, unless somebody else is named`() throws {
        var estate = Estate()
        estate.add(.thread, "t1", created: day, ["project": "p"])
        estate.add(.thread, "t2", created: day, ["project": "p", "subject": "b"])
        estate.add(.thread, "t3", created: day)
        #expect(
            try found(estate, [.metadata(key: "project", value: "p"), .identifier("t3")])
                == "t1 t3 | t2: names-others")
    }

    @Test func `a word that only some key says is looked at, and never acted on (case 48)`() throws {
        var estate = Estate()
        estate.add(.thread, "t", created: day, ["product": "Anna"])
        #expect(try found(estate, [.identifier("Anna")]) == "| t: mentions")
    }

    @Test func `the path leads from a record that names them to each that was found`() throws {
        var estate = Estate()
        estate.add(.thread, "t", created: day, anna)
        estate.add(.message, "m", created: day, in: "t", uses: [(.file, "f")])
        estate.add(.file, "f", created: day)
        let result = scan(estate)
        let discovery = try Discovery(try requestOfAnna(), in: result)
        let path = discovery.path(to: result.row("f"))
        #expect(path.map { result.inventory.id($0.row) } == ["m", "f"])
        #expect(path.map(\.way) == [.named(.subject, .user), .through(.usedBy, row: result.row("m"))])
        #expect(discovery.path(to: 99).isEmpty)
    }

    @Test func `what names nobody is counted, by source and kind`() throws {
        var estate = Estate()
        estate.add(.thread, "t", created: day, anna)
        estate.add(.file, "f1", created: day)
        estate.add(.file, "f2", created: day)
        estate.add(.file, "f3", created: day, bert)
        let discovery = try Discovery(try requestOfAnna(), in: scan(estate))
        #expect(discovery.ownerless == [.init(source: "export", kind: "file", records: 2)])
    }

    @Test func `the order in which records were read changes nothing, and circles end`() throws {
        var seen = 0
        for seed in 0..<200 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            var estate = Estate()
            let subjects = [[:], anna, bert]
            for number in 0..<6 { estate.add(.thread, "t\(number)", created: day, random.pick(subjects)) }
            for number in 0..<10 {
                let uses: [(Kind, String)] = (0..<2).map { _ in (.file, "f\(random.pick([0, 1, 2, 3]))") }
                estate.add(
                    .message, "m\(number)", created: day, in: "t\(random.pick([0, 1, 2, 3, 4, 5]))",
                    random.pick(subjects), uses: uses)
            }
            for number in 0..<4 { estate.add(.file, "f\(number)", created: day, random.pick([[:], [:], anna, bert])) }
            for number in 0..<4 {
                estate.add(
                    .response, "r\(number)", created: day, random.pick(subjects),
                    cites: [(.response, "r\(random.pick([0, 1, 2, 3]))")])
            }
            let first = try told(estate)
            estate.items.shuffle(using: &random)
            #expect(try told(estate) == first, "seed \(seed)")
            seen += first.count
        }
        #expect(seen > 2_000)
    }
}
