import Chronology
import Crypto
import Evaluation
import Records
import RuleSupport
import TestSupport
import Testing

@testable import Disposition

/// Copies under another id: Anna's file is `f`, and its hash stands with it as `sha256`; Bert is somebody else.
@Suite struct CopyTests {
    private let day = "2026-01-01"
    private let anna = ["subject": "a"]
    private let bert = ["subject": "b"]
    private let hash: [String: String]

    init() throws { hash = ["sha256": try SHA256.digest("what is in the file").hex] }

    /// Anna's file, and whatever else.
    private func estate(_ own: [String: String]? = nil, _ fill: (inout Estate) -> Void) -> Estate {
        var estate = Estate()
        estate.metadataKeys += ["checksum", "sha256"]
        estate.add(.file, "f", created: day, anna.merging(own ?? hash) { $1 })
        fill(&estate)
        return estate
    }

    private func copies(of keys: [String] = ["sha256"], _ fill: (inout Estate) -> Void) throws -> String {
        try found(estate(nil, fill), hashes: keys)
    }

    @Test func `the same bytes under a second id go along, where the request names the key (case 39)`() throws {
        let fill = { (estate: inout Estate) in
            estate.add(.file, "g", created: day, hash)
            estate.add(.file, "other", created: day, ["sha256": String(repeating: "4b1d", count: 16)])
            estate.add(.file, "none", created: day)
            estate.add(.file, "elsewhere", created: day, hash, source: "another")
        }
        #expect(try copies(fill) == "elsewhere f g |")
        #expect(try copies(of: [], fill) == "f |")
        #expect(try copies(of: ["checksum", "unread"], fill) == "f |")
    }

