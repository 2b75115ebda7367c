import HTTPServer
import Policies
import Records
import TestSupport
import Testing

@testable import Connectors

/// How servers go on behind a page, and how they fail to.
@Suite(.serialized) struct PagingTests {
    /// A service whose other lists are empty.
    private func files(
        _ answer: @escaping @Sendable (_ after: String?) -> ServedResponse
    ) throws -> Scripted {
        try Scripted { path, after in path == "/v1/files" ? answer(after) : .empty }
    }

    private func asked(_ service: Scripted) -> [String] { service.asked.filter { $0.hasPrefix("/v1/files") } }

    @Test func `goes on behind the last element until there is no more`() async throws {
        let service = try files { after in
            switch after {
            case nil: .files(["a", "b"], hasMore: true)
            case "b": .files(["c"], hasMore: true)
            default: .files(["d"], hasMore: false)
            }
        }
        let inventory = try await service.read()
        #expect(inventory.lines.count == 4)
        #expect(asked(service) == ["/v1/files", "/v1/files?after=b", "/v1/files?after=c"])
        #expect(inventory.complete.contains(.file))
    }

    @Test func `goes round no circle where a server ignores the cursor`() async throws {
        let service = try files { _ in .files(["a", "b"], hasMore: true) }
        let inventory = try await service.read()
        #expect(asked(service) == ["/v1/files", "/v1/files?after=b"])
        #expect(inventory.lines.count == 2)
        #expect(!inventory.complete.contains(.file))
        #expect(
            inventory.problems.sorted.map(\.message).contains { $0.hasPrefix("the server gives the same page again") })
    }

    @Test func `goes round no larger circle either`() async throws {
        let next = ["a": "b", "b": "c", "c": "a"]
        let service = try files { after in .files([after.flatMap { next[$0] } ?? "a"], hasMore: true) }
        let inventory = try await service.read()
        #expect(asked(service).count == 4)
        #expect(inventory.lines.count == 3 && !inventory.complete.contains(.file))
    }

    @Test func `does not take an empty page for the end where the server says that there are more (case 60)`()
        async throws
    {
        let service = try files { after in .files(after == nil ? ["a"] : [], hasMore: true) }
        let inventory = try await service.read()
        #expect(asked(service).count == 2)
        #expect(inventory.lines.count == 1 && !inventory.complete.contains(.file))
    }

    @Test func `takes a page that is not full for all where the server says nothing, and does not page`() async throws {
        let service = try files { _ in .files(["a", "b"], hasMore: nil) }
        let inventory = try await service.read()
        #expect(asked(service) == ["/v1/files", "/v1/files?after=b"])
        #expect(inventory.lines.count == 2 && inventory.complete.contains(.file))
    }

    @Test func `reads on until nothing comes where the server says nothing, and gives less than is asked for`()
        async throws
    {
        let next = ["b": ["c", "d"], "d": ["e"]]
        let service = try files { after in .files(after.map { next[$0] ?? [] } ?? ["a", "b"], hasMore: nil) }
        let inventory = try await service.read()
        #expect(asked(service) == ["/v1/files", "/v1/files?after=b", "/v1/files?after=d", "/v1/files?after=e"])
        #expect(inventory.lines.count == 5 && inventory.complete.contains(.file))
        // That more was promised once is not taken back by silence.
        let circle = try files { after in .files(["a"], hasMore: after == nil ? nil : true) }
        #expect(try await !circle.read().complete.contains(.file))
        let refused = try files { after in after == nil ? .files(["a"], hasMore: nil) : .json("{}", status: 400) }
        #expect(try await !refused.read().complete.contains(.file))
    }

    @Test(arguments: [
        ("/v1/files", #"{"id":"vs_1","object":"vector_store","created_at":1700000000}"#, Kind.file, Kind.vectorStore),
        ("/v1/vector_stores", #"{"id":"b","object":"batch","created_at":1700000000}"#, .vectorStore, .batch),
    ])
    func `a list of something else is no list of what it should have, and what it has is not passed over`(
        list: String, element: String, expected: Kind, kind: Kind
    ) async throws {
        let service = try Scripted { path, _ in
            path == list ? .json(#"{"object":"list","data":[\#(element)],"has_more":false}"#) : .empty
        }
        let inventory = try await service.read()
        #expect(!inventory.complete.contains(expected) && inventory.coverage[0][expected].lost == 1)
        #expect(inventory.coverage[0][kind].records == 1)
        #expect(inventory.problems.sorted.map(\.message).contains("says that its kind is \(kind.name)"))
    }

    @Test(arguments: [
        "[]", #"[{"id":"a","object":"file","created_at":1700000000}]"#, #"{"object":"list","data":[],"has_more":true}"#,
    ])
    func `an element that is a list is no record`(element: String) async throws {
        let service = try files { _ in .json(#"{"object":"list","data":[\#(element)],"has_more":false}"#) }
        let inventory = try await service.read()
        #expect(inventory.lines.isEmpty && !inventory.complete.contains(.file))
    }

    @Test func `a record that says that it is of another kind is not the one that was asked for`() async throws {
        let service = try Scripted { path, _ in
            path == "/v1/threads/thread_1"
                ? .json(#"{"id":"thread_1","object":"conversation","created_at":1700000000}"#)
                : path.hasPrefix("/v1/threads") ? .json("{}", status: 404) : .empty
        }
        let scratch = try Scratch()
        let known = try Registry([.init(.file(scratch.write("ids.txt", "thread_1\n")), kind: .thread)])
        let inventory = try await service.read(registry: known)
        #expect(!inventory.complete.contains(.thread) && inventory.coverage[0][.thread].lost > 0)
    }

    @Test func `asks on behind a full page where the server says nothing, and finds out that it does not page`()
        async throws
    {
        let ids = (0..<1000).map { "f\($0)" }
        let paging = try files { after in .files(after == nil ? ids : ["last"], hasMore: nil) }
        let whole = try await paging.read()
        #expect(whole.lines.count == 1001 && whole.complete.contains(.file))
        let stuck = try files { _ in .files(ids, hasMore: nil) }
        let part = try await stuck.read()
        #expect(part.lines.count == 1000 && !part.complete.contains(.file))
    }

    @Test func `needs to know behind which element to go on`() async throws {
        let service = try files { _ in .json(#"{"object":"list","data":[{"object":"file"}],"has_more":true}"#) }
        let inventory = try await service.read()
        #expect(asked(service).count == 1)
        #expect(!inventory.complete.contains(.file))
    }

    @Test(arguments: [404, 410])
    func `does not take a list that breaks off for one that is not there`(status: Int) async throws {
        // Such as where the element was deleted behind which the next page begins.
        let service = try files { after in
            after == nil ? .files(["a", "b"], hasMore: true) : .json("{}", status: status)
        }
        let inventory = try await service.read()
        #expect(inventory.lines.count == 2 && !inventory.complete.contains(.file))
        #expect(inventory.coverage[0].extent(of: .file) == .part)
        #expect(inventory.problems.sorted.map(\.message).contains { $0.hasSuffix("; scan again") })
    }

    @Test(arguments: [
        #""has_more":"true""#, #""has_more":1"#, #""has_more":true,"has_more":false"#, #""has_more":{}"#,
    ])
    func `does not take a page for the last that says something else of more`(more: String) async throws {
        let service = try files { _ in
            .json(#"{"object":"list","data":[{"id":"a","object":"file","created_at":1700000000,"bytes":1}],\#(more)}"#)
        }
        let inventory = try await service.read()
        #expect(inventory.lines.count == 1 && !inventory.complete.contains(.file))
    }

    @Test(arguments: [
        #"{"object":"file","id":"a"}"#, "[]", "7", "", "{\"data\":[", #"{"data":{"id":"a"}}"#,
        #"{"data":[],"data":[{"id":"a","object":"file"}]}"#, "<html>maintenance</html>", #"{"object":"list"}"#,
    ])
    func `takes nothing for a list that is none`(body: String) async throws {
        let service = try files { _ in .json(body) }
        let inventory = try await service.read()
        #expect(!inventory.complete.contains(.file))
        #expect(inventory.complete.contains(.vectorStore))
    }

    @Test func `whatever a service counts is added up`() async throws {
        let stores = ["vs_1", "vs_2"].map {
            #"{"id":"\#($0)","object":"vector_store","created_at":1700000000,"file_counts":{"total":9223372036854775807}}"#
        }
        let service = try Scripted { path, _ in
            path == "/v1/vector_stores"
                ? .json(#"{"object":"list","data":[\#(stores.joined(separator: ","))],"has_more":false}"#) : .empty
        }
        #expect(try await service.read().coverage[0][.vectorStoreFile].missing == .max)
    }

    @Test func `reads what stands below the elements of a list, and misses it where the list is not whole`()
        async throws
    {
        let stores = ["vs_1", "vs_2"].map { #"{"id":"\#($0)","object":"vector_store","created_at":1700000000}"# }
        let service = try Scripted { path, after in
            switch path {
            case "/v1/vector_stores" where after == nil:
                .json(#"{"object":"list","data":[\#(stores.joined(separator: ","))],"has_more":true}"#)
            case "/v1/vector_stores/vs_1/files":
                .json(
                    #"{"object":"list","data":[{"id":"f","object":"vector_store.file","created_at":1700000000}],"has_more":false}"#
                )
            case "/v1/vector_stores": .json("{}", status: 403)
            default: .empty
            }
        }
        let inventory = try await service.read()
        // The element does not say where it belongs: the path does.
        #expect(inventory.lines.contains { $0.hasPrefix("vectorStoreFile vs_1/f, in vs_1,") })
        #expect(inventory.complete.contains(.file))
        #expect(!inventory.complete.contains(.vectorStore) && !inventory.complete.contains(.vectorStoreFile))
        #expect(inventory.places.contains("/vector_stores:1 unreadable"))
    }
}
