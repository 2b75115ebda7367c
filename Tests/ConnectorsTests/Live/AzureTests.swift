import HTTP
import HTTPServer
import Policies
import ProviderFacts
import Records
import TestSupport
import Testing
import Twin

@testable import Connectors

/// What a scan of Azure's services says when it is set up wrongly: never that anything is retired or gone.
@Suite(.serialized) struct AzureTests {
    private func facts(_ type: String, _ version: String) throws -> ProviderFacts {
        try #require(try ProviderFacts.facts(ofType: type, version: version))
    }

    private func read(
        _ service: ServiceKind, _ facts: ProviderFacts, retired: [String] = []
    ) async throws -> Inventory {
        let export = try SmallEstate.make(threads: 5, for: service)
        let twin = try Twin(estate: export.directory, profile: service.profile, retired: retired)
        return try await readService(
            port: twin.port, as: service, facts, registry: SmallEstate.registry(of: export))
    }

    private func retired(_ inventory: Inventory) -> [Kind] {
        Kind.allCases.filter { inventory.coverage[0][$0].isRetired }
    }

    private func messages(_ inventory: Inventory) -> Set<String> { Set(inventory.problems.sorted.map(\.message)) }

    @Test(arguments: ["2019-01-01-preview", "2023-12-01-preview"])
    func `a version that the service does not have is a mistake, and retires nothing`(version: String) async throws {
        let inventory = try await read(.azureClassic, facts("azure-openai", version))
        #expect(inventory.count == 0 && inventory.complete.isEmpty && retired(inventory).isEmpty)
        let reason =
            "answered 404, and so did whatever else was asked for; check the address, and apiVersion: \(version)"
        #expect(messages(inventory).contains(reason))
    }

    @Test func `a version of Azure's v1 API that it does not know is named`() async throws {
        let preview = try await read(.azureV1, facts("azure-openai", "preview"))
        #expect(preview.complete == (try ServiceKind.azureV1.kinds))
        let refused = try Scripted { _, _ in
            .json(#"{"error":{"code":"BadRequest","message":"API version not supported"}}"#, status: 400)
        }
        let inventory = try await refused.read(as: .azureV1)
        #expect(retired(inventory).isEmpty && inventory.complete.isEmpty)
        #expect(
            messages(inventory) == [
                "answered 400 BadRequest; correct apiVersion: the service does not take this one"
            ])
    }

