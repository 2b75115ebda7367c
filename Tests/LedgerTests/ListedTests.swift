import Chronology
import Foundation
import Records
import SQLite
import TestSupport
import Testing

@testable import Ledger

/// What a ledger keeps of lists, and what it makes of a file in which that is not as it was written.
@Suite struct ListedTests {
    private let scratch: Scratch
    private let path: String

    init() throws {
        scratch = try Scratch()
        path = scratch.path("ledger.db")
    }

    private func run(_ day: Int64, _ body: (LedgerRun) throws -> Void) throws {
        let ledger = try Ledger(path: path, now: Instant(seconds: 0), tool: "1.2.3")
        let run = try LedgerRun(ledger, asOf: Moment(seconds: day * 86_400), policies: "abc")
        try body(run)
        try run.finish()
    }

    private func list(_ ids: some Sequence<String>, _ kind: Kind = .file, below container: String? = nil)
        -> LedgerRun.Listing
    {
        var listing = LedgerRun.Listing(kind: kind, container: container)
        for id in ids { listing.ids.append(id.utf8.span) }
        return listing
    }

    private static let files = (0..<20_000).map { "file-Ab3d\($0)" }

    /// An id that ends a piece.
    private static let ender: String = {
        for number in 0... {
            var list = IdList()
            for _ in 0..<17 { list.append("\(number)".utf8.span) }
            if list.pieces().count > 1 { return "\(number)" }
        }
        return ""
    }()

    private var whole: LedgerRun.Absence {
        var absence = LedgerRun.Absence(kinds: KindSet(.file))
        absence.listed = KindSet(.file)
        return absence
    }

    private func change(_ sql: String) throws {
        try Database(path: path, access: .writing).execute(sql)
    }

    private func count(_ what: String) throws -> Int {
        Int(try Database(path: path, access: .reading).integer("SELECT count(*) FROM \(what)") ?? -1)
    }

    @Test func `a list is cut by its own ids: what comes or goes changes a piece, and the others stay`() {
        func pieces(_ ids: [String]) -> [[UInt8]] {
            let list = list(ids).ids
            return list.pieces().map { list.bytes(of: $0) }
        }
        let before = pieces(Self.files)
        #expect((20...70).contains(before.count), "\(before.count)")
        #expect(before.flatMap { $0 } == list(Self.files).ids.bytes)
        var ids = Self.files
        ids.remove(at: 7_000)
        ids.insert("file-new", at: 0)
        ids.swapAt(15_000, 15_001)
        #expect(Set(pieces(ids)).subtracting(before).count <= 5)
    }

    @Test func `a list without an id that ends a piece is cut by its length, in ids and in bytes`() {
        let short = list(repeatElement("a", count: 10_000)).ids.pieces()
        #expect(short.map(\.count) == [4_096, 4_096, 1_808])
        let ending = list(repeatElement(Self.ender, count: 100)).ids.pieces()
        #expect(ending.map(\.count) == [16, 16, 16, 16, 16, 16, 4], "nobody can make a piece of every id")
        let long = list(repeatElement(String(repeating: "a", count: 4_096), count: 40)).ids.pieces()
        #expect(long.map(\.count) == [16, 16, 8])
    }

    @Test func `an id that is empty or longer than any is left out`() {
        let ids = list(["", "a", String(repeating: "b", count: 4_097), String(repeating: "c", count: 4_096)]).ids
        #expect(ids.count == 2 && IdList(bytes: ids.bytes, count: 2) == ids)
    }