    @Test func `a copy of somebody else, or that somebody else uses, is looked at (cases 39 and 44)`() throws {
        let found = try copies { estate in
            estate.add(.file, "berts", created: day, hash.merging(bert) { $1 })
            estate.add(.file, "disputed", created: day, hash, undecided: ["subject"])
            estate.add(.file, "used", created: day, hash)
            estate.add(.message, "m", created: day, uses: [(.file, "used")])
            estate.add(.vectorStore, "vs", created: day)
            estate.add(.thread, "t", created: day, bert, uses: [(.vectorStore, "vs")])
            estate.add(.vectorStoreFile, "vs/1", created: day, in: "vs", hash)
            estate.add(.vectorStoreFile, "vs/2", created: day, in: "vs", uses: [(.file, "indexed")])
            estate.add(.file, "indexed", created: day, hash)
        }
        #expect(
            found == "f | berts: names-others disputed: undecided indexed: shared used: shared vs/1: shared")
    }

    @Test func `what is looked at has the record that it is a copy of in its path`() throws {
        let estate = estate {
            $0.add(.file, "berts", created: day, hash.merging(bert) { $1 })
            $0.add(.file, "g", created: day, hash)
        }
        #expect(
            try told(estate, hashes: ["sha256"]) == [
                "theirs: named f", "theirs: named f, sameContents g", "names-others: named f, sameContents berts",
            ])
    }

    @Test(arguments: [
        "", " ", "\u{A0}\t", "unknown", "not-hashed-yet-try-again-later", "9ae0daaf", "9ae0daaf9ae0daaf",
        String(repeating: "0", count: 64), "sha256:\(String(repeating: "f", count: 64))",
        "d41d8cd98f00b204e9800998ecf8427e", "1B2M2Y8AsgTpgAmY7PhCfg==", "md5:D41D8CD98F00B204E9800998ECF8427E",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
        "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "cf83e1357eefb8bdf1542850d66d80",
    ])
    func `a value that is blank, a word, too short, or of nothing at all is the same as no other (case 39)`(
        value: String
    ) throws {
        let estate = estate(["sha256": value]) { $0.add(.file, "g", created: day, ["sha256": value]) }
        #expect(try found(estate, hashes: ["sha256"]) == "f |")
    }

    @Test(arguments: [
        "0cc175b9c0f1b6a831c399e269772661", "0CC175B9C0F1B6A831C399E269772661", "md5:0cc175b9c0f1b6a831c399e269772661",
        "DMF1ucDxtqgxw5niaXcmYQ==", "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8", "hvfkN/qlp/zhXR3cuerq6jd2Z7g=",
        "sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4fbb9f01e53b2c4a0d01",
        "sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE+7nwHlOyxKDQE=",
    ])
    func `hashes in hexadecimal and in base64 are compared, and what is no hash is not`(value: String) throws {
        let estate = estate(["sha256": value]) {
            $0.add(.file, "g", created: day, ["sha256": value])
            $0.add(.file, "h", created: day, ["sha256": value + " "])
        }
        #expect(try found(estate, hashes: ["sha256"]) == "f g |")
    }

    @Test(arguments: [
        "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4fbb9f01e53b2c4a0d01",
        "CA978112CA1BBDCAFAC231B39A23DC4DA786EFF8147C4FBB9F01E53B2C4A0D01",
        "SHA256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4fbb9f01e53b2c4a0d01",
        "ypeBEsobvcr6wjGzmiPcTaeG7/gUfE+7nwHlOyxKDQE=", "sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE+7nwHlOyxKDQE=",
    ])
    func `a hash is the same in whatever spelling it stands with a copy (case 39)`(spelling: String) throws {
        let estate = estate(["sha256": "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4fbb9f01e53b2c4a0d01"]) {
            $0.add(.file, "g", created: day, ["sha256": spelling])
            $0.add(
                .file, "h", created: day, ["sha256": "DB978112CA1BBDCAFAC231B39A23DC4DA786EFF8147C4FBB9F01E53B2C4A0D01"]
            )
        }
        #expect(try found(estate, hashes: ["sha256"]) == "f g |")
    }

    @Test func `a value is compared with those under its own key, and of records that hold the same sort of thing`()
        throws
    {
        let found = try copies(of: ["sha256", "checksum"]) { estate in
            estate.add(.file, "g", created: day, ["checksum": hash["sha256"] ?? ""])
            estate.add(.message, "m", created: day, hash)
            estate.add(.containerFile, "c/1", created: day, hash)
            estate.add(.vectorStore, "vs", created: day)
            estate.add(.vectorStoreFile, "vs/1", created: day, in: "vs", hash, uses: [(.file, "indexed")])
            estate.add(.file, "indexed", created: day)
        }
        #expect(found == "f indexed vs/1 c/1 | vs: mentions")
    }

    @Test func `a value on which two readings differ is none`() throws {
        let found = try copies { estate in
            estate.add(.file, "g", created: day, undecided: ["sha256"])
            estate.add(.file, "h", created: day, undecided: ["sha256"])
        }
        #expect(found == "f |")
    }

    @Test func `what a copy leads to is found in turn, and so on to the end (case 39)`() throws {
        let other = ["checksum": try SHA256.digest("what is in another").hex]
        let found = try copies(of: ["sha256", "checksum"]) { estate in
            estate.add(.file, "g", created: day, hash.merging(other) { $1 })
            estate.add(.vectorStore, "vs", created: day)
            estate.add(.vectorStoreFile, "vs/g", created: day, in: "vs", uses: [(.file, "g")])
            estate.add(.file, "h", created: day, other)
            estate.add(.file, "i", created: day, other.merging(bert) { $1 })
        }
        #expect(found == "f g h vs/g | i: names-others vs: mentions")
    }

    @Test func `a copy that another copy uses goes with it, in whatever order they are found`() throws {
        let thread = ["checksum": try SHA256.digest("what is said").hex]
        let found = try copies(of: ["sha256", "checksum"]) { estate in
            estate.add(.thread, "t", created: day, anna.merging(thread) { $1 })
            estate.add(.thread, "u", created: day, thread, uses: [(.vectorStore, "vs")])
            estate.add(.vectorStore, "vs", created: day)
            estate.add(.vectorStoreFile, "vs/1", created: day, in: "vs", hash)
        }
        #expect(found == "t u f vs vs/1 |")
    }

    @Test func `a copy waits for what uses it to be found, however late that is`() throws {
        let response = ["checksum": try SHA256.digest("what is answered").hex]
        let found = try copies(of: ["sha256", "checksum"]) { estate in
            estate.add(.response, "r1", created: day, anna)
            estate.add(.response, "r2", created: day, response, cites: [(.response, "r1")])
            estate.add(.response, "copy", created: day, response, uses: [(.file, "g")])
            estate.add(.file, "g", created: day, hash)
            estate.add(.vectorStore, "vs", created: day)
            estate.add(.vectorStoreFile, "vs/g", created: day, in: "vs", uses: [(.file, "g")])
        }
        #expect(found == "f g vs/g copy r1 r2 | vs: mentions")
    }

    @Test func `what is in doubt itself leads to no copy (cases 45 and 47)`() throws {
        let shared = try copies { estate in
            let other = ["sha256": String(repeating: "4b1d", count: 16)]
            estate.add(.thread, "t", created: day, anna.merging(other) { $1 })
            estate.add(.message, "m", created: day, in: "t", bert)
            estate.add(.thread, "u", created: day, other)
        }
        #expect(shared == "f | t: holds-others")
        let address = try #require(EmailAddress("anna@example.org"))
        let estate = estate(hash.merging(["subject": "anna+x@example.org"]) { $1 }) {
            $0.add(.file, "g", created: day, hash)
        }
        #expect(try found(estate, [.email(address)], hashes: ["sha256"]) == "| f: alike")
    }

    @Test func `retention knows each of two copies by its own clock, and a request takes both (case 39)`() throws {
        var estate = Estate()
        estate.metadataKeys += ["sha256"]
        estate.add(.file, "f", created: day, anna.merging(hash) { $1 })
        estate.add(.file, "young", created: "2026-11-19", hash)
        let rules = [policy("old", match([.file]), atMost: "90d")]
        let result = scan(estate, rules)
        #expect(result.lines == ["old f overdue"] && result.mayGo("f") && !result.mayGo("young"))
        let decision = try ErasureDecision(try requestOfAnna(hashes: ["sha256"]), in: result)
        #expect(decision.going.map(decision.result.inventory.id).sorted() == ["f", "young"])
    }

    @Test func `the answer says which files were compared, and which were not (case 39)`() throws {
        func sentence(_ keys: [String], _ fill: (inout Estate) -> Void) throws -> String {
            let estate = estate(nil, fill)
            let discovery = try Discovery(try requestOfAnna(hashes: keys), in: scan(estate))
            return BlindSpot.sameBytes.sentence(discovery.comparison)
        }
        let start = "whether a file stands a second time "
        #expect(try sentence([]) { _ in } == start + "under another id")
        #expect(
            try sentence(["checksum", "unread"]) { _ in }
                == start + "under another id: no file was read that has a hash as metadata.checksum, metadata.unread")
        #expect(
            try sentence(["sha256"]) { _ in }
                == start + "in other bytes: all that were read (1) were compared by metadata.sha256")
        let some = try sentence(["sha256"]) { estate in
            estate.add(.file, "word", created: day, ["sha256": "unknown"])
            estate.add(.file, "none", created: day)
            estate.add(.file, "indexed", created: day)
            estate.add(.vectorStore, "vs", created: day)
            estate.add(.vectorStoreFile, "vs/1", created: day, in: "vs", hash, uses: [(.file, "indexed")])
        }
        #expect(
            some == start + "under another id, where it has no hash as metadata.sha256: 2 of those that were read; "
                + "the others (2) were compared by theirs")
    }

    @Test func `on random estates the copies are those of a slow model, in any order of reading (cases 39 and 44)`()
        throws
    {
        let keys = ["sha256", "checksum"]
        var seen: [String: Int] = [:]
        for seed in 0..<400 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            var estate = try randomEstate(&random)
            let first = try told(estate, hashes: keys)
            let result = scan(estate)
            let discovery = try Discovery(try requestOfAnna(hashes: keys), in: result)
            let theirs = Set(discovery.theirs.map { result.inventory.id($0.row) })
            let model = CopyModel(estate)
            #expect(theirs == model.theirs, "seed \(seed)")
            let shown = theirs.union(discovery.review.map { result.inventory.id($0.row) })
            #expect(model.copies.isSubset(of: shown), "seed \(seed)")
            let without = CopyModel(estate, keys: [])
            seen["by copies", default: 0] += model.theirs.subtracting(without.theirs).count
            seen["looked at", default: 0] += model.copies.subtracting(model.theirs).count
            estate.items.shuffle(using: &random)
            #expect(try told(estate, hashes: keys) == first, "seed \(seed)")
        }
        print("copies: \(seen)")
        for feature in ["by copies", "looked at"] { #expect(seen[feature, default: 0] >= 200, "\(feature)") }
    }

    private func randomEstate(_ random: inout SplitMix64) throws -> Estate {
        var estate = Estate()
        estate.metadataKeys += ["checksum", "sha256"]
        let values = try (0..<2).map { try SHA256.digest("\($0)").hex } + ["unknown", ""]
        func said(_ random: inout SplitMix64) -> [String: String] {
            var said = random.pick([[:], [:], [:], anna, bert])
            for key in ["sha256", "checksum"] where random.chance(60) { said[key] = random.pick(values) }
            return said
        }
        let numbers = Array(0..<4)
        for number in 0..<3 {
            let stores: [(Kind, String)] = random.chance(50) ? [(.vectorStore, "vs\(random.pick([0, 1, 2]))")] : []
            estate.add(.thread, "t\(number)", created: day, said(&random), uses: stores)
            estate.add(.vectorStore, "vs\(number)", created: day, said(&random))
        }
        for number in 0..<4 {
            let file = "f\(random.pick(numbers))"
            let store = "vs\(random.pick([0, 1, 2]))"
            estate.add(.file, "f\(number)", created: day, said(&random))
            estate.add(
                .message, "m\(number)", created: day, in: "t\(random.pick([0, 1, 2]))", said(&random),
                uses: random.chance(40) ? [(.file, file)] : [])
            estate.add(
                .vectorStoreFile, "\(store)/\(number)", created: day, in: store, said(&random),
                uses: [(.file, "f\(random.pick(numbers))")])
        }
        return estate
    }
}

