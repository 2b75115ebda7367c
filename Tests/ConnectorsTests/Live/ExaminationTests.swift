import HTTP
import HTTPServer
import Policies
import Records
import TestSupport
import Testing
import Threads

@testable import Connectors

@Suite struct ExaminationTests {
    /// A service that refuses some paths, and what it was asked.
    private final class Asked: @unchecked Sendable {
        // Proof of Sendable: `lines` is used under `lock`.
        private var lines: [String] = []
        private let lock = Monitor()
        var all: [String] { lock.locked { lines } }
        func note(_ line: String) { lock.locked { lines.append(line) } }
    }

    private func examine(
        type: String = "openai", path: String = "/v1", version: String? = nil,
        registry: [Source.RegistryEntry] = [], _ answer: @escaping @Sendable (String) -> ServedResponse
    ) async throws -> (Examination, asked: [String]) {
        let (asked, scratch) = (Asked(), try Scratch())
        let server = try HTTPServer(port: 0) { request in
            asked.note("\(request.method) \(request.path)")
            return answer(request.path)
        }
        let key = try scratch.write("key", "sk-twin")
        let source = Source(
            name: "service", type: type, path: nil, address: "http://127.0.0.1:\(server.port)\(path)",
            apiVersion: version, credentials: .file(key), registry: registry, fields: .init(), atLeast: [],
            canaries: [], acceptedGaps: [],
            location: SourceLocation(file: "s.yaml", line: 1, column: 1))
        return (await LiveConnector.examine(source), asked.all)
    }

    private static func kind(_ kind: Kind, _ examination: Examination) -> KindExamination? {
        examination.kinds.first { $0.kind == kind }
    }

    @Test func `asks for each list once, and changes nothing`() async throws {
        let (examination, asked) = try await examine { path in
            path == "/v1/vector_stores"
                ? .json(#"{"data":[{"id":"vs_1","object":"vector_store"},{"id":"vs_2"}],"has_more":true}"#) : .empty
        }
        #expect(examination.obstacle == nil)
        #expect(asked.allSatisfy { $0.hasPrefix("GET ") })
        #expect(asked.count == Set(asked).count)
        #expect(
            asked.contains("GET /v1/vector_stores/vs_1/files") && !asked.contains("GET /v1/vector_stores/vs_2/files"))
        #expect(Self.kind(.vectorStoreFile, examination)?.answer == .read)
        #expect(Self.kind(.containerFile, examination)?.answer == .untried)
        #expect(Self.kind(.containerFile, examination)?.gap == nil)
    }

