import Files
import Foundation
import TestSupport
import Testing

@testable import SQLite

@Suite struct DatabaseTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func made(_ name: String = "a.db", _ statements: String...) throws -> Database {
        let database = try Database(path: scratch.path(name), access: .writing)
        for statement in statements { try database.execute(statement) }
        return database
    }

    @Test func `values come back as they were bound`() throws {
        let database = try made(
            "a.db", "CREATE TABLE t (a INTEGER, b TEXT, c BLOB) STRICT")
        do {
            var insert = try database.statement("INSERT INTO t VALUES (?1, ?2, ?3)")
            for (number, text, bytes) in [
                (Int64.min, "", [UInt8]()), (.max, "é\0x", [0, 255]), (nil, nil, nil),
            ] as [(Int64?, String?, [UInt8]?)] {
                try insert.bind(number, to: 1)
                try insert.bind(text, to: 2)
                try insert.bind(bytes, to: 3)
                try insert.run()
            }
        }
        var rows = try Database(path: scratch.path("a.db"), access: .reading).query(
            "SELECT a, b, c FROM t ORDER BY rowid")
        #expect(rows.columnCount == 3 && rows.name(1) == "b")
        #expect(try rows.step())
        #expect(rows.integer(0) == .min && rows.text(1) == "" && rows.bytes(2) == [])
        #expect(try rows.step())
        #expect(rows.integer(0) == .max && rows.text(1) == "é\0x" && rows.bytes(2) == [0, 255])
        #expect(rows.text(0) == nil && rows.integer(1) == nil && rows.value(7) == .null && rows.value(-1) == .null)
        #expect(try rows.step())
        #expect((0..<3).allSatisfy { rows.value($0) == .null } && rows.bytes(2) == nil)
        #expect(try !rows.step())
    }

    @Test func `text that is not UTF-8 is bytes, and numbers are numbers`() throws {
        let database = try made()
        var rows = try database.query("SELECT CAST(x'ff' AS TEXT), 1.5, 2, x'00', 'a'")
        #expect(try rows.step())
        #expect((0..<5).map { rows.value($0) } == [.bytes([255]), .real(1.5), .integer(2), .bytes([0]), .text("a")])
        #expect(rows.text(0) == nil && rows.bytes(0) == [255])
    }

    @Test func `a database that is made is private, with what stands beside it`() throws {
        let database = try made("a.db", "CREATE TABLE t (a)", "INSERT INTO t VALUES (1)")
        #expect(["a.db", "a.db-wal", "a.db-shm"].allSatisfy { Files.isPrivate(scratch.path($0)) })
        #expect(try database.text("PRAGMA journal_mode") == "wal")
        #expect(try database.integer("PRAGMA synchronous") == 2)
    }

    @Test func `a database that others could read is theirs no more once it is written`() throws {
        let path = try scratch.write("a.db", "")
        try FileManager.default.setAttributes([.posixPermissions: 0o664], ofItemAtPath: path)
        #expect(!Files.isPrivate(path))
        _ = try made()
        #expect(Files.isPrivate(path))
    }

    @Test(arguments: [
        "INSERT INTO t VALUES (1)", "DELETE FROM t", "CREATE TABLE u (a)", "PRAGMA user_version",
        "PRAGMA user_version = 3",
        "ATTACH 'b.db' AS b", "BEGIN", "SELECT 1; SELECT 2", "SELECT 1; nonsense", "VACUUM", "VACUUM INTO 'b.db'",
        "SELECT load_extension('x')", "SELECT randomblob(1000)", "SELECT * FROM pragma_user_version",
        "WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x", "EXPLAIN DELETE FROM t", "SELECT 1\0",
    ])
    func `what is no one SELECT is refused`(sql: String) throws {
        let database = try made("a.db", "CREATE TABLE t (a)")
        let error = #expect(throws: SQLiteError.self) { _ = try database.query(sql).columnCount }
        #expect(error?.code == .refused, "\(sql): \(String(describing: error))")
        #expect(try scratch.names().filter { $0.hasPrefix("b.db") } == [])
    }

    @Test func `a statement of our own may write after a question was asked`() throws {
        let database = try made("a.db", "CREATE TABLE t (a)")
        _ = try database.query("SELECT a FROM t -- and no more\n ").columnCount
        try database.execute("INSERT INTO t VALUES (1)")
        #expect(try database.integer("SELECT count(*) FROM t") == 1)
    }

    @Test(arguments: [
        ("", SQLiteError.Code.badStatement), ("-- x", .badStatement), ("SELEKT 1", .badStatement),
        ("SELECT a FROM nowhere", .badStatement),
    ])
    func `a statement that is wrong is told so`(sql: String, code: SQLiteError.Code) throws {
        let database = try made()
        let error = #expect(throws: SQLiteError.self) { _ = try database.query(sql).columnCount }
        #expect(error?.code == code && error?.path == scratch.path("a.db"))
    }

    @Test func `reading changes nothing and makes nothing`() throws {
        _ = try made("a.db", "CREATE TABLE t (a)")
        let before = try scratch.bytes("a.db")
        let database = try Database(path: scratch.path("a.db"), access: .reading)
        let error = #expect(throws: SQLiteError.self) { try database.execute("INSERT INTO t VALUES (1)") }
        #expect(error?.code == .readOnly)
        #expect(try scratch.bytes("a.db") == before)
        let absent = #expect(throws: SQLiteError.self) {
            try Database(path: scratch.path("b.db"), access: .reading)
        }
        #expect(absent?.code == .cannotOpen)
        #expect(
            absent?.description
                == "\(scratch.path("b.db")): cannot inspect: No such file or directory (\(absent?.hint ?? ""))")
        #expect(try !scratch.names().contains("b.db"))
    }

    @Test func `a database of another process that still writes can be read`() throws {
        let database = try made("a.db", "CREATE TABLE t (a)", "BEGIN IMMEDIATE", "INSERT INTO t VALUES (1)")
        let other = try Database(path: scratch.path("a.db"), access: .reading)
        #expect(try other.integer("SELECT count(*) FROM t") == 0)
        try database.execute("COMMIT")
        #expect(try other.integer("SELECT count(*) FROM t") == 1)
    }

    @Test func `a second writer is told that another has it`() throws {
        let database = try made("a.db", "CREATE TABLE t (a)", "BEGIN IMMEDIATE")
        let other = try Database(
            path: scratch.path("a.db"), access: .writing, limits: DatabaseLimits(patience: .zero))
        let error = #expect(throws: SQLiteError.self) { try other.execute("INSERT INTO t VALUES (1)") }
        #expect(error?.code == .busy)
        try database.execute("ROLLBACK")
        try other.execute("INSERT INTO t VALUES (1)")
    }

    @Test func `what fails within a transaction leaves nothing of it`() throws {
        let database = try made("a.db", "CREATE TABLE t (a UNIQUE)")
        let error = #expect(throws: SQLiteError.self) {
            try database.transaction { () throws(SQLiteError) in
                try database.execute("INSERT INTO t VALUES (1)")
                try database.execute("INSERT INTO t VALUES (1)")
            }
        }
        #expect(error?.code == .constraint)
        #expect(try database.integer("SELECT count(*) FROM t") == 0)
        try database.transaction { () throws(SQLiteError) in try database.execute("INSERT INTO t VALUES (2)") }
        #expect(try database.integer("SELECT a FROM t") == 2)
    }

    @Test func `no question goes on for ever`() throws {
        _ = try made()
        let database = try Database(
            path: scratch.path("a.db"), access: .reading, limits: DatabaseLimits(time: .milliseconds(50)))
        let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT"
        for sql in ["\(endless) i FROM n", "\(endless) max(i) FROM n"] {
            let error = #expect(throws: SQLiteError.self) {
                var rows = try database.query(sql)
                while try rows.step() {}
            }
            #expect(error?.code == .tooLong)
        }
        #expect(try database.integer("SELECT 1") == 1)
    }

    @Test func `a path is a path, and never an address with options`() throws {
        #expect(throws: SQLiteError.self) { try Database(path: "file::memory:", access: .reading) }
        #expect(throws: SQLiteError.self) { try Database(path: ":memory:", access: .reading) }
        #expect(throws: SQLiteError.self) { try Database(path: "", access: .writing) }
        #expect(throws: SQLiteError.self) { try Database(path: "\(scratch.path)/a\0b", access: .writing) }
        #expect(throws: SQLiteError.self) { try Database(path: scratch.path, access: .reading) }
        let name = "file:a.db?mode=memory"
        _ = try made(name, "CREATE TABLE t (a)")
        #expect(try scratch.names().contains(name))
    }

    @Test func `nobody waits for who writes to a pipe`() throws {
        #expect(mkfifo(scratch.path("pipe"), 0o600) == 0)
        let error = #expect(throws: SQLiteError.self) { try Database(path: scratch.path("pipe"), access: .reading) }
        #expect(error?.code == .cannotOpen)
    }

    @Test(arguments: ["hello", String(repeating: "x", count: 5000), "SQLite format 3\0"])
    func `a file that is something else is said to be so`(text: String) throws {
        let path = try scratch.write("a.db", text)
        for access in [Database.Access.reading, .writing] {
            let error = #expect(throws: SQLiteError.self) { try Database(path: path, access: access) }
            #expect(error?.code == .notADatabase)
        }
        #expect(try scratch.text("a.db") == text)
    }

    @Test func `values and statements that are too large are refused`() throws {
        let database = try made("a.db", "CREATE TABLE t (a)")
        let value = #expect(throws: SQLiteError.self) {
            let insert = try database.statement("INSERT INTO t VALUES (?1)")
            try insert.bind(String(repeating: "x", count: 2 << 20), to: 1)
        }
        #expect(value?.code == .tooLarge)
        let statement = #expect(throws: SQLiteError.self) {
            try database.execute("SELECT 1 --" + String(repeating: "x", count: 1 << 20))
        }
        #expect(statement?.code == .tooLarge)
    }

    @Test func `a schema of somebody else calls nothing that could do harm`() throws {
        _ = try made(
            "a.db", "CREATE TABLE t (a)", "INSERT INTO t VALUES (1)",
            "CREATE VIEW v AS SELECT load_extension('/nonexistent') AS a FROM t",
            "CREATE VIEW w AS SELECT a FROM pragma_journal_mode, t",
            "CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM t; END")
        let path = scratch.path("a.db")
        let database = try Database(path: path, access: .reading)
        #expect(throws: SQLiteError.self) { _ = try database.query("SELECT a FROM v").columnCount }
        #expect(throws: SQLiteError.self) { _ = try database.query("SELECT a FROM w").columnCount }
        let writer = try Database(path: path, access: .writing)
        try writer.execute("INSERT INTO t VALUES (2)")
        #expect(try writer.integer("SELECT count(*) FROM t") == 2)
    }
}
