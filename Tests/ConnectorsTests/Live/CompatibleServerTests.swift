import Chronology
import HTTP
import HTTPServer
import Policies
import Records
import TestSupport
import Testing

@testable import Connectors
@testable import Twin

/// How servers that speak the protocol differ from the provider, as they were seen to.
@Suite(.serialized) struct CompatibleServerTests {
    private func registry(_ id: String, _ kind: Kind) throws -> Registry {
        let scratch = try Scratch()
        return try Registry([.init(.file(scratch.write("ids.txt", id + "\n")), kind: kind, isComplete: true)])
    }

    @Test(arguments: [
        "thread_abc", "conv_0123456789abcdef0123456789abcdef0123456789abcdef", "0123456789abcdef01234567", "vs_1-2-3",
        "assistant-Ab1", "7", "a/b?c=d&é", "..", "%2e",
    ])
    func `takes an id as it is, whatever it looks like`(id: String) async throws {
        let service = try Scripted { path, _ in
            path == "/v1/threads/\(id)"
                ? .json(#"{"id":"\#(id)","object":"thread","created_at":1700000000}"#) : .empty
        }
        let inventory = try await service.read(registry: registry(id, .thread))
        #expect(inventory.lines.contains { $0.hasPrefix("thread \(id), created 1700000000") })
        #expect(inventory.complete.contains(.thread) && inventory.complete.contains(.message))
    }

    @Test(arguments: [("1795000000.0", true), ("1795000000.75", true), (#""2026-11-18T11:06:40Z""#, false)])
    func `reads times with a fraction, and guesses nothing of a text`(time: String, isRead: Bool) async throws {
        let service = try Scripted { path, _ in
            path == "/v1/files"
                ? .json(#"{"data":[{"id":"f","object":"file","created_at":\#(time)}],"has_more":false}"#) : .empty
        }
        let inventory = try await service.read()
        let created = inventory.created(0)
        #expect((created.earliest == created.latest) == isRead)
        // A time that nobody can read is listed, and open at both ends: too old and too young at once.
        #expect(inventory.problems.sorted.isEmpty == isRead)
        if !isRead { #expect(inventory.problems.sorted.map(\.code) == [.implausibleTime]) }
    }

    @Test(
        arguments: [
            ("", 404, true), (#"{"detail":"Not Found"}"#, 404, true),
            (#"{"error":{"message":"No thread found"}}"#, 404, true), ("<html>", 404, true), ("", 410, true),
            (#"{"error":{"message":"x"}}"#, 400, false), ("", 500, false), ("{}", 200, false), ("", 200, false),
        ] as [(String, Int, Bool)])
    func `knows from the status alone that a record is gone`(body: String, status: Int, isGone: Bool) async throws {
        let service = try Scripted { path, _ in
            switch path {
            case "/v1/threads/thread_1": .json(body, status: status)
            case "/v1/assistants":
                .json(
                    #"{"object":"list","data":[{"id":"a","object":"assistant","created_at":1700000000}],"has_more":false}"#
                )
            default: .empty
            }
        }
        let inventory = try await service.read(registry: registry("thread_1", .thread))
        #expect(!inventory.lines.contains { $0.hasPrefix("thread ") })
        #expect(inventory.complete.contains(.thread) == isGone)
        // The list of assistants shows that the surface is alive, so nobody calls it retired.
        #expect(!inventory.coverage[0][.thread].isRetired)
    }

    @Test func `a store that is gone between its list and its files is not taken for an empty one`() async throws {
        let service = try Scripted { path, _ in
            switch path {
            case "/v1/vector_stores":
                .json(#"{"data":[{"id":"vs","object":"vector_store","created_at":1}],"has_more":false}"#)
            case "/v1/vector_stores/vs/files": .json("", status: 400)
            default: .empty
            }
        }
        let inventory = try await service.read()
        #expect(inventory.complete.contains(.vectorStore) && !inventory.complete.contains(.vectorStoreFile))
    }

    @Test func `without a list there is no telling what there is`() async throws {
        let service = try Scripted { path, _ in path == "/v1/files" ? .json("", status: 405) : .empty }
        let inventory = try await service.read()
        #expect(!inventory.complete.contains(.file) && inventory.complete.contains(.vectorStore))
        #expect(inventory.coverage[0][.file].lost == 1 && inventory.coverage[0][.file].withheld == 1)
        #expect(inventory.problems.sorted.contains { $0.message.hasPrefix("answered 405") })
    }

    @Test func `a file that is gone protects nothing, though a store goes on listing it`() async throws {
        let export = try TemporaryExport([
            "files.ndjson": #"{"id":"f","object":"file","created_at":1700000000}"#,
            "vector_stores.ndjson": #"{"id":"vs","object":"vector_store","created_at":1700000000}"#,
            "vector_store_files.ndjson":
                #"{"id":"f","object":"vector_store.file","created_at":1700000000,"vector_store_id":"vs"}"#,
        ])
        let twin = try Twin(estate: export.directory)
        try await delete("files/f", of: twin)
        let inventory = try await readService(port: twin.port)
        #expect(inventory.complete.contains(.file) && inventory.complete.contains(.vectorStoreFile))
        #expect(inventory.lines.contains { $0.hasPrefix("vectorStoreFile vs/f,") })
        #expect(!inventory.lines.contains { $0.hasPrefix("file ") })
        #expect(inventory.problems.sorted.contains { $0.code == .danglingReference })
    }

    @Test func `a list that still shows what was deleted gives a record, as the list says`() async throws {
        let export = try TemporaryExport([
            "files.ndjson": #"{"id":"f","object":"file","created_at":1700000000}"#
        ])
        let twin = try Twin(estate: export.directory, faults: Faults(seed: 1, percents: [.staleLists: 100]))
        try await delete("files/f", of: twin)
        #expect(try await readService(port: twin.port).lines.count == 1)
    }

    @Test(arguments: [Faults.Kind.nullBytes, .nullExpiry, .emptyErrors, .detailErrors, .mildDeletes, .orphans])
    func `finds the same where a server leaves things away`(kind: Faults.Kind) async throws {
        let export = try SmallEstate.make(threads: 5)
        let registry = try SmallEstate.registry(of: export)
        let twin = try Twin(estate: export.directory, faults: Faults(seed: 1, percents: [kind: 100]))
        let live = try await readService(port: twin.port, registry: registry)
        let offline = try export.read()
        #expect(live.complete == offline.complete)
        // Only the size of files is gone; an end follows from the last activity.
        let sized = offline.lines.map { line in
            let hasSize = line.hasPrefix("file ") || line.hasPrefix("containerFile ")
            return kind == .nullBytes && hasSize ? line.replacing(#/, \d+ B/#, with: "") : line
        }
        #expect(live.lines == sized)
    }

    private func delete(_ path: String, of twin: Twin) async throws {
        let request = HTTPRequest(
            .delete, try HTTPAddress("http://127.0.0.1:\(twin.port)/v1/\(path)"),
            credential: HTTPHeader("Authorization", "Bearer sk-twin"))
        #expect(try await HTTPClient().send(request).status == 200)
    }
}
