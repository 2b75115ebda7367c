import Disposition
import Foundation
import HTTPServer
import Records
import TestSupport
import Testing
import Threads
import Twin

@testable import Connectors

/// Words of a file in a store, by which the store is searched before the file is taken out and afterwards (case 34).
@Suite(.serialized) struct SearchingTests {
    private static let entry = DispositionTarget(kind: .vectorStoreFile, id: "vs_1/file-a", container: "vs_1")
    private static let contents = "/v1/vector_stores/vs_1/files/file-a/content"
    private static let search = "/v1/vector_stores/vs_1/search"

    private func acting(_ faults: String? = nil, _ service: ServiceKind = .openai) throws -> Acting {
        try Acting(DeletionTests.twin(service, faults: faults).twin, as: service)
    }

    /// A service whose file says this, and of whose search that comes.
    private func stage(
        _ contents: ServedResponse, _ results: @escaping @Sendable (_ body: [UInt8], _ time: Int) -> ServedResponse
    ) throws -> Stage {
        try Stage { request, _, time in
            switch request.path {
            case Self.contents: contents
            case Self.search: results(request.body, time)
            default: .notFound
            }
        }
    }

    /// What a store says of its file: pieces without quotes.
    private func contents(_ texts: String...) -> ServedResponse {
        let data = texts.map { #"{"type":"text","text":"\#($0.replacing("\n", with: "\\n"))"}"# }
        return .json(#"{"data":[\#(data.joined(separator: ","))]}"#)
    }

    private static func results(_ ids: String...) -> ServedResponse {
        .json(#"{"data":[\#(ids.map { #"{"file_id":"\#($0)"}"# }.joined(separator: ","))]}"#)
    }

    @Test func `words of a file find it while it is in its store, and not afterwards (case 34)`() async throws {
        let acting = try acting()
        let service = acting.service
        #expect(await service.learnWords(of: Self.entry) == .found)
        #expect(await service.call(.detach, on: Self.entry) == .accepted)
        #expect(await service.search(for: Self.entry) == .notFound)
        // Another file's words are not this one's.
        let other = DispositionTarget(kind: .vectorStoreFile, id: "vs_1/file-b", container: "vs_1")
        #expect(await service.learnWords(of: other) == .found)
        #expect(await service.search(for: Self.entry) == .unreadable("nothing of it was read"))
    }

    @Test(arguments: [
        ("staleSearches", [SearchSighting](repeating: .found, count: 7)),
        ("lateSearches", [.found, .found, .found, .notFound]),
    ])
    func `what a store goes on finding is found, and a further search is waited for as a look is (cases 34, 58)`(
        fault: String, sightings: [SearchSighting]
    ) async throws {
        let acting = try acting(#"{"\#(fault)":100}"#)
        #expect(await acting.service.learnWords(of: Self.entry) == .found)
        #expect(await acting.service.call(.detach, on: Self.entry) == .accepted)
        #expect(await acting.service.readBack(.detach, on: Self.entry) == .absent)
        var seen: [SearchSighting] = []
        repeat {
            seen.append(await acting.service.search(for: Self.entry))
            guard seen.last == .found else { break }
        } while await acting.service.pause(after: seen.count)
        #expect(seen == sightings)
        #expect(acting.clock.waits == [1, 2, 4, 8, 15, 30].prefix(sightings.count - 1).map { .seconds($0) })
    }

    @Test func `a service without these calls is asked for nothing more, and is alive all the same (cases 34, 35)`()
        async throws
    {
        let acting = try acting(nil, .azureV1)
        #expect(
            await acting.service.learnWords(of: Self.entry)
                == .unreadable("the service has no call that reads its contents, or has them no more"))
        #expect(await acting.service.look(at: Self.entry).facts != nil)
        let stage = try stage(contents("some words")) { _, _ in .notFound }
        #expect(
            await (try Acting(stage)).service.learnWords(of: Self.entry)
                == .unreadable("the service has no call that searches its store, or has that store no more"))
        #expect(stage.asked == ["GET \(Self.contents)", "POST \(Self.search)"])
        let other = try self.stage(contents("some words")) { _, _ in ServedResponse(status: 405) }
        #expect(
            await (try Acting(other)).service.learnWords(of: Self.entry)
                == .unreadable("the service has no call that searches its store"))
    }

    @Test func `of a store that goes between two searches nobody says that it never could be searched (case 34)`()
        async throws
    {
        let stage = try stage(contents("some words")) { _, time in time == 1 ? Self.results("file-a") : .notFound }
        let acting = try Acting(stage)
        #expect(await acting.service.learnWords(of: Self.entry) == .found)
        #expect(
            await acting.service.search(for: Self.entry)
                == .unreadable("the service has no call that searches its store, or has that store no more"))
    }

