import Chronology
import Files
import Foundation
import Records
import SQLite
import TestSupport
import Testing

@testable import Ledger

@Suite struct LedgerTests {
    private let scratch: Scratch
    private let path: String
    private static let now = Instant(seconds: 1_800_000_000)

    init() throws {
        scratch = try Scratch()
        path = scratch.path("state/ledger.db")
    }

    private func open() throws -> Ledger { try Ledger(path: path, now: Self.now, tool: "1.2.3") }

    /// A run of its own, `day` days after the first.
    private func run(_ day: Int64, _ body: (LedgerRun) throws -> Void) throws {
        let run = try LedgerRun(try open(), asOf: Self.day(day), policies: "abc")
        try body(run)
        try run.finish()
    }

    private static func day(_ day: Int64) -> Moment { Moment(seconds: 1_800_000_000 + day * 86_400) }

    private func sights(_ kind: Kind, _ ids: String..., container: String? = nil) -> [LedgerRun.Sight] {
        ids.map { .init(kind: kind, id: $0, container: container) }
    }

    private func files(_ run: LedgerRun, listed: Bool = true) throws -> LedgerRun.Judgement {
        var absence = LedgerRun.Absence(kinds: KindSet(.file))
        if listed { absence.listed = KindSet(.file) }
        return try run.judge(absence, inSource: "s")
    }

    /// Has a run see files one by one, or in a list.
    private func see(_ run: LedgerRun, _ ids: String..., isListed: Bool) throws {
        guard isListed else {
            return try run.saw(ids.map { .init(kind: .file, id: $0, container: nil) }, inSource: "s")
        }
        var listing = LedgerRun.Listing(kind: .file, container: nil)
        for id in ids { listing.ids.append(id.utf8.span) }
        try run.saw([listing], inSource: "s")
    }

    private func lost(_ day: Int64, now: Int64 = 1_000) throws -> [String] {
        let ledger = try #require(try Ledger(reading: path))
        return try ledger.lost(inSource: "s", asOf: Self.day(day), now: Self.day(now)).map { record in
            let duties = record.duties.map { "\($0.origin.rawValue) \($0.name) \($0.until)" }
            return "\(record.kind) \(record.id): \(duties.joined(separator: ", "))"
        }
    }