    @Test func `a list that is as it was writes no id again, else only the piece that changed`() throws {
        try run(0) { try $0.saw([list(Self.files)], inSource: "s") }
        let first = try count("stretches")
        try run(1) { run in
            try run.saw([list(Self.files)], inSource: "s")
            #expect(try run.judge(whole, inSource: "s") == .init())
        }
        #expect(try count("stretches") == first && count("stretches WHERE run = 2") == first)
        #expect(try count("records") == 0 && count("stretch_ids") == first)
        try run(2) { run in
            try run.saw([list(["file-new"] + Self.files.dropLast())], inSource: "s")
            #expect(try run.judge(whole, inSource: "s") == .init(gone: 1, unproven: 0))
        }
        #expect(try count("stretches WHERE first_run = 1") >= first - 2)
        #expect(
            try count("stretches") <= first + 1 && count("records") == 1, "what the list had before is kept no more")
    }

    @Test func `what a list had is lost by its name, though it never had a row of its own before it had to be kept`()
        throws
    {
        try run(0) { run in
            try run.saw([list(Self.files)], inSource: "s")
            let kept = [17, 4_711].map { LedgerRun.Kept(kind: .file, id: Self.files[$0], until: .unbounded) }
            try run.oblige(kept, inSource: "s", by: .hold, named: "m")
        }
        #expect(try count("records") == 2)
        try run(1) { run in
            try run.saw([list(Self.files.dropFirst(5_000))], inSource: "s")
            #expect(try run.judge(whole, inSource: "s") == .init(gone: 5_000, unproven: 0))
            #expect(try run.lost(inSource: "s", now: .unbounded).map(\.id) == [Self.files[17], Self.files[4_711]])
        }
    }

    @Test(arguments: [
        "DELETE FROM stretch_ids WHERE stretch = 2", "UPDATE stretch_ids SET ids = x'' WHERE stretch = 2",
        "UPDATE stretch_ids SET ids = substr(ids, 2) WHERE stretch = 2",
        "UPDATE stretch_ids SET ids = CAST(replace(ids, x'66', x'67') AS BLOB) WHERE stretch = 2",
        "UPDATE stretches SET count = count + 1 WHERE stretch = 2",
        "UPDATE stretches SET container = 'c' WHERE stretch = 2",
        "UPDATE stretches SET count = -1 WHERE stretch = 2", "UPDATE stretches SET digest = x'00' WHERE stretch = 2",
        "UPDATE stretches SET count = 9223372036854775807 WHERE stretch = 2",
    ])
    func `a list in the file that is not what was written is an error, and nothing is called gone`(sql: String) throws {
        try run(0) { try $0.saw([list(Self.files)], inSource: "s") }
        try change(sql)
        let asRead = #expect(throws: LedgerError.self) {
            try Ledger(reading: path)?.ids(of: .file, inSource: "s")
        }
        #expect(asRead?.code == .damaged)
        #expect(
            asRead?.description.hasSuffix(
                "a part of its list of file ids is not what was written; restore a copy, or move it away: what it knew "
                    + "alone is then known no more") == true, "\(String(describing: asRead))")
        let asJudged = #expect(throws: LedgerError.self) {
            try run(1) { run in
                try run.saw([list(["file-new", Self.files[19_999]])], inSource: "s")
                _ = try run.judge(whole, inSource: "s")
            }
        }
        #expect(asJudged?.code == .damaged)
        #expect(try count("records") == 0)
    }

    @Test func `bytes of any kind are a list or none, and never a trap`() {
        let sound = list(Self.files.prefix(40)).ids
        var read = 0, refused = 0
        let fuzzing = Fuzzing("Id lists", rounds: 4_000, share: 0.02) { seed in
            var random = SplitMix64(seed: seed)
            var bytes = sound.bytes
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
                case 1: bytes.insert(.random(in: 0...255, using: &random), at: place)
                default: bytes[place] = .random(in: 0...255, using: &random)
                }
                if bytes.isEmpty { break }
            }
            guard let list = IdList(bytes: bytes, count: sound.count) else { return refused += 1 }
            read += 1
            var copy = IdList()
            list.forEach { copy.append($0) }
            #expect(copy == list && list.pieces().map(\.count).reduce(0, +) == list.count, "seed \(seed)")
        }
        #expect(fuzzing.isWithinLimits)
        print("id lists: \(read) read, \(refused) refused")
        #expect(read > 400 && refused > 400)
    }
}
