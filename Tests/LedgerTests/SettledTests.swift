import Chronology
import Records
import SQLite
import TestSupport
import Testing

@testable import Ledger

/// What a ledger keeps for scans that do not read everything again.
@Suite struct SettledTests {
    private let scratch: Scratch
    private let path: String
    private static let now = Instant(seconds: 1_800_000_000)

    init() throws {
        scratch = try Scratch()
        path = scratch.path("state/ledger.db")
    }

    private func open() throws -> Ledger { try Ledger(path: path, now: Self.now, tool: "1.2.3") }

    private static func day(_ day: Int64) -> Moment { Moment(seconds: 1_800_000_000 + day * 86_400) }

    private func run(_ day: Int64, _ body: (LedgerRun) throws -> Void) throws {
        let run = try LedgerRun(try open(), asOf: Self.day(day), policies: "abc")
        try body(run)
        try run.finish()
    }

    private func basis(_ rules: String = "r", day: Int64 = 0) -> LedgerRun.Basis {
        .init(rules: rules, registry: "", full: Self.day(day), last: Self.day(day), leans: false)
    }

    private func saw(_ run: LedgerRun, _ ids: String...) throws {
        try run.saw(ids.map { .init(kind: .thread, id: $0, container: nil) }, inSource: "s")
    }

    private func settled(_ run: LedgerRun) throws -> [String] {
        try run.settled(.thread, inSource: "s").map { "\($0.id) \($0.until) \($0.tally)" }
    }

    private func mark(_ run: LedgerRun, _ thread: String, _ day: Int64) throws {
        let mark = LedgerRun.Mark(container: thread, kind: .file, id: "f1", activity: Self.day(day))
        try run.mark([mark], .thread, inSource: "s")
    }

    private func marks(_ run: LedgerRun) throws -> [String] {
        try run.marks(.thread, inSource: "s").map { "\($0.container) \($0.kind) \($0.id) \($0.activity)" }
    }

    @Test func `what is settled is known to the next run, until it is read anew`() throws {
        try run(0) { run in
            try saw(run, "t1", "t2", "t3")
            try run.unsettle(inSource: "s", rules: "r")
            let days: [(String, Int64)] = [("t1", 3), ("t2", 5), ("unseen", 5)]
            try run.settle(
                days.map { .init(id: $0.0, until: Self.day($0.1), tally: "thread=1") }, .thread, inSource: "s")
            #expect(try run.basis(ofSource: "s") == nil)
            try run.settle(on: basis(), inSource: "s")
        }
        try run(1) { run in
            #expect(try run.basis(ofSource: "s") == basis())
            #expect(try run.basis(ofSource: "r") == nil)
            #expect(try settled(run) == ["t1 \(Self.day(3)) thread=1", "t2 \(Self.day(5)) thread=1"])
            #expect(try run.settled(.thread, inSource: "s").map(\.run) == [1, 1])
            try saw(run, "t1")
            try run.unsettle(inSource: "s", rules: "r")
            #expect(try settled(run) == ["t2 \(Self.day(5)) thread=1"])
            try run.settle([.init(id: "t1", until: Self.day(9), tally: "thread=2")], .thread, inSource: "s")
            #expect(try run.settled(.thread, inSource: "s").map(\.run) == [2, 1])
        }
    }

    @Test func `under other rules nothing is settled, and no basis is left before there is a new one`() throws {
        try run(0) { run in
            try saw(run, "t1", "t2")
            try run.saw([.init(kind: .file, id: "f1", container: nil)], inSource: "s")
            try run.settle([.init(id: "t1", until: Self.day(3), tally: "thread=1")], .thread, inSource: "s")
            try mark(run, "t1", 1)
            try run.settle(on: basis(), inSource: "s")
        }
        try run(1) { run in
            try saw(run, "t2")
            try run.unsettle(inSource: "s", rules: "other")
            #expect(try settled(run) == [])
            #expect(try marks(run) == [])
            #expect(try run.basis(ofSource: "s") == nil)
        }
    }

