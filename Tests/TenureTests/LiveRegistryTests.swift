import Foundation
import SQLite
import TestSupport
import Testing

/// What a registry says of records decides, through the command.
@Suite struct LiveRegistryTests {
    private let scratch: Scratch
    private let service: ScriptedService

    init() throws {
        scratch = try Scratch()
        // Created 2025-11-20; nothing was said in either since.
        service = try ScriptedService(
            Dictionary(
                uniqueKeysWithValues: ["t1", "t2"].map {
                    ("/threads/\($0)", .record(#"{"id":"\#($0)","object":"thread","created_at":1763596800}"#))
                }))
        try scratch.write(
            "p/policies.yaml",
            """
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: threads}
            spec: {match: {kinds: [thread]}, clock: {from: lastActivity}, keep: {atMost: 90d}}
            ---
            apiVersion: tenure/v1
            kind: LegalHold
            metadata: {name: hold}
            spec:
              matter: A v. B
              match: {kinds: [thread], subjects: ["user:2"]}
              from: 2026-01-01
              until: null
              approvedBy: counsel
            ---
            apiVersion: tenure/v1
            kind: HoldRegister
            metadata: {name: holds}
            spec: {asOf: 2026-11-19, maxAge: 7d, holds: [hold]}
            """)
        for kind in ["conversation", "response"] { try scratch.write("\(kind).txt", "") }
    }

    private func scan(_ entry: String) throws -> Tool.Outcome {
        let rest = ["conversation", "response"].map {
            ", {file: \(scratch.path("\($0).txt")), kind: \($0), complete: true}"
        }.joined()
        try scratch.write(
            "p/source.yaml",
            """
            apiVersion: tenure/v1
            kind: Source
            metadata: {name: service}
            spec:
              type: openai
              address: \(service.address)
              credentials: {env: TWIN_KEY}
              registry: [{\(entry), kind: thread, complete: true}\(rest)]
            """)
        let outcome = try Tool.run(
            Tool.binary.path,
            [
                "scan", "--policies", scratch.path("p"), "--as-of", "2026-11-20T00:00:00Z", "--report",
                "json=\(scratch.path("report.json"))",
            ], in: scratch.url, environment: ["TWIN_KEY": "sk-twin"])
        withExtendedLifetime(service) {}
        return outcome
    }

    private func states() throws -> [String] {
        let json = try JSONSerialization.jsonObject(with: scratch.bytes("report.json")) as? [String: Any]
        return (json?["findings"] as? [[String: Any]] ?? []).map { "\($0["id"] ?? "") \($0["state"] ?? "")" }
    }

    @Test func `ids alone leave threads overdue; a last activity keeps one, and a subject is held`() throws {
        let bare = try scratch.write("bare.txt", "t1\nt2\n")
        #expect(try scan("file: \(bare)").status == 1)
        #expect(try states() == ["t1 overdue", "t2 overdue"])
        let known = try scratch.write(
            "known.csv", "id,subject,lastActivity\nt1,user:1,2026-11-01T00:00:00Z\nt2,user:2,\n")
        #expect(try scan("file: \(known)").status == 0)
        #expect(try states() == ["t2 held"])
    }

    @Test func `a database says the same as a file`() throws {
        let database = try Database(path: scratch.path("ids.db"), access: .writing)
        try database.execute("CREATE TABLE threads (thread TEXT, user TEXT, seen TEXT)")
        try database.execute(
            "INSERT INTO threads VALUES ('t1', 'user:1', '2026-11-01T00:00:00Z'), ('t2', 'user:2', NULL)")
        let sql = "SELECT thread AS id, user AS subject, seen AS lastActivity FROM threads ORDER BY 1"
        let outcome = try scan("database: \(scratch.path("ids.db")), query: '\(sql)'")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try states() == ["t2 held"])
    }

    @Test func `what only the registry knows is written out with the inventory, and decides there`() throws {
        // As a document's other paths, that of a registry begins where the command does.
        try scratch.write("known.csv", "id,subject,lastActivity\nt1,user:1,2026-11-01T00:00:00Z\nt2,user:2,\n")
        #expect(try scan("file: known.csv").status == 0)
        #expect(try states() == ["t2 held"])
        let told = try Tool.run(
            Tool.binary.path,
            ["inventory", "--policies", "p", "--as-of", "2026-11-20T00:00:00Z", "--out", "copy"],
            in: scratch.url, environment: ["TWIN_KEY": "sk-twin"])
        #expect(told.status == 0, "\(told.errors)")
        let registry = try scratch.text("copy/service/tenure_registry.ndjson")
        #expect(
            registry.split(separator: "\n") == [
                #"{"id":"t1","kind":"thread","subject":"user:1","lastActivity":"1793491200"}"#,
                #"{"id":"t2","kind":"thread","subject":"user:2"}"#,
            ])
        try scratch.write("p/source.yaml", scratch.bytes("copy/sources.yaml"))
        let outcome = try Tool.run(
            Tool.binary.path,
            [
                "scan", "--policies", "p", "--as-of", "2026-11-20T00:00:00Z", "--report", "json=report.json",
            ], in: scratch.url)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try states() == ["t2 held"])
    }

    @Test func `an export has what its registry knows, and what contradicts it counts for nothing`() throws {
        let threads = ["t1", "t2"].map {
            #"{"id":"\#($0)","object":"thread","created_at":1763596800,"metadata":{"subject":"user:\#($0)"}}"# + "\n"
        }
        try scratch.write("out/threads.ndjson", threads.joined())
        for empty in ["messages", "runs"] { try scratch.write("out/\(empty).ndjson", "") }
        let known = try scratch.write(
            "known.csv", "id,kind,subject,lastActivity\nt1,thread,,2026-11-01T00:00:00Z\nt2,thread,user:9,\n")
        try scratch.write(
            "p/source.yaml",
            """
            apiVersion: tenure/v1
            kind: Source
            metadata: {name: export}
            spec: {type: export, registry: [{file: \(known)}]}
            """)
        let outcome = try Tool.run(
            Tool.binary.path,
            [
                "scan", "--policies", scratch.path("p"), "--export", scratch.path("out"), "--as-of",
                "2026-11-20T00:00:00Z", "--report", "json=\(scratch.path("report.json"))",
            ])
        // Of t2 nobody knows the subject, so that the hold is taken to be on it.
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(try states() == ["t2 held"])
        let report = try scratch.text("report.json")
        #expect(report.contains("conflicting-fields") && report.contains("known.csv:3) differ about its subject"))
    }

    @Test func `what cannot be believed stops the run before anything is asked, at its place`() throws {
        let file = try scratch.write("bad.csv", "id,lastActivity\nt1,2026-11-01T00:00:00Z\nt2,soon\n")
        let line = try scan("file: \(file)")
        #expect(line.status == 2)
        #expect(line.errors.contains("source.yaml:8:14: source service: the registry \(file):3 says when the last"))
        let absent = try scan("database: \(scratch.path("no.db")), query: SELECT 1 AS id")
        #expect(absent.status == 2)
        #expect(
            absent.errors.contains("source.yaml:8:14: source service: the registry \(scratch.path("no.db")) cannot"))
        for text in [line.errors, absent.errors] { #expect(!text.contains("soon")) }
        let unsaid = try scan("database: \(scratch.path("no.db"))")
        #expect(unsaid.status == 2 && unsaid.errors.contains("source.yaml:8:25: error: a database without a query"))
    }
}