    @Test func `a version that a Foundry project does not know costs its agents alone`() async throws {
        let inventory = try await read(.foundry, facts("azure-foundry", "2024-07-01-preview"))
        #expect(inventory.complete == [.file, .vectorStore, .vectorStoreFile, .conversation, .item, .response])
        #expect(retired(inventory).isEmpty)
        #expect(
            messages(inventory).contains(
                """
                answered 400 UnsupportedApiVersionValue; correct apiVersion: the service does not take this one
                """))
    }

    @Test func `of a version that nobody here knows, what answers 404 is not called retired`() async throws {
        let service = try Scripted { path, _ in
            path.hasPrefix("/openai/assistants")
                ? .json(#"{"error":{"code":"404","message":"Resource not found"}}"#, status: 404) : .empty
        }
        let unknown = try await service.read(as: .azureClassic, facts("azure-openai", "2027-01-01-preview"))
        #expect(retired(unknown).isEmpty && !unknown.complete.contains(.assistant) && unknown.complete.contains(.file))
        #expect(
            messages(unknown).contains(
                "answered 404, which may be its retirement or the version; check apiVersion: 2027-01-01-preview"))
        let known = try await service.read(as: .azureClassic)
        #expect(retired(known) == [.assistant, .thread, .message, .run, .runStep])
    }

    @Test func `a stable version is not asked for what it does not have`() async throws {
        let service = try Scripted { _, _ in .empty }
        _ = try await service.read(as: .azureClassic, facts("azure-openai", "2024-10-21"))
        #expect(service.asked.sorted() == ["/openai/batches", "/openai/files"])
    }

    @Test func `an address with nothing behind it retires nothing, at OpenAI either`() async throws {
        let nothing = try Scripted { _, _ in .json(#"{"error":{"message":"x"}}"#, status: 404) }
        for service in ServiceKind.allCases {
            let inventory = try await nothing.read(as: service)
            #expect(retired(inventory).isEmpty && inventory.complete.isEmpty)
            #expect(messages(inventory).allSatisfy { $0.contains("check the address") }, "\(messages(inventory))")
        }
    }

    @Test func `goes on behind a list of one page only where the server says that there are more`() async throws {
        func service(hasMore: Bool?) throws -> Scripted {
            try Scripted { path, after in
                guard path == "/openai/v1/files" else { return .empty }
                return after == nil ? .files(["a", "b"], hasMore: hasMore) : .files(["c"], hasMore: false)
            }
        }
        let more = try service(hasMore: true)
        #expect(try await more.read(as: .azureV1).lines.count == 3)
        #expect(
            more.asked.filter { $0.hasPrefix("/openai/v1/files") } == ["/openai/v1/files", "/openai/v1/files?after=b"])
        for hasMore in [nil, false] {
            let whole = try service(hasMore: hasMore)
            let inventory = try await whole.read(as: .azureV1)
            #expect(inventory.lines.count == 2 && inventory.complete.contains(.file))
        }
    }

    @Test func `objects as Azure writes them are read, and what it calls deleted is still there (case 85)`()
        async throws
    {
        let bodies = [
            "/openai/chat/completions":
                #"{"object":"list","data":[{"id":"chatcmpl-1","model":"m","created":1738193475,"request_id":"r","#
                + #""usage":{"total_tokens":25},"metadata":{"tenant":"t1"},"choices":[]}],"total":1,"has_more":false}"#,
            "/openai/batches":
                #"{"has_more":false,"data":[{"object":"batch","id":"batch_1","input_file_id":"file-1","#
                + #""status":"completed","created_at":1646126127,"completed_at":1646126136,"failed_at":null,"#
                + #""first_id":"batch_abc123","last_id":"batch_abc456","metadata":{}}],"object":"list"}"#,
            "/openai/files":
                #"{"data":[{"status":"processed","bytes":140,"purpose":"fine-tune","filename":"f","id":"file-1","#
                + #""created_at":1646126127,"object":"file"},{"status":"deleting","bytes":1,"purpose":"batch","#
                + #""filename":"g","id":"file-2","created_at":1646126127,"object":"file"},{"status":"deleted","#
                + #""bytes":1,"purpose":"batch","filename":"g","id":"file-3","created_at":1646126127,"#
                + #""object":"file"}],"object":"list"}"#,
        ]
        let service = try Scripted { path, _ in bodies[path].map { .json($0) } ?? .empty }
        let inventory = try await service.read(as: .azureClassic)
        #expect(
            inventory.lines == [
                "batch batch_1, created 1646126127, active 1646126136, completed, uses file file-1",
                "chatCompletion chatcmpl-1, created 1738193475, 25 tokens, tenant=t1",
                "file file-1, created 1646126127, processed, 140 B", "file file-2, created 1646126127, deleting, 1 B",
                "file file-3, created 1646126127, deleted, 1 B",
            ])
        #expect(inventory.complete.contains(.file))
    }

    @Test(
        arguments: [
            (nil, "sk", "azure-openai", "api-key: sk"), (.token, "sk", "azure-openai", "Authorization: Bearer sk"),
            (nil, #"{"accessToken":"ey"}"#, "azure-openai", "Authorization: Bearer ey"),
            (.key, #"{"accessToken":"ey"}"#, "azure-openai", "api-key: ey"),
            (nil, "sk", "azure-foundry", "Authorization: Bearer sk"), (nil, "sk", "openai", "Authorization: Bearer sk"),
            (.key, "sk", "openai", "Authorization: Bearer sk"),
        ] as [(Source.Authentication?, String, String, String)])
    func `a key goes where the provider takes keys, and a token is a bearer's`(
        authentication: Source.Authentication?, content: String, type: String, header: String
    ) throws {
        let scratch = try Scratch()
        let credential = try Credential(.file(scratch.write("secret", content)))
        let facts = try #require(try ProviderFacts.facts(ofType: type))
        let sent = credential.header(facts, authentication)
        #expect("\(sent.name): \(sent.value)" == header)
    }

    @Test func `what a command prints is a token unless the document says otherwise`() throws {
        let credential = try Credential(.command("printf secret"))
        let facts = try #require(try ProviderFacts.facts(ofType: "azure-openai"))
        #expect(credential.header(facts, nil).name == "Authorization")
        #expect(credential.header(facts, .key).name == "api-key")
    }
}