    @Test func `what is gone is settled no more, and leaves no mark; the last of several marks counts`() throws {
        try run(0) { run in
            try saw(run, "t1", "t2")
            try run.saw([.init(kind: .file, id: "f1", container: nil)], inSource: "s")
            try run.settle(
                ["t1", "t2"].map { .init(id: $0, until: Self.day(3), tally: "thread=1") }, .thread, inSource: "s")
            for (thread, day) in [("t1", 1), ("t2", 2), ("t2", 1)] { try mark(run, thread, Int64(day)) }
            #expect(try marks(run) == ["t1 file f1 \(Self.day(1))", "t2 file f1 \(Self.day(2))"])
            try run.settle(on: basis(), inSource: "s")
        }
        try run(1) { run in
            try saw(run, "t3")
            try run.saw([.init(kind: .file, id: "f1", container: nil)], inSource: "s")
            var absence = LedgerRun.Absence(kinds: KindSet(.thread))
            absence.answered = [(.thread, "t1")]
            absence.isProven = true
            #expect(try run.judge(absence, inSource: "s").gone == 1)
            #expect(try settled(run) == ["t2 \(Self.day(3)) thread=1"])
            try run.unsettle(inSource: "s", rules: "r")
            #expect(try marks(run) == ["t2 file f1 \(Self.day(2))"])
        }
    }

    /// Threads with a message each, as lists showed them.
    private func sawWhole(_ run: LedgerRun, _ threads: String...) throws {
        for thread in threads {
            try saw(run, thread)
            var messages = LedgerRun.Listing(kind: .message, container: thread)
            messages.ids.append("m\(thread)".utf8.span)
            try run.saw([messages], inSource: "s")
        }
    }

    private var whole: LedgerRun.Absence {
        var absence = LedgerRun.Absence(kinds: KindSet([.thread, .message]))
        absence.listed = KindSet(.thread)
        absence.nested = [(.message, .thread)]
        return absence
    }