    @Test func `names the scopes that a credential lacks, for just the kinds that need them`() async throws {
        let refusal = #"{"error":{"message":"You have insufficient permissions for this operation. Missing scopes: "#
        let (examination, _) = try await examine { path in
            path.hasPrefix("/v1/vector_stores")
                ? .json(refusal + #"api.vector_stores.read."}}"#, status: 401) : .empty
        }
        #expect(examination.obstacle == nil)
        let stores = try #require(Self.kind(.vectorStore, examination))
        #expect(stores.answer == .refused && stores.sight == .nothing && stores.deletion == .unverifiable)
        #expect(stores.gap?.reason == "answered 401, missing scopes: api.vector_stores.read")
        #expect(stores.gap?.remedy == "give the credential these scopes")
        #expect(Self.kind(.file, examination)?.gap == nil)
    }

    @Test func `what stands below something that cannot be read is not seen either`() async throws {
        let scratch = try Scratch()
        let ids = try scratch.write("ids.txt", "thread_1\n")
        let registry = [Source.RegistryEntry(.file(ids), kind: .thread, isComplete: true)]
        let (examination, _) = try await examine(registry: registry) { path in
            if path.hasPrefix("/v1/threads") { return .json("{}", status: 403) }
            return path == "/v1/containers" ? .json("[]") : .empty
        }
        for (kind, whole) in [(Kind.message, Kind.thread), (.runStep, .thread), (.containerFile, .container)] {
            let part = try #require(Self.kind(kind, examination))
            #expect(part.sight == .nothing && part.answer == .untried, "\(kind)")
            #expect(try part.gap == #require(Self.kind(whole, examination)?.gap), "\(kind)")
        }
        #expect(Self.kind(.vectorStoreFile, examination)?.sight == .all)
    }

    @Test func `asks no further where the credential itself is refused`() async throws {
        let (examination, asked) = try await examine { _ in
            .json(#"{"error":{"code":"invalid_api_key"}}"#, status: 401)
        }
        #expect(examination.obstacle?.reason == "the credential was refused: answered 401 invalid_api_key")
        #expect(examination.kinds.isEmpty)
        // The file is read once more, in case that somebody has put a newer key there.
        #expect(asked == ["GET /v1/files"])
    }

    @Test func `of a version that nobody here knows, what answers 404 is not called retired`() async throws {
        func assistants(_ version: String) async throws -> KindExamination? {
            let (examination, _) = try await examine(type: "azure-openai", path: "", version: version) { path in
                path.hasPrefix("/openai/assistants") ? .json("{}", status: 404) : .empty
            }
            #expect(examination.obstacle == nil)
            return Self.kind(.assistant, examination)
        }
        let unknown = try await assistants("2027-01-01-preview")
        #expect(unknown?.answer == .failed)
        #expect(unknown?.gap?.reason == "answered 404, which may be its retirement or the version")
        #expect(unknown?.gap?.remedy == "check apiVersion: 2027-01-01-preview")
        #expect(try await assistants("2025-04-01-preview")?.answer == .retired)
    }

    @Test func `where no surface answers, nothing is known of the credential or of a retirement`() async throws {
        let (examination, _) = try await examine { _ in .json("{}", status: 404) }
        #expect(examination.obstacle?.reason == "answered 404, and so did whatever else was asked for")
        #expect(examination.obstacle?.remedy == "check the address" && examination.obstacle?.isOurs == false)
        #expect(examination.kinds.isEmpty)
    }

    @Test func `an answer that is none is a gap, and no reason to ask no further`() async throws {
        let (examination, _) = try await examine { path in path == "/v1/batches" ? .json("[]") : .empty }
        let batches = try #require(Self.kind(.batch, examination))
        #expect(batches.answer == .failed && batches.gap?.alwaysCounts == true)
        #expect(batches.gap?.reason == "the answer is not what was asked for")
        #expect(Self.kind(.container, examination)?.answer == .read)
    }

    @Test func `one list that nobody can reach is a gap where another answered, and its obstacle where none did`()
        async throws
    {
        let away = ServedResponse(status: 302, headers: [("Location", "http://127.0.0.1:1/elsewhere")])
        let (examination, _) = try await examine { $0 == "/v1/batches" ? away : .empty }
        #expect(examination.obstacle == nil)
        let batches = try #require(Self.kind(.batch, examination))
        #expect(batches.answer == .failed && batches.gap?.canBeAccepted == false)
        #expect(batches.gap?.reason.contains("/v1/batches: sends its reader on: to another host") == true)
        #expect(Self.kind(.container, examination)?.answer == .read)
        let (nowhere, asked) = try await examine { _ in away }
        #expect(nowhere.obstacle?.remedy == "write the address that it leads to" && asked == ["GET /v1/files"])
    }

    @Test func `a service that does not say what responses were given has a gap there`() async throws {
        func examine(_ input: ServedResponse) async throws -> KindExamination? {
            let scratch = try Scratch()
            let ids = try scratch.write("ids.txt", "r1\n")
            let registry = [Source.RegistryEntry(.file(ids), kind: .response, isComplete: true)]
            let (examination, asked) = try await self.examine(registry: registry) { path in
                switch path {
                case "/v1/responses/r1": .json(#"{"id":"r1","object":"response","created_at":1700000000}"#)
                case "/v1/responses/r1/input_items": input
                default: .empty
                }
            }
            #expect(asked.filter { $0 == "GET /v1/responses/r1/input_items" }.count == 1)
            return Self.kind(.response, examination)
        }
        #expect(try await examine(.empty)?.gap == nil)
        let missing = try await examine(.json("{}", status: 404))
        #expect(missing?.answer == .read && missing?.gap?.alwaysCounts == true)
        #expect(missing?.gap?.reason == "what responses use cannot all be read: answered 404")
        #expect(missing?.gap?.remedy == "accept the gap: nothing that they may use is called unused")
        let refused = try await examine(.json("{}", status: 403))
        #expect(refused?.gap?.reason == "what responses use cannot all be read: answered 403")
        #expect(refused?.gap?.remedy.isEmpty == false)
    }
}
