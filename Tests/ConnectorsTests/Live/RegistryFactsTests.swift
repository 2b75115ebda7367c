import Chronology
import HTTPServer
import Policies
import Records
import TestSupport
import Testing

@testable import Connectors

/// What somebody keeps of records reaches them.
@Suite(.serialized) struct RegistryFactsTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// A service with two threads, a message in each, and a file.
    private func read(_ entries: [(name: String, text: String)], kind: Kind = .thread) async throws -> Inventory {
        let service = try Scripted { path, _ in
            switch path {
            case "/v1/threads/t1":
                .json(
                    #"{"id":"t1","object":"thread","created_at":1700000000,"metadata":{"tenant":"acme","owner":"ann"}}"#
                )
            case "/v1/threads/t2": .json(#"{"id":"t2","object":"thread","created_at":1700000000}"#)
            case "/v1/threads/t1/messages", "/v1/threads/t2/messages":
                .json(
                    #"{"object":"list","data":[{"id":"m\#(path.utf8.count)\#(path.contains("t1") ? 1 : 2)","#
                        + #""object":"thread.message","created_at":1700000100,"role":"user"}],"has_more":false}"#)
            case "/v1/files": .files(["f1", "f2"], hasMore: false)
            default: .empty
            }
        }
        let registry = try Registry(
            entries.map { .init(.file(try scratch.write($0.name, $0.text)), kind: kind, isComplete: kind == .thread) })
        return try await service.read(registry: registry)
    }

    private func row(_ inventory: Inventory, _ kind: Kind, _ id: String) throws -> Int {
        try #require(inventory.row(source: 0, kind: kind, id: id))
    }

    /// The value, `?` where nobody knows it, nil where there is none.
    private func text(_ inventory: Inventory, _ column: [StringTable.Code], _ row: Int) -> String? {
        column[row] == StringTable.undecided ? "?" : inventory.strings.string(column[row])
    }

    @Test func `an owner, subject and tenant reach the record, and what it contains`() async throws {
        let inventory = try await read([("ids.csv", "id,subject,tenant,owner\nt1,user:1,,\nt2,user:2,beta,bob\n")])
        let t1 = try row(inventory, .thread, "t1")
        let t2 = try row(inventory, .thread, "t2")
        #expect(text(inventory, inventory.subjects, t1) == "user:1")
        #expect(text(inventory, inventory.tenants, t1) == "acme" && text(inventory, inventory.owners, t1) == "ann")
        #expect(text(inventory, inventory.tenants, t2) == "beta" && text(inventory, inventory.owners, t2) == "bob")
        let messages = (0..<inventory.count).filter { inventory.kinds[$0] == .message }
        #expect(messages.count == 2)
        for message in messages {
            let container = Int(inventory.containers[message])
            #expect(inventory.subjects[message] == inventory.subjects[container])
            #expect(inventory.tenants[message] == inventory.tenants[container])
        }
        // What the wire says is what the wire says.
        #expect(inventory.metadataCode(inventory.metadataKey(named: "tenant") ?? 0, t2) == StringTable.absent)
        #expect(inventory.problems.sorted.isEmpty)
    }

    @Test func `where the registry contradicts the metadata neither is believed, and the problem says where`()
        async throws
    {
        let inventory = try await read([("ids.csv", "id,tenant,owner\nt2,beta,\nt1,beta,ann\n")])
        let t1 = try row(inventory, .thread, "t1")
        #expect(text(inventory, inventory.tenants, t1) == "?" && text(inventory, inventory.owners, t1) == "ann")
        let problem = try #require(inventory.problems.sorted.first)
        #expect(inventory.problems.sorted.count == 1 && problem.code == .conflictingFields && !problem.losesData)
        #expect(problem.place == Place(file: "/threads/t1", line: 1))
        #expect(problem.message.contains("ids.csv:3) differ about its tenant"))
        for secret in ["acme", "beta"] { #expect(!problem.message.contains(secret)) }
        let message = try #require((0..<inventory.count).first { inventory.containers[$0] == UInt32(t1) })
        #expect(text(inventory, inventory.tenants, message) == "?")
    }

    @Test func `a last activity that is known raises the early end, and no earlier one lowers it`() async throws {
        let inventory = try await read([
            ("a.csv", "id,lastActivity\nt1,2026-01-31T01:00:00+01:00\nt2,1600000000\n"),
            ("b.ndjson", #"{"id":"t1","lastActivity":1767225600.5}"#),
        ])
        let later = try Moment(Instant(rfc3339: "2026-01-31T00:00:00Z"))
        #expect(inventory.ownActivity(try row(inventory, .thread, "t1")) == Interval(point: later))
        let old = try #require(inventory.ownActivity(try row(inventory, .thread, "t2")))
        // Before it was created: the evaluation counts from the later of the two.
        #expect(old.earliest < inventory.created(try row(inventory, .thread, "t2")).earliest)
    }

    @Test func `a last activity that lies in the future of the scan is open to the scan, and a problem`() async throws {
        let inventory = try await read([("a.csv", "id,lastActivity\nt2,2030-01-01T00:00:00Z\n")])
        let activity = try #require(inventory.ownActivity(try row(inventory, .thread, "t2")))
        #expect(activity.latest == inventory.rules.asOf && !activity.isPoint)
        #expect(inventory.problems.sorted.map(\.code) == [.futureTime])
    }

    @Test func `several files know of one record: together, and apart where they differ`() async throws {
        let inventory = try await read([
            ("a.csv", "id,subject,owner\nt2,user:2,bob\n"), ("b.csv", "id,tenant,owner\nt2,beta,bob\n"),
            ("c.csv", "id,subject\nt1,user:1\n\nt1,user:9\nt1,user:1\n"),
        ])
        let t2 = try row(inventory, .thread, "t2")
        #expect(text(inventory, inventory.subjects, t2) == "user:2" && text(inventory, inventory.tenants, t2) == "beta")
        #expect(text(inventory, inventory.owners, t2) == "bob")
        #expect(text(inventory, inventory.subjects, try row(inventory, .thread, "t1")) == "?")
        let problem = try #require(inventory.problems.sorted.first)
        #expect(inventory.problems.sorted.count == 1 && problem.code == .conflictingFields && problem.id == "t1")
        #expect(problem.place?.file.hasSuffix("c.csv") == true && problem.place?.line == 4)
        #expect(inventory.coverage[0][.thread].registryIds == 2)
    }

    @Test func `what is listed has owners, too`() async throws {
        let inventory = try await read([("files.csv", "id,owner\nf2,ann\nf9,bob\n")], kind: .file)
        #expect(text(inventory, inventory.owners, try row(inventory, .file, "f2")) == "ann")
        #expect(text(inventory, inventory.owners, try row(inventory, .file, "f1")) == nil)
        let coverage = inventory.coverage[0][.file]
        #expect(coverage.records == 2 && coverage.registryIds == 0 && coverage.isComplete)
    }

    @Test func `what a service says of another record is no answer`() async throws {
        let service = try Scripted { path, _ in
            path == "/v1/threads/t1"
                ? .json(#"{"id":"t2","object":"thread","created_at":1700000000}"#) : .empty
        }
        let file = try scratch.write("ids.csv", "id,tenant\nt1,acme\n")
        let inventory = try await service.read(
            registry: Registry([.init(.file(file), kind: .thread, isComplete: true)]))
        #expect(!inventory.kinds.contains(.thread) && !inventory.complete.contains(.thread))
        #expect(inventory.problems.sorted.contains { $0.message.hasPrefix("the answer is not what was asked for") })
    }
}
