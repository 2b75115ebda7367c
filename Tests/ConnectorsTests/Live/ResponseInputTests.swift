import HTTPServer
import Policies
import ProviderFacts
import Records
import TestSupport
import Testing

@testable import Connectors

/// What a response was given stands on a list of its own, and files that only that list names are in use.
@Suite(.serialized) struct ResponseInputTests {
    /// A service with two files, a vector store, a container and these responses, whose lists of input items answer so.
    private func service(
        _ responses: [String] = ["r1"],
        input: @escaping @Sendable (_ response: String, _ after: String?) -> ServedResponse
    ) throws -> Scripted {
        try Scripted { path, after in
            let words = path.split(separator: "/").dropFirst().map(String.init)
            guard words.first == "responses" else { return Self.list(words) }
            guard words.count > 1, responses.contains(words[1]) else { return .json("{}", status: 404) }
            guard words.count == 2 else { return input(words[1], after) }
            return .json(
                #"{"id":"\#(words[1])","object":"response","created_at":1700000000,"output":[],"tools":[]}"#)
        }
    }

    private static func list(_ words: [String]) -> ServedResponse {
        switch words {
        case ["files"]: .files(["f1", "f2", "f3"], hasMore: false)
        case ["vector_stores"]: page([#"{"id":"v1","object":"vector_store","created_at":1700000000}"#])
        case ["containers"]: page([#"{"id":"c1","object":"container","created_at":1700000000}"#])
        default: .empty
        }
    }

    private static func page(_ elements: [String], hasMore: Bool = false) -> ServedResponse {
        .json(#"{"object":"list","data":[\#(elements.joined(separator: ","))],"has_more":\#(hasMore)}"#)
    }

    private static func message(_ id: String, file: String) -> String {
        #"{"id":"\#(id)","type":"message","role":"user","content":[{"type":"input_file","file_id":"\#(file)"}]}"#
    }

    private func read(_ service: Scripted, _ ids: [String] = ["r1"], width: Int = 4) async throws -> Inventory {
        let scratch = try Scratch()
        let file = try scratch.write("ids.txt", ids.joined(separator: "\n"))
        return try await service.read(
            registry: Registry([.init(.file(file), kind: .response, isComplete: true)]), width: width)
    }

    private func uses(_ inventory: Inventory, of response: String) -> [String] {
        guard let row = inventory.row(source: 0, kind: .response, id: response) else { return [] }
        return inventory.edges.leaving(row).map { inventory.id(Int(inventory.edges.to[$0])) }.sorted()
    }

    @Test func `what the items name is used by the response, on whatever page they stand, and no item is a record`()
        async throws
    {
        let service = try service { _, after in
            switch after {
            case nil:
                Self.page(
                    [
                        Self.message("i1", file: "f1"),
                        #"{"id":"i2","type":"code_interpreter_call","container_id":"c1","outputs":[]}"#,
                    ], hasMore: true)
            case "i2"?:
                Self.page([
                    #"{"id":"i3","type":"message","role":"user","content":[{"type":"input_image","file_id":"f2"}]}"#,
                    #"{"id":"i4","type":"file_search_call","vector_store_ids":["v1"],"results":null}"#,
                    #"{"id":"i5","type":"message","role":"assistant","content":[{"type":"output_text","annotations":"#
                        + #"[{"type":"container_file_citation","container_id":"c9","file_id":"cfile_1"}]}]}"#,
                ])
            default: .json("{}", status: 500)
            }
        }
        let inventory = try await read(service)
        #expect(uses(inventory, of: "r1") == ["c1", "f1", "f2", "v1"])
        #expect(service.asked.contains("/v1/responses/r1/input_items?after=i2"))
        #expect(inventory.count == 6 && inventory.coverage[0][.item].records == 0)
        #expect(inventory.complete.contains(.response) && inventory.coverage[0][.response].records == 1)
        #expect(inventory.problems.sorted.isEmpty, "\(inventory.problems.sorted)")
    }

    @Test(arguments: [1, 8])
    func `each response has its own uses, however many lists are read at a time`(width: Int) async throws {
        let ids = (0..<30).map { "r\($0)" }
        let service = try service(ids) { response, _ in
            let number = Int(response.dropFirst()) ?? 0
            return Self.page(number % 3 == 0 ? [] : [Self.message("i", file: "f\(number % 3)")])
        }
        let inventory = try await read(service, ids, width: width)
        for (number, id) in ids.enumerated() {
            #expect(uses(inventory, of: id) == (number % 3 == 0 ? [] : ["f\(number % 3)"]), "\(id)")
        }
    }

    @Test func `a response that names a file twice, in what it was given and in its tools, uses it once`() async throws
    {
        let service = try Scripted { path, _ in
            switch path {
            case "/v1/files": .files(["f1"], hasMore: false)
            case "/v1/responses/r1":
                .json(
                    #"{"id":"r1","object":"response","created_at":1700000000,"tools":[{"type":"code_interpreter","#
                        + #""container":{"type":"auto","file_ids":["f1"]}}]}"#)
            case "/v1/responses/r1/input_items": Self.page([Self.message("i1", file: "f1")])
            default: .empty
            }
        }
        #expect(uses(try await read(service), of: "r1") == ["f1"])
    }

    /// Answers after which nobody knows what a response was given, and what is said of them.
    private static let failures: [(name: String, words: String)] = [
        ("500", "answered 500"), ("403", "answered 403"), ("no list", "the answer is not what was asked for"),
        ("no JSON", "the answer is not what was asked for"), ("cursor ignored", "the server gives the same page again"),
        ("empty page", "the server says that there are more, and gives none"),
        ("no id", "the server says that there are more, and not how to reach them"),
    ]

    private static func failure(_ name: String) -> ServedResponse {
        switch name {
        case "500": .json("{}", status: 500)
        case "403": .json("{}", status: 403)
        case "no list": .json(#"{"id":"r2"}"#)
        case "no JSON": .json("<html>")
        case "cursor ignored": page([message("i1", file: "f1")], hasMore: true)
        case "empty page": page([], hasMore: true)
        default: page([#"{"type":"message"}"#], hasMore: true)
        }
    }

    @Test(arguments: failures)
    func `a list that is not read to its end leaves open what is used, and says where and why`(
        name: String, words: String
    ) async throws {
        let service = try service(["r1", "r2"]) { response, _ in
            response == "r2" ? Self.failure(name) : Self.page([Self.message("i1", file: "f2")])
        }
        let inventory = try await read(service, ["r1", "r2"])
        #expect(uses(inventory, of: "r1") == ["f2"])
        let coverage = inventory.coverage[0]
        #expect(coverage[.response].unreadUses == 1 && coverage[.response].records == 2)
        #expect(coverage.extent(of: .response) == .part && !inventory.complete.contains(.response))
        // Of what else was read nothing is lost.
        #expect(inventory.complete.contains(.file) && inventory.complete.contains(.vectorStore))
        let problem = inventory.problems.sorted.last { $0.message.hasPrefix(words) }
        #expect(problem?.place?.file == "/responses/r2/input_items", "\(inventory.places)")
        // What the service refuses the coverage tells by itself, for an accepted gap excuses it.
        #expect(problem?.losesData == (name != "403") && problem?.kind == .response)
    }

    @Test func `an element that is no object loses what it may have named`() async throws {
        let service = try service { _, _ in Self.page([Self.message("i1", file: "f1"), #""f2""#]) }
        let inventory = try await read(service)
        #expect(uses(inventory, of: "r1") == ["f1"])
        #expect(inventory.coverage[0][.response].lost == 1 && !inventory.complete.contains(.response))
    }

    @Test func `what an item says twice is taken twice, and said (case 25)`() async throws {
        let service = try service { _, _ in
            Self.page([#"{"id":"i1","type":"message","content":[{"file_id":"f1","file_id":"f2"}]}"#])
        }
        let inventory = try await read(service)
        #expect(uses(inventory, of: "r1") == ["f1", "f2"])
        #expect(inventory.problems.sorted.map(\.code) == [.duplicateKey])
    }

    @Test func `a service without such lists says so once, and nothing is called unused`() async throws {
        let ids = (0..<20).map { "r\($0)" }
        let service = try service(ids) { _, _ in .json("{}", status: 404) }
        let inventory = try await read(service, ids)
        #expect(inventory.coverage[0][.response].unreadUses == 20 && !inventory.complete.contains(.response))
        // They are there all the same.
        #expect(inventory.coverage[0][.response].records == 20 && inventory.coverage[0][.response].goneIds == 0)
        let problem = try #require(inventory.problems.sorted.first)
        #expect(inventory.problems.sorted.count == 1 && problem.place?.file == "/responses/{response}/input_items")
        #expect(problem.message.hasPrefix("answered 404 for each of the responses that are there (20)"))
        // A gap that somebody accepts: it is known what could not be looked at.
        #expect(!problem.losesData)
    }

    @Test func `one list that is not there says so, where others are`() async throws {
        let service = try service(["r1", "r2"]) { response, _ in
            response == "r2" ? .json("{}", status: 404) : Self.page([])
        }
        let inventory = try await read(service, ["r1", "r2"])
        #expect(inventory.coverage[0][.response].unreadUses == 1)
        let problem = inventory.problems.sorted.first
        #expect(problem?.message.hasPrefix("answered 404 for 1 of the responses") == true)
    }

    @Test func `a response that is gone was given nothing`() async throws {
        let service = try service(["r1"]) { _, _ in Self.page([]) }
        let inventory = try await read(service, ["r1", "r2"])
        #expect(inventory.coverage[0][.response].goneIds == 1 && inventory.complete.contains(.response))
        #expect(!service.asked.contains("/v1/responses/r2/input_items"))
    }
}
