import Policies
import Records
import SQLite
import TestSupport
import Testing

@testable import Connectors

/// Ids out of an application's own database.
@Suite struct RegistryQueryTests {
    private let scratch: Scratch
    private let path: String

    init() throws {
        scratch = try Scratch()
        path = scratch.path("ids.db")
        let database = try Database(path: path, access: .writing)
        for statement in [
            "CREATE TABLE threads (id TEXT, number INTEGER, subject TEXT, tenant INTEGER, seen INTEGER, at TEXT, data BLOB)",
            "INSERT INTO threads VALUES ('t1', 1, 'user:1', 7, 1767225600, '2026-01-31T00:00:00Z', x'00')",
            "INSERT INTO threads VALUES ('t2', 2, NULL, NULL, NULL, NULL, NULL)",
            "INSERT INTO threads VALUES ('t1', 3, '', 7, 1767225601, '2026-01-30T00:00:00Z', NULL)",
        ] { try database.execute(statement) }
    }

    private func registry(_ sql: String, most: Int = 100) throws(RegistryDefect) -> Registry {
        let location = SourceLocation(file: "s.yaml", line: 7, column: 9)
        return try Registry(
            [.init(.query(database: path, sql: sql), kind: .thread, isComplete: true, location: location)], most: most)
    }

    private func facts(_ registry: Registry, _ id: String) -> RegistryFacts? {
        registry.facts(Array(id.utf8).span, .thread)
    }

    @Test func `reads columns by their names, in whatever order, and nothing of NULL`() throws {
        let registry = try registry("SELECT tenant, seen AS lastActivity, id, subject FROM threads ORDER BY number")
        #expect(registry.ids(of: .thread) == ["t1", "t2"] && registry.isComplete(.thread))
        let known = try #require(facts(registry, "t1"))
        #expect(known.lastActivity == 1_767_225_601_000_000)
        #expect(registry.strings.string(known[.subject]) == "user:1")
        #expect(registry.strings.string(known[.tenant]) == "7" && known[.owner] == StringTable.absent)
        #expect(facts(registry, "t2") == nil && registry.conflicts.isEmpty)
    }

    @Test func `reads times as texts, and kinds`() throws {
        let registry = try registry(
            "SELECT 'r1' AS id, 'response' AS kind, at AS lastActivity FROM threads WHERE number = 1")
        #expect(registry.ids(of: .response) == ["r1"] && registry.ids(of: .thread).isEmpty)
        #expect(registry.facts(Array("r1".utf8).span, .response)?.lastActivity == 1_769_817_600_000_000)
    }

    @Test(arguments: [
        ("SELECT id FROM tread", "", "cannot ask: no such table: tread"),
        ("SELECT id FROM threads; SELECT 1", "", "cannot ask: there is more than one statement"),
        ("DELETE FROM threads RETURNING id", "", "the statement does more than read"),
        ("ATTACH 'x.db' AS x", "", "the statement does more than read"), ("", "", "the statement is empty"),
        ("SELECT number FROM threads", "", "gives a column number, which means nothing here"),
        ("SELECT subject FROM threads", "", "gives no column id"),
        ("SELECT id, id FROM threads", "", "gives the column id twice"),
        ("SELECT id, seen AS last_activity FROM threads", "", "names a column last_activity"),
        ("SELECT number AS id FROM threads", ", row 1", "holds no id"),
        ("SELECT subject AS id FROM threads ORDER BY number", ", row 2", "holds no id"),
        ("SELECT id, data AS tenant FROM threads ORDER BY number", ", row 1", "says of the tenant what is no text"),
        ("SELECT id, subject AS lastActivity FROM threads ORDER BY number", ", row 1", "that is no time"),
        ("SELECT id, subject AS kind FROM threads ORDER BY number", ", row 1", "is of a kind that is none"),
        (
            "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT 'x' || id AS id FROM n",
            ", row 101", "names one record more than the 100 that a registry may"
        ),
    ])
    func `says what it cannot ask, and of which row it cannot believe what`(
        sql: String, row: String, reason: String
    ) throws {
        do throws(RegistryDefect) {
            _ = try registry(sql)
            Issue.record("there should be a defect")
        } catch {
            #expect(error.reason.contains(reason), "\(error.reason)")
            #expect(error.place == path + row && "\(error.location.map { "\($0)" } ?? "")" == "s.yaml:7:9")
        }
    }

    @Test func `ends a statement whose time is over`() {
        let query = RegistryQuery(
            database: path,
            sql: "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT 'x' AS id FROM n WHERE i < 0",
            limits: DatabaseLimits(time: .milliseconds(20)))
        do throws(RegistryDefect) {
            try query.forEach { _, _ in }
            Issue.record("it should have no end")
        } catch {
            #expect(error.reason == "cannot read: it takes longer than it may")
        }
    }

    @Test func `takes nothing else for a database`() throws {
        let text = try scratch.write("text.db", String(repeating: "no database ", count: 100))
        for file in [text, scratch.path("absent.db"), scratch.path] {
            #expect(throws: RegistryDefect.self) {
                try Registry([.init(.query(database: file, sql: "SELECT 1 AS id"), kind: .thread)])
            }
        }
        #expect(try !scratch.names().contains("absent.db"))
    }
}