    @Test func `what has no words, or is no contents, cannot be searched for, and nothing of it is told (case 34)`()
        async throws
    {
        for (contents, words) in [
            (contents(" \n—  "), "its contents have no words"), (.json(#"{"data":[]}"#), "its contents have no words"),
            (.json(#"{"secret":"plan"}"#), "what was answered for its contents is none"),
            (ServedResponse(status: 500), "its contents: answered 500"),
        ] {
            let stage = try stage(contents) { _, _ in Self.results("file-a") }
            #expect(await (try Acting(stage)).service.learnWords(of: Self.entry) == .unreadable(words))
            #expect(stage.changes == 0)
        }
    }

    @Test func `a search is sent again where it was not answered: it changes nothing (case 34)`() async throws {
        let stage = try stage(contents("some words")) { _, time in
            switch time {
            case 1: ServedResponse(status: 503)
            case 2: ServedResponse(status: 429).with("Retry-After", "3")
            case 3: Self.results("file-a").delivered(.none)
            default: Self.results("file-b", "file-a")
            }
        }
        let acting = try Acting(stage)
        #expect(await acting.service.learnWords(of: Self.entry) == .found)
        #expect(stage.changes == 4 && acting.clock.waits.contains(.seconds(3)))
    }

    @Test
    func `who may not read or not search is told so, and answers that say too little prove nothing (cases 34, 59)`()
        async throws
    {
        for status in [401, 403] {
            let closed = try stage(ServedResponse(status: status)) { _, _ in Self.results() }
            guard case .refused(let words) = await (try Acting(closed)).service.learnWords(of: Self.entry) else {
                Issue.record("\(status) is no refusal")
                continue
            }
            #expect(words.hasPrefix("its contents: answered \(status)"))
            let blind = try stage(contents("some words")) { _, _ in ServedResponse(status: status) }
            guard case .refused = await (try Acting(blind)).service.learnWords(of: Self.entry) else {
                Issue.record("\(status) is no refusal")
                continue
            }
        }
        for (answer, sighting) in [
            (Self.results(), SearchSighting.notFound), (Self.results("file-b"), .notFound),
            (
                .json(#"{"data":[{"score":1}]}"#),
                .unreadable("a search of its store: a result does not say whose it is")
            ),
            (.json("{}"), .unreadable("a search of its store: the answer is no list of results")),
            (ServedResponse(status: 400), .unreadable("a search of its store: answered 400")),
        ] {
            let stage = try stage(contents("some words")) { _, _ in answer }
            #expect(await (try Acting(stage)).service.learnWords(of: Self.entry) == sighting)
        }
    }

    @Test func `a search asks for whole words of the longest piece, at most 200 characters, not rewritten (case 34)`()
        async throws
    {
        let sent = Sent()
        let long = (1...400).map { "word\($0)" }.joined(separator: " \n")
        let stage = try stage(contents("short", long)) { body, _ in
            sent.take(body)
            return Self.results("file-a")
        }
        #expect(await (try Acting(stage)).service.learnWords(of: Self.entry) == .found)
        let body = try #require(
            try JSONSerialization.jsonObject(with: Data(sent.body)) as? [String: Any])
        let query = try #require(body["query"] as? String)
        #expect(body["max_num_results"] as? Int == 50 && body["rewrite_query"] as? Bool == false && body.count == 3)
        #expect(query.count <= 200 && query.count > 180)
        #expect(query.hasPrefix("word201 word202 ") && long.replacing("\n", with: "").contains(query))
        #expect((long + " ").replacing("\n", with: "").contains(query + " "))
    }

    @Test(arguments: [
        ("two words", "two words"), ("a \t b\n\nc", "a b c"),
        (String(repeating: "語", count: 500), String(repeating: "語", count: 200)),
        ("x " + String(repeating: "y", count: 199), String(repeating: "y", count: 199)),
        ("x " + String(repeating: "y", count: 198), "x " + String(repeating: "y", count: 198)),
    ])
    func `few words are all taken, and a word that is too long is cut (case 34)`(text: String, words: String) throws {
        let body = try JSONSerialization.data(withJSONObject: ["data": [["type": "text", "text": text]]])
        #expect(try SearchWords(from: Array(body)).text == words)
    }
}

/// What a service was sent last.
private final class Sent: @unchecked Sendable {
    // Proof of Sendable: `bytes` is used under `lock`.
    private var bytes: [UInt8] = []
    private let lock = Monitor()

    var body: [UInt8] { lock.locked { bytes } }

    func take(_ body: [UInt8]) { lock.locked { bytes = body } }
}