/// What is Anna's, by going over everything again and again until nothing is added.
///
/// It knows subjects, containers, uses and hashes, and no other way.
private struct CopyModel {
    private(set) var theirs: Set<String> = []
    /// What holds the same as something of theirs.
    private(set) var copies: Set<String> = []
    private let items: [String: Estate.Item]
    private let keys: [String]

    init(_ estate: Estate, keys: [String] = ["sha256", "checksum"]) {
        items = Dictionary(estate.items.map { ($0.id, $0) }) { first, _ in first }
        self.keys = keys
        // What has parts of others is theirs, and in doubt.
        var reached = Set(items.keys.filter { subject($0) == "a" })
        while true {
            theirs = reached.filter { id in !items.keys.contains { isOthers($0) && items[$0]?.container == id } }
            let more = Set(items.keys.filter { !reached.contains($0) && isReached($0, from: reached) })
            if more.isEmpty { break }
            reached.formUnion(more)
        }
        copies = Set(items.keys.filter(isCopy))
    }

    private func subject(_ id: String) -> String? {
        guard let item = items[id] else { return nil }
        return item.metadata["subject"] ?? item.container.flatMap(subject)
    }

    private func isOthers(_ id: String) -> Bool { subject(id).map { $0 != "a" } ?? false }

    private func uses(_ id: String) -> [String] { items[id]?.uses.map(\.1) ?? [] }