    @Test func `what a list shows and nobody reads is there, with what is in it, and stays what it was`() throws {
        try run(0) { run in
            try sawWhole(run, "t1", "t2")
            let kept = [(Kind.thread, "t1"), (.message, "mt1"), (.thread, "t2")].map {
                LedgerRun.Kept(kind: $0.0, id: $0.1, until: .unbounded)
            }
            try run.oblige(kept, inSource: "s", by: .hold, named: "m")
            try run.settle(
                ["t1", "t2"].map { .init(id: $0, until: Self.day(9), tally: "thread=1") }, .thread, inSource: "s")
            try run.settle(on: basis(), inSource: "s")
        }
        try run(1) { run in
            try run.saw(unread: ["t1", "nobody knows it"], .thread, inSource: "s")
            // That the thread is there shows that the list is what it was, and that what it lacks is gone.
            #expect(try run.judge(whole, inSource: "s") == .init(gone: 2, unproven: 0))
            #expect(try run.lost(inSource: "s", now: .unbounded).map(\.id) == ["t2"])
            try run.unsettle(inSource: "s", rules: "r")
            #expect(try settled(run) == ["t1 \(Self.day(9)) thread=1"])
            #expect(try run.settled(.thread, inSource: "s").map(\.run) == [1], "it was read then, and not since")
            #expect(try run.knownIds(of: .thread, inSource: "s") == ["t1"])
        }
        try run(2) { run in
            try sawWhole(run, "t3")
            var absence = whole
            absence.isProven = true
            #expect(try run.judge(absence, inSource: "s") == .init(gone: 2, unproven: 0))
            #expect(
                try run.lost(inSource: "s", now: .unbounded).map { "\($0.id) \($0.lastSeen)" }.sorted() == [
                    "mt1 \(Self.day(0))", "t1 \(Self.day(1))", "t2 \(Self.day(0))",
                ])
        }
    }

    @Test func `what an export once had in a list is there where a service shows it and nobody reads it`() throws {
        try run(0) { run in
            var listing = LedgerRun.Listing(kind: .thread, container: nil)
            for id in ["t1", "t2"] { listing.ids.append(id.utf8.span) }
            try run.saw([listing], inSource: "s")
            try saw(run, "t1")
            try run.settle([.init(id: "t1", until: Self.day(9), tally: "thread=1")], .thread, inSource: "s")
        }
        try run(1) { run in
            try run.saw(unread: ["t1"], .thread, inSource: "s")
            #expect(try run.judge(whole, inSource: "s") == .init(gone: 1, unproven: 0))
            #expect(try run.knownIds(of: .thread, inSource: "s") == ["t1"])
        }
        try run(2) { run in
            try saw(run, "t3")
            var absence = whole
            absence.isProven = true
            #expect(try run.judge(absence, inSource: "s").gone == 1)
            #expect(try run.knownIds(of: .thread, inSource: "s") == ["t3"])
        }
    }

    @Test func `what is gone is not there because somebody says that a list shows it and does not read it`() throws {
        try run(0) { run in
            try saw(run, "t1", "t2")
            try run.oblige([.init(kind: .thread, id: "t1", until: .unbounded)], inSource: "s", by: .hold, named: "m")
        }
        try run(1) { run in
            try saw(run, "t2")
            #expect(try run.judge(whole, inSource: "s").gone == 1)
        }
        try run(2) { run in
            try run.saw(unread: ["t1"], .thread, inSource: "s")
            #expect(try run.knownIds(of: .thread, inSource: "s") == ["t2"])
            #expect(try run.lost(inSource: "s", now: .unbounded).map(\.lastSeen) == [Self.day(0)])
            var absence = whole
            absence.listed = []
            #expect(try run.judge(absence, inSource: "s") == .init())
        }
    }

    @Test func `what we deleted is settled no more, and leaves no mark`() throws {
        try run(0) { run in
            for thread in ["t1", "t2"] {
                try saw(run, thread)
                try run.settle([.init(id: thread, until: Self.day(3), tally: "thread=1")], .thread, inSource: "s")
            }
            try run.saw([.init(kind: .file, id: "f1", container: nil)], inSource: "s")
            try run.mark(
                ["t1", "t2"].map { .init(container: $0, kind: .file, id: "f1", activity: Self.day(0)) }, .thread,
                inSource: "s")
        }
        try run(1) { run in
            try run.ledger.deleted([(.thread, "t1")], inSource: "s", at: Self.day(1))
            #expect(try settled(run) == ["t2 \(Self.day(3)) thread=1"])
            #expect(try marks(run) == ["t2 file f1 \(Self.day(0))"])
        }
    }

    /// A file as an earlier version wrote it, with one thread and one file.
    private func makeLedger(ofVersion version: Int) throws {
        try scratch.makeDirectory("state")
        let old = try Database(path: path, access: .writing)
        for sql in LedgerSchema.steps[..<version].joined() { try old.execute(sql) }
        for sql in [
            "PRAGMA application_id = \(LedgerSchema.application)", "PRAGMA user_version = \(version)",
            "INSERT INTO sources VALUES (1, 's')", "INSERT INTO runs VALUES (1, 1, 'p', 1)",
            "INSERT INTO documents VALUES (1, 'hold', 'm')", "INSERT INTO duties VALUES (2, 1, NULL, 1)",
            """
            INSERT INTO records (record, source, kind, id, first_run, run, first_seen, last_seen)
            VALUES (1, 1, 'thread', 't1', 1, 1, 1, 1), (2, 1, 'file', 'f1', 1, 1, 1, 1), (3, 1, 'file', 'f2', 1, 1, 1, 1)
            """,
        ] { try old.execute(sql) }
    }

    @Test(arguments: [1, 2])
    func `a ledger of an earlier version is brought up, and loses nothing`(version: Int) throws {
        try makeLedger(ofVersion: version)
        let asItIs = try #require(try Ledger(reading: path))
        #expect(try asItIs.ids(of: .thread, inSource: "s") == ["t1"], "it can be read as it is")
        #expect(try asItIs.ids(of: .file, inSource: "s") == ["f1", "f2"])
        try run(1) { run in
            #expect(try run.knownIds(of: .thread, inSource: "s") == ["t1"])
            #expect(try run.basis(ofSource: "s") == nil)
            try run.settle([.init(id: "t1", until: Self.day(3), tally: "thread=1")], .thread, inSource: "s")
            #expect(try settled(run).count == 1)
            var listing = LedgerRun.Listing(kind: .file, container: nil)
            listing.ids.append("f2".utf8.span)
            try run.saw([listing], inSource: "s")
            #expect(try run.knownIds(of: .file, inSource: "s") == ["f1", "f2"])
            var absence = LedgerRun.Absence(kinds: KindSet(.file))
            absence.listed = KindSet(.file)
            // What is seen again in a list was known before, so what is not is gone.
            #expect(try run.judge(absence, inSource: "s") == .init(gone: 1, unproven: 0))
            #expect(try run.lost(inSource: "s", now: .unbounded).map(\.id) == ["f1"])
        }
        let brought = try Database(path: path, access: .reading)
        #expect(try brought.integer("PRAGMA user_version") == LedgerSchema.version)
    }
}
