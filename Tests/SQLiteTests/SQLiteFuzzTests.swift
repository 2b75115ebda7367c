import Foundation
import TestSupport
import Testing

@testable import SQLite

@Suite struct SQLiteFuzzTests {
    @Test func `no damage to a file crashes what reads it, or holds it up`() throws {
        let scratch = try Scratch()
        let sound = try Self.sample(scratch)
        var readable = 0
        var refused = 0
        let run = try Fuzzing("SQLite fuzz", rounds: Campaign.isSoak ? 20_000 : 400, share: 0.2) { seed in
            var random = SplitMix64(seed: seed)
            let path = try scratch.write("damaged.db", Self.damaged(sound, &random))
            for name in ["damaged.db-wal", "damaged.db-shm"] {
                try? FileManager.default.removeItem(atPath: scratch.path(name))
            }
            do throws(SQLiteError) {
                try Self.readAll(path, random.chance(50) ? .reading : .writing)
                readable += 1
            } catch {
                #expect(error.path == path && !error.reason.isEmpty, "seed \(seed)")
                refused += 1
            }
        }
        // Both must have been met, or the damage is too small or too great to show anything.
        #expect(readable > 20 && refused > 20, "\(readable) could be read, \(refused) were refused")
        #expect(run.isWithinLimits, "seed \(run.slowestSeed): \(run.slowest)")
    }

    private static func sample(_ scratch: Scratch) throws -> [UInt8] {
        let database = try Database(path: scratch.path("sound.db"), access: .writing)
        try database.execute("CREATE TABLE t (id TEXT PRIMARY KEY, at INTEGER, note BLOB) STRICT, WITHOUT ROWID")
        try database.execute("CREATE INDEX i ON t (at)")
        try database.execute("CREATE VIEW v AS SELECT id, at + 1 AS later FROM t WHERE at > 3")
        try database.transaction { () throws(SQLiteError) in
            var insert = try database.statement("INSERT INTO t VALUES (?1, ?2, ?3)")
            for number in 0..<300 {
                try insert.bind("thread_\(number)", to: 1)
                try insert.bind(Int64(number) * 1_000_003, to: 2)
                try insert.bind(number % 50 == 0 ? [UInt8](repeating: 7, count: 6000) : nil, to: 3)
                try insert.run()
            }
        }
        _ = try database.text("PRAGMA wal_checkpoint(TRUNCATE)")
        return Array(try scratch.bytes("sound.db"))
    }

    private static func damaged(_ sound: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
        var bytes = sound
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            // The beginning of a page says how to read the rest of it.
            let page = Int.random(in: 0..<max(1, bytes.count / 4096), using: &random) * 4096
            let reach = random.chance(60) ? 120 : 4096
            let place = page + Int.random(in: 0..<reach, using: &random)
            guard place < bytes.count else { continue }
            switch Int.random(in: 0..<12, using: &random) {
            case 0: bytes.removeLast(Int.random(in: 1...min(5000, bytes.count - 1), using: &random))
            case 1: bytes[place] = 0xFF
            case 2: for offset in place..<min(bytes.count, place + 16) { bytes[offset] = 0 }
            default: bytes[place] = .random(in: 0...255, using: &random)
            }
            if bytes.count < 4096 { break }
        }
        return bytes
    }

    private static func readAll(_ path: String, _ access: Database.Access) throws(SQLiteError) {
        let limits = DatabaseLimits(time: .milliseconds(500), patience: .zero)
        let database = try Database(path: path, access: access, limits: limits)
        for sql in ["SELECT * FROM t", "SELECT * FROM v ORDER BY later", "SELECT count(*) FROM t WHERE at > 5"] {
            var rows = try database.query(sql)
            while try rows.step() { for column in 0..<rows.columnCount { _ = rows.value(column) } }
        }
        guard access == .writing else { return }
        try database.transaction { () throws(SQLiteError) in
            try database.execute("DELETE FROM t WHERE at % 3 = 0")
            try database.execute("UPDATE t SET at = at + 1")
        }
    }
}