    private func users(_ id: String) -> [String] { items.keys.filter { uses($0).contains(id) } }

    private func isReached(_ id: String, from reached: Set<String>) -> Bool {
        if items[id]?.kind == .vectorStoreFile, uses(id).contains(where: reached.contains) { return true }
        if isOthers(id) { return false }
        if items[id]?.container.map(reached.contains) ?? false { return true }
        let users = users(id)
        if !users.isEmpty, users.allSatisfy(theirs.contains) { return true }
        return isCopy(id) && !isUsedByStrangers(id)
    }

    private func isUsedByStrangers(_ id: String) -> Bool {
        if theirs.contains(id) { return false }
        let isUsed = users(id).filter { !theirs.contains($0) }.contains { user in
            items[user]?.kind != .vectorStoreFile || isOthers(user) || isUsedByStrangers(user)
        }
        return isUsed || (items[id]?.container.map(isUsedByStrangers) ?? false)
    }

    private func isCopy(_ id: String) -> Bool {
        theirs.contains { other in
            other != id && sort(other) == sort(id)
                && keys.contains { key in
                    let value = items[id]?.metadata[key] ?? ""
                    return value.count == 64 && value == items[other]?.metadata[key]
                }
        }
    }

    private func sort(_ id: String) -> Kind? {
        let kind = items[id]?.kind
        return kind == .vectorStoreFile ? .file : kind
    }
}
