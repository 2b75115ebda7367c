import HTTPServer
import Policies
import Records
import TestSupport
import Testing

@testable import Connectors

/// What nobody can list, and other records name.
@Suite(.serialized) struct HarvestTests {
    /// A service with these records by their ids, whose lists are empty unless they are given.
    private func service(
        _ records: [String: String], lists: [String: [String]] = [:]
    ) throws -> Scripted {
        try Scripted { path, _ in
            if let record = records[path] { return .json(record) }
            let isList = path.hasSuffix("/input_items")
            let isById = (path.hasPrefix("/v1/responses/") && !isList) || path.split(separator: "/").count == 3
            guard !isById || path.hasPrefix("/v1/chat/") else { return .json("{}", status: 404) }
            let data = (lists[path] ?? []).joined(separator: ",")
            return .json(#"{"object":"list","data":[\#(data)],"has_more":false}"#)
        }
    }

    private func response(_ id: String, previous: String? = nil, conversation: String? = nil) -> String {
        var members = [#""id":"\#(id)","object":"response","created_at":1700000000"#]
        if let previous { members.append(#""previous_response_id":"\#(previous)""#) }
        if let conversation { members.append(#""conversation":{"id":"\#(conversation)"}"#) }
        return "{\(members.joined(separator: ","))}"
    }

    private func registry(_ ids: [String], _ kind: Kind, complete: Bool = false) throws -> Registry {
        let scratch = try Scratch()
        let file = try scratch.write("ids.txt", ids.joined(separator: "\n"))
        return try Registry([.init(.file(file), kind: kind, isComplete: complete)])
    }

    @Test func `follows responses to the first of their chain, whose circle ends, and asks for each once`() async throws
    {
        let service = try service([
            "/v1/responses/r1": response("r1", previous: "r2"), "/v1/responses/r2": response("r2", previous: "r3"),
            "/v1/responses/r3": response("r3", previous: "r1"), "/v1/responses/r4": response("r4", previous: "r2"),
        ])
        let inventory = try await service.read(registry: registry(["r1", "r4"], .response))
        let asked = service.asked.filter { $0.hasPrefix("/v1/responses") && !$0.hasSuffix("/input_items") }
        #expect(asked.sorted() == ["r1", "r2", "r3", "r4"].map { "/v1/responses/\($0)" })
        let coverage = inventory.coverage[0][.response]
        #expect(coverage.registryIds == 2 && coverage.harvestedIds == 2 && coverage.goneIds == 0)
        #expect(coverage.records == 4 && !coverage.isComplete)
    }

    @Test func `finds the conversation of a response, and what is in it`() async throws {
        let service = try service(
            [
                "/v1/responses/r1": response("r1", conversation: "c1"),
                "/v1/conversations/c1": #"{"id":"c1","object":"conversation","created_at":1700000000}"#,
            ], lists: ["/v1/conversations/c1/items": [#"{"id":"i1","type":"message","role":"user"}"#]])
        let inventory = try await service.read(registry: registry(["r1"], .response))
        let names = inventory.lines.map { line in String(line.prefix { $0 != "," }) }
        #expect(names == ["conversation c1", "item i1", "response r1"])
        #expect(inventory.coverage[0][.conversation].harvestedIds == 1)
        #expect(!inventory.complete.contains(.conversation) && !inventory.complete.contains(.item))
    }

    @Test func `finds ids in the metadata and the attributes that a source names, and takes no prose for one`()
        async throws
    {
        let stores = [
            #"{"id":"vs_1","object":"vector_store","created_at":1700000000,"metadata":{"product":"thread_1"}}"#,
            #"{"id":"vs_2","object":"vector_store","created_at":1700000000,"metadata":{"product":"ask Bob, please"}}"#,
            #"{"id":"vs_3","object":"vector_store","created_at":1700000000,"metadata":{"product":"..","owner":"thread_3"}}"#,
        ]
        let file =
            #"{"id":"f1","object":"vector_store.file","created_at":1700000000,"attributes":{"product":"thread_2"}}"#
        let service = try service(
            [
                "/v1/threads/thread_1": #"{"id":"thread_1","object":"thread","created_at":1700000000}"#,
                "/v1/threads/thread_2": #"{"id":"thread_2","object":"thread","created_at":1700000000}"#,
            ], lists: ["/v1/vector_stores": stores, "/v1/vector_stores/vs_2/files": [file]])
        let inventory = try await service.read(
            registry: Registry([.init(.metadata("product"), kind: .thread)]))
        let asked = service.asked.filter { $0.hasPrefix("/v1/threads") && $0.split(separator: "/").count == 3 }
        #expect(asked.sorted() == ["/v1/threads/thread_1", "/v1/threads/thread_2"])
        #expect(inventory.coverage[0][.thread].harvestedIds == 2 && inventory.coverage[0][.thread].records == 2)
        #expect(!inventory.complete.contains(.thread))
        #expect(inventory.problems.sorted.allSatisfy { !$0.losesData })
    }

    @Test func `counts what is named and gone, where others of its kind are there`() async throws {
        let service = try service(["/v1/responses/r1": response("r1", previous: "r0")])
        let inventory = try await service.read(registry: registry(["r1", "r2"], .response, complete: true))
        let coverage = inventory.coverage[0][.response]
        #expect(coverage.registryIds == 2 && coverage.harvestedIds == 1 && coverage.goneIds == 2)
        // What is gone contradicts nobody.
        #expect(coverage.isComplete)
    }

    @Test func `believes no vouch for a registry that lacks what exists`() async throws {
        let service = try service([
            "/v1/responses/r1": response("r1", previous: "r0"), "/v1/responses/r0": response("r0"),
        ])
        let inventory = try await service.read(registry: registry(["r1"], .response, complete: true))
        #expect(!inventory.complete.contains(.response))
        let problem = try #require(inventory.problems.sorted.first { $0.code == .incompleteRegistry })
        #expect(problem.losesData && problem.kind == .response)
        #expect(problem.message.contains("name 1 that exist and are not in it"))
    }

    @Test func `follows so many ids and no more, and says so`() async throws {
        let records = Dictionary(
            uniqueKeysWithValues: (0..<20).map { ("/v1/responses/r\($0)", response("r\($0)", previous: "r\($0 + 1)")) })
        let service = try service(records)
        let inventory = try await service.read(registry: registry(["r0"], .response), mostHarvested: 5)
        let asked = service.asked.filter { $0.hasPrefix("/v1/responses") && !$0.hasSuffix("/input_items") }
        #expect(asked.count == 6)
        #expect(inventory.coverage[0][.response].lost == 1)
        let problem = try #require(inventory.problems.sorted.first { $0.code == .tooLarge })
        #expect(problem.losesData && problem.message.contains("than are followed (5)"))
    }

    @Test func `reads just what can be reached, in one order, however many lists are read at a time`() async throws {
        var reached = 0
        var gone = 0
        var circles = 0
        for seed in UInt64(0)..<40 {
            var dice = SplitMix64(seed: seed)
            let count = Int.random(in: 1...24, using: &dice)
            var previous: [Int: Int] = [:]
            var missing: Set<Int> = []
            for id in 0..<count {
                if dice.chance(80) { previous[id] = Int.random(in: 0..<count, using: &dice) }
                if dice.chance(15) { missing.insert(id) }
            }
            let known = (0..<count).filter { _ in dice.chance(20) }
            // The slow model: again and again, until nothing is added.
            var model = Set(known)
            while true {
                let next = model.union(model.filter { !missing.contains($0) }.compactMap { previous[$0] })
                if next == model { break }
                model = next
            }
            let records = (0..<count).filter { !missing.contains($0) }.map { id in
                ("/v1/responses/r\(id)", response("r\(id)", previous: previous[id].map { "r\($0)" }))
            }
            let service = try service(Dictionary(uniqueKeysWithValues: records))
            let registry = try self.registry(known.map { "r\($0)" }, .response)
            let wide = try await service.read(registry: registry, width: 8)
            let narrow = try await service.read(registry: registry, width: 1)
            let expected = model.subtracting(missing)
            #expect(Set((0..<wide.count).map { wide.id($0) }) == Set(expected.map { "r\($0)" }), "seed \(seed)")
            #expect((0..<wide.count).map { wide.id($0) } == (0..<narrow.count).map { narrow.id($0) }, "seed \(seed)")
            let coverage = wide.coverage[0][.response]
            #expect(coverage.harvestedIds == model.count - known.count, "seed \(seed)")
            if !expected.isEmpty { #expect(coverage.goneIds == model.intersection(missing).count, "seed \(seed)") }
            reached += expected.count - known.filter { !missing.contains($0) }.count
            gone += coverage.goneIds
            circles +=
                expected.contains { id in
                    var (at, seen) = (previous[id], Set<Int>())
                    while let next = at, next != id, seen.insert(next).inserted { at = previous[next] }
                    return at == id
                } ? 1 : 0
        }
        print("harvest: \(reached) found, \(gone) gone, circles in \(circles) of 40")
        #expect(reached > 40 && gone > 10 && circles > 5)
    }
}