    @Test func `a ledger is private, with the directory that is made for it, and out of version control`() throws {
        _ = try open()
        let attributes = try FileManager.default.attributesOfItem(atPath: scratch.path("state"))
        #expect(attributes[.posixPermissions] as? Int == 0o700)
        #expect(
            ["ledger.db", "ledger.db.lock", ".gitignore"].allSatisfy { Files.isPrivate(scratch.path("state/\($0)")) })
        #expect(try scratch.text("state/.gitignore") == "*\n")
    }

    @Test func `a directory that was there before is left as it is`() throws {
        try scratch.makeDirectory("state")
        _ = try open()
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: scratch.path("state")).contains(".gitignore") == false)
    }

    @Test func `a second writer is told who was first`() throws {
        let first = try open()
        let error = #expect(throws: LedgerError.self) { try open() }
        #expect(error?.code == .held)
        #expect(
            error?.description.contains(
                "is in use: process \(getpid()) on \(ProcessInfo.processInfo.hostName), since 2027-01-15T08:00:00Z, holds it"
            ) == true, "\(String(describing: error))")
        _ = first.path
    }

    @Test func `a ledger can be read while it is written`() throws {
        let run = try LedgerRun(try open(), asOf: Self.day(0), policies: "abc")
        try run.saw(sights(.file, "f1"), inSource: "s")
        #expect(try Ledger(reading: path)?.ids(of: .file, inSource: "s") == ["f1"])
        #expect(try Ledger(reading: scratch.path("none.db")) == nil)
    }

    @Test func `what a source has is known by the next run, each id once and in the order of first sight`() throws {
        try run(0) { run in
            try run.saw(sights(.thread, "t2", "t1", "t2"), inSource: "s")
            try run.saw(sights(.thread, "other"), inSource: "r")
            try run.saw(sights(.message, "m1", container: "t1"), inSource: "s")
        }
        try run(1) { run in try run.saw(sights(.thread, "t0", "t1"), inSource: "s") }
        let ledger = try open()
        #expect(try ledger.ids(of: .thread, inSource: "s") == ["t2", "t1", "t0"])
        #expect(try ledger.ids(of: .message, inSource: "s") == ["m1"])
        #expect(try ledger.ids(of: .thread, inSource: "unknown") == [])
    }

    @Test func `what a list that was read to its end no longer holds is gone, and lost while it had to be kept`() throws
    {
        try run(0) { run in
            try run.saw(sights(.file, "f1", "f2", "f3", "f4"), inSource: "s")
            try run.oblige(
                [.init(kind: .file, id: "f2", until: Self.day(9)), .init(kind: .file, id: "f1", until: Self.day(9))],
                inSource: "s", by: .policy, named: "keep")
            try run.oblige(
                [.init(kind: .file, id: "f2", until: .unbounded)], inSource: "s", by: .hold, named: "matter")
        }
        try run(1) { run in
            try run.saw(sights(.file, "f4"), inSource: "s")
            #expect(try files(run) == .init(gone: 3, unproven: 0))
        }
        #expect(
            try lost(1) == [
                "file f1: policy keep \(Self.day(9))", "file f2: hold matter unbounded, policy keep \(Self.day(9))",
            ])
        // An obligation that has ended is broken no more.
        #expect(try lost(9) == ["file f2: hold matter unbounded"])
        #expect(try open().ids(of: .file, inSource: "s") == ["f4"])
        #expect(try open().goneCounts(inSource: "s") == [.file: 3])
    }

    @Test func `what was seen by a clock that was ahead is lost now, and as of no earlier instant than it was there`()
        throws
    {
        try run(400) { run in
            try run.saw(sights(.file, "f1", "f2"), inSource: "s")
            try run.oblige([.init(kind: .file, id: "f1", until: .unbounded)], inSource: "s", by: .hold, named: "m")
        }
        try run(1) { run in
            try run.saw(sights(.file, "f2"), inSource: "s")
            #expect(try files(run).gone == 1)
        }
        #expect(try lost(1, now: 1) == ["file f1: hold m unbounded"])
        // With a clock that was right, that of 400 is past by now.
        #expect(try lost(1, now: 401) == [])
        #expect(try lost(401, now: 401).count == 1)
    }

    @Test func `what came back is not gone`() throws {
        try run(0) { run in
            try run.saw(sights(.file, "f1", "f2"), inSource: "s")
            try run.oblige([.init(kind: .file, id: "f1", until: .unbounded)], inSource: "s", by: .hold, named: "m")
        }
        try run(1) { run in
            try run.saw(sights(.file, "f2"), inSource: "s")
            #expect(try files(run).gone == 1)
        }
        #expect(try lost(1).count == 1)
        try run(2) { run in
            try run.saw(sights(.file, "f1", "f2"), inSource: "s")
            #expect(try files(run).gone == 0)
        }
        #expect(try lost(2) == [])
        #expect(try open().ids(of: .file, inSource: "s") == ["f1", "f2"])
    }

    @Test func `nothing is gone where nothing that was known is seen again, unless a canary is`() throws {
        try run(0) { run in
            try run.saw(sights(.file, "f1", "f2"), inSource: "s")
            try run.oblige([.init(kind: .file, id: "f1", until: .unbounded)], inSource: "s", by: .hold, named: "m")
        }
        try run(1) { run in
            try run.saw(sights(.file, "new"), inSource: "s")
            #expect(try files(run) == .init(gone: 0, unproven: 1))
        }
        #expect(try lost(1) == [])
        try run(2) { run in
            try run.saw(sights(.file, "newer"), inSource: "s")
            var absence = LedgerRun.Absence(kinds: KindSet(.file))
            absence.listed = KindSet(.file)
            absence.isProven = true
            #expect(try run.judge(absence, inSource: "s") == .init(gone: 3, unproven: 0))
        }
        #expect(try lost(2).count == 1)
    }

    @Test func `what was not listed to its end is not gone`() throws {
        try run(0) { run in try run.saw(sights(.file, "f1", "f2"), inSource: "s") }
        try run(1) { run in
            try run.saw(sights(.file, "f1"), inSource: "s")
            #expect(try files(run, listed: false) == .init())
        }
        #expect(try open().goneCounts(inSource: "s") == [:])
    }

    @Test func `a part is gone from a list below what was seen, and with what it stood below`() throws {
        try run(0) { run in
            try run.saw(sights(.thread, "t1", "t2", "t3"), inSource: "s")
            for thread in ["t1", "t2", "t3"] {
                try run.saw(sights(.message, "\(thread)a", "\(thread)b", container: thread), inSource: "s")
            }
        }
        try run(1) { run in
            try run.saw(sights(.thread, "t1"), inSource: "s")
            try run.saw(sights(.message, "t1a", container: "t1"), inSource: "s")
            var absence = LedgerRun.Absence(kinds: [.init(.thread), .init(.message)])
            absence.answered = [(.thread, "t2"), (.thread, "never-seen")]
            absence.nested = [(.message, .thread)]
            // t3 was not asked for: nobody knows.
            #expect(try run.judge(absence, inSource: "s") == .init(gone: 4, unproven: 0))
        }
        #expect(try open().ids(of: .message, inSource: "s") == ["t1a", "t3a", "t3b"])
        #expect(try open().ids(of: .thread, inSource: "s") == ["t1", "t3"])
    }

    @Test func `what we deleted is gone, and not lost`() throws {
        try run(0) { run in
            try run.saw(sights(.file, "f1", "f2"), inSource: "s")
            try run.oblige([.init(kind: .file, id: "f1", until: .unbounded)], inSource: "s", by: .hold, named: "m")
            try run.ledger.deleted([(.file, "f1"), (.file, "unknown")], inSource: "s", at: Self.day(0))
            try run.ledger.deleted([(.file, "f1")], inSource: "another", at: Self.day(0))
        }
        try run(1) { run in
            try run.saw(sights(.file, "f2"), inSource: "s")
            #expect(try files(run).gone == 1)
        }
        #expect(try lost(1) == [])
    }

    @Test(arguments: [false, true])
    func `what we deleted and came back is lost where it goes once more, and not by us`(isListed: Bool) throws {
        func keep(_ run: LedgerRun) throws {
            try see(run, "f1", "f2", isListed: isListed)
            try run.oblige([.init(kind: .file, id: "f1", until: .unbounded)], inSource: "s", by: .hold, named: "m")
        }
        func miss(_ run: LedgerRun) throws {
            try see(run, "f2", isListed: isListed)
            #expect(try files(run).gone == 1)
        }
        try run(0) { run in
            try keep(run)
            try run.ledger.deleted([(.file, "f1")], inSource: "s", at: Self.day(0))
        }
        // A list may go on showing for a while what was deleted.
        try run(1, keep)
        try run(2, miss)
        #expect(try lost(2) == [])
        try run(3, keep)
        try run(4, miss)
        #expect(try lost(4) == ["file f1: hold m unbounded"])
    }

    @Test func `a duty ends with the run that no longer names it, and not with one that was stopped`() throws {
        try run(0) { run in
            try run.saw(sights(.file, "f1", "f2"), inSource: "s")
            try run.oblige(
                [.init(kind: .file, id: "f1", until: .unbounded), .init(kind: .file, id: "f2", until: .unbounded)],
                inSource: "s", by: .hold, named: "m")
        }
        do {
            let stopped = try LedgerRun(try open(), asOf: Self.day(1), policies: "abc")
            try stopped.saw(sights(.file, "f1", "f2"), inSource: "s")
        }
        try run(2) { run in
            try run.saw(sights(.file, "f2"), inSource: "s")
            #expect(try files(run).gone == 1)
        }
        #expect(try lost(2) == ["file f1: hold m unbounded"])
        try run(3) { run in
            try run.saw(sights(.file, "f3"), inSource: "s")
            #expect(try files(run) == .init(gone: 0, unproven: 0), "nothing obliges to keep f2 any more")
        }
    }

    @Test(arguments: [false, true])
    func `a run as of an earlier instant ends no duty that a later one found`(isListed: Bool) throws {
        try run(5) { run in
            try see(run, "f1", "f2", isListed: isListed)
            try run.oblige([.init(kind: .file, id: "f1", until: .unbounded)], inSource: "s", by: .hold, named: "m")
        }
        // The hold did not live as yet.
        try run(2) { try see($0, "f1", "f2", isListed: isListed) }
        try run(6) { run in
            try see(run, "f2", isListed: isListed)
            #expect(try files(run).gone == 1)
        }
        #expect(try lost(6) == ["file f1: hold m unbounded"])
    }

    @Test(arguments: ["hello", "SQLite format 3\0 and no more"])
    func `a file of something else is named as such, and left alone`(text: String) throws {
        try scratch.write("state/ledger.db", text)
        let error = #expect(throws: LedgerError.self) { try open() }
        #expect(error?.code == .foreign && error?.path == path)
        #expect(try scratch.text("state/ledger.db") == text)
    }

    @Test func `another program's database and a later version's are refused`() throws {
        try scratch.makeDirectory("state")
        do {
            let other = try Database(path: path, access: .writing)
            try other.execute("CREATE TABLE t (a)")
        }
        #expect(#expect(throws: LedgerError.self) { try open() }?.code == .foreign)
        try FileManager.default.removeItem(atPath: path)
        _ = try open()
        do {
            let later = try Database(path: path, access: .writing)
            try later.execute("PRAGMA user_version = \(LedgerSchema.version + 1)")
        }
        let error = #expect(throws: LedgerError.self) { try open() }
        #expect(error?.code == .foreign && error?.description.contains("later version") == true)
    }

    @Test func `the first failure of a ledger on its thread is kept, and what follows is not done`() async throws {
        let thread = try LedgerThread(path: path, now: Self.now, asOf: Self.day(0), tool: "1", policies: "abc")
        let sights = sights(.file, "f1")
        await thread.perform { (run) throws(LedgerError) in try run.saw(sights, inSource: "s") }
        #expect(try Ledger(reading: path)?.ids(of: .file, inSource: "s") == ["f1"])
        #expect(throws: LedgerError.self) {
            try LedgerThread(path: path, now: Self.now, asOf: Self.day(0), tool: "1", policies: "abc")
        }
        await thread.perform { (run) throws(LedgerError) in
            throw LedgerError(.damaged, path: "first", reason: "", hint: "")
        }
        let more = self.sights(.file, "f2")
        await thread.perform { (run) throws(LedgerError) in try run.saw(more, inSource: "s") }
        let error = #expect(throws: LedgerError.self) {
            try thread.wait { (run) throws(LedgerError) in try run.finish() }
        }
        #expect(error?.path == "first")
        thread.close()
        #expect(try open().ids(of: .file, inSource: "s") == ["f1"])
    }
}
