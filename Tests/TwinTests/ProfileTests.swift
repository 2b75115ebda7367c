import HTTP
import TestSupport
import Testing

@testable import Twin

/// Azure's services against Microsoft's specifications and recorded answers: what is expected here is theirs, not ours.
@Suite(.serialized) struct ProfileTests {
    private static let apiKey = HTTPHeader("api-key", "sk-twin")
    private static let token = HTTPHeader("Authorization", "Bearer ey-twin")
    private static let dated = "api-version=2025-04-01-preview"
    private static let estate: [String: [String]] = Calling.estate.merging(
        [
            "batches": (1...3).map { #"{"id":"batch_\#($0)","object":"batch","created_at":\#($0)}"# },
            "chat_completions": [#"{"id":"chatcmpl-1","object":"chat.completion","created":1}"#],
            "assistants": [#"{"id":"asst_1","object":"assistant","created_at":1}"#],
            "threads": (1...3).map { #"{"id":"thread_\#($0)","object":"thread","created_at":\#($0)}"# },
            "messages": [#"{"id":"msg_1","object":"thread.message","thread_id":"thread_1","created_at":1}"#],
            "conversations": (1...3).map { #"{"id":"conv_\#($0)","object":"conversation","created_at":\#($0)}"# },
            "conversation_items": [#"{"id":"msg_2","type":"message","conversation_id":"conv_1"}"#],
            "responses": [#"{"id":"resp_1","object":"response","created_at":1}"#],
            "containers": [#"{"id":"cntr_1","object":"container","created_at":1}"#],
        ], uniquingKeysWith: { first, _ in first })

    private func azure(_ retired: [String] = [], _ faults: Faults? = nil) throws -> Calling {
        try Calling(Self.estate, profile: .azure, retired: retired, faults: faults)
    }

    private func foundry(_ retired: [String] = []) throws -> Calling {
        try Calling(Self.estate, profile: .foundry, retired: retired)
    }

    @Test(arguments: [
        ("/openai/files?api-version=2024-10-21", 5), ("/openai/files?\(dated)&limit=2&after=file-4", 5),
        ("/openai/batches?\(dated)&limit=2", 2), ("/openai/chat/completions?\(dated)", 1),
        ("/openai/vector_stores?\(dated)", 2), ("/openai/vector_stores/vs_1/files?\(dated)", 3),
        ("/openai/assistants?\(dated)", 1), ("/openai/threads/thread_1/messages?\(dated)", 1),
        ("/openai/v1/files", 5), ("/openai/v1/files?limit=2&api-version=v1", 5),
        ("/openai/v1/vector_stores?limit=1&api-version=preview", 1), ("/openai/v1/containers", 1),
        ("/openai/v1/conversations/conv_1/items", 1),
    ])
    func `an Azure resource has both of its APIs, and files on one page`(path: String, count: Int) async throws {
        let calling = try azure()
        for credential in [Self.apiKey, Self.token] {
            #expect(try await calling.call(.get, path, credential).ids.count == count)
        }
    }

    @Test(arguments: [
        "/openai/files", "/openai/files?api-version=2020-01-01", "/openai/files?api-version=v1",
        "/openai/assistants?api-version=2024-10-21", "/openai/responses/resp_1?api-version=2025-02-01-preview",
        "/openai/chat/completions?api-version=2024-12-01-preview", "/openai/threads?\(dated)",
        "/openai/containers?\(dated)", "/openai/v1/assistants", "/openai/v1/threads/thread_1", "/openai/v1/responses",
        "/openai/v1/conversations", "/openai/v1/batches", "/v1/files", "/openai",
    ])
    func `an Azure resource has nothing where its version has nothing`(path: String) async throws {
        let answer = try await azure().call(.get, path, Self.apiKey)
        #expect(answer.status == 404)
        #expect(answer.error as? [String: String] == ["code": "404", "message": "Resource not found"])
    }

    @Test func `Azure's v1 API says that it does not know a version`() async throws {
        let answer = try await azure().call(.get, "/openai/v1/files?api-version=2025-04-01-preview", Self.apiKey)
        #expect(answer.status == 400)
        #expect(answer.error as? [String: String] == ["code": "BadRequest", "message": "API version not supported"])
    }

    @Test(arguments: [
        nil, HTTPHeader("api-key", "wrong"), HTTPHeader("api-key", "ey-twin"),
    ])
    func `an Azure resource takes no other key`(credential: HTTPHeader?) async throws {
        let answer = try await azure().call(.get, "/openai/v1/files", credential)
        #expect(answer.status == 401)
        #expect(answer.error["code"] as? String == "401")
        #expect(
            answer.message?.hasPrefix("Access denied due to invalid subscription key or wrong API endpoint.") == true)
    }

    @Test(arguments: [(TwinProfile.azure, "https://cognitiveservices.azure.com"), (.foundry, "https://ai.azure.com/")])
    func `a token that is none is refused without an envelope`(profile: TwinProfile, audience: String) async throws {
        let calling = try Calling(Self.estate, profile: profile)
        let path = profile == .azure ? "/openai/v1/files" : "/api/projects/twin/openai/v1/files"
        let answer = try await calling.call(.get, path, HTTPHeader("Authorization", "Bearer sk-twin"))
        #expect(answer.status == 401)
        #expect(answer.body["statusCode"] as? Int == 401)
        #expect((answer.body["message"] as? String)?.contains("audience is incorrect (\(audience))") == true)
    }

    @Test func `a Foundry project takes no key at all`() async throws {
        let answer = try await foundry().call(.get, "/api/projects/twin/openai/v1/files", Self.apiKey)
        #expect(answer.status == 401)
        #expect(answer.error["code"] as? String == "401")
    }

    @Test func `a Foundry project lists threads, conversations and responses`() async throws {
        let calling = try foundry()
        let project = "/api/projects/twin"
        let threads = try await calling.call(.get, "\(project)/threads?api-version=v1&limit=2", Self.token)
        #expect(threads.ids == ["thread_3", "thread_2"])
        #expect(threads.body.keys.sorted() == ["data", "has_more", "last_id"])
        let rest = try await calling.call(.get, "\(project)/threads?api-version=v1&after=thread_2", Self.token)
        #expect(rest.ids == ["thread_1"])
        let conversations = try await calling.call(.get, "\(project)/openai/v1/conversations?order=asc", Self.token)
        #expect(conversations.ids == ["conv_1", "conv_2", "conv_3"])
        #expect(conversations.body.keys.sorted() == ["data", "first_id", "has_more", "last_id", "object"])
        #expect(try await calling.call(.get, "\(project)/openai/v1/responses", Self.token).ids == ["resp_1"])
        for version in ["2025-05-01", "2025-05-15-preview"] {
            let path = "\(project)/assistants?api-version=\(version)"
            #expect(try await calling.call(.get, path, Self.token).ids == ["asst_1"])
        }
    }

    @Test(
        arguments: [
            ("/threads", "BadRequest", "Missing required query parameter: api-version"),
            (
                "/threads?api-version=2024-07-01-preview", "UnsupportedApiVersionValue",
                """
                Unsupported api version '2024-07-01-preview'. The supported versions are 'v1', '2025-05-01', \
                '2025-05-15-preview'
                """
            ),
            (
                "/openai/v1/files?api-version=v1", "BadRequest",
                "api-version query parameter is not allowed when using /v1 path"
            ),
        ])
    func `a Foundry project says what is wrong with a version`(
        path: String, code: String, message: String
    ) async throws {
        let answer = try await foundry().call(.get, "/api/projects/twin\(path)", Self.token)
        #expect(answer.status == 400)
        #expect(answer.error as? [String: String] == ["code": code, "message": message])
    }

    @Test func `a Foundry project that there is not says so, and so does a path that there is not`() async throws {
        let calling = try foundry()
        let project = try await calling.call(.get, "/api/projects/other/threads?api-version=v1", Self.token)
        #expect(project.status == 404 && project.message == "The project does not exist.")
        let path = try await calling.call(.get, "/api/projects/twin/openai/v1/containers", Self.token)
        #expect(path.status == 404 && path.message == "Resource not found")
    }

    @Test
    func `Azure's v1 API has neither a search of a store nor what its files say, and the dated one has (case 34)`()
        async throws
    {
        let calling = try azure()
        let files = "vector_stores/vs_1/files"
        #expect(try await calling.call(.get, "/openai/v1/\(files)", Self.apiKey).status == 200)
        for (root, version, status) in [("openai/v1", "", 404), ("openai", "?\(Self.dated)", 200)] {
            let contents = try await calling.call(.get, "/\(root)/\(files)/file-1/content\(version)", Self.apiKey)
            let search = try await calling.call(
                .post, "/\(root)/vector_stores/vs_1/search\(version)", Self.apiKey, body: #"{"query":"x"}"#)
            #expect(contents.status == status && search.status == status, "\(root)")
        }
    }

    @Test func `lists of Azure say less beside their elements than OpenAI's`() async throws {
        let calling = try azure()
        func keys(_ path: String) async throws -> [String] {
            try await calling.call(.get, path, Self.apiKey).body.keys.sorted()
        }
        #expect(try await keys("/openai/files?\(Self.dated)") == ["data", "object"])
        #expect(try await keys("/openai/batches?\(Self.dated)") == ["data", "has_more", "object"])
        #expect(
            try await keys("/openai/chat/completions?\(Self.dated)")
                == ["data", "first_id", "has_more", "last_id", "object", "total"])
        #expect(try await keys("/openai/v1/files") == ["data", "first_id", "has_more", "last_id", "object"])
    }

    @Test func `every answer of Azure brings its own headers, and limits of responses say nothing`() async throws {
        let calling = try azure()
        let answer = try await calling.call(.get, "/openai/v1/files", Self.apiKey)
        #expect(answer.header("apim-request-id") != nil && answer.header("x-ms-region") != nil)
        #expect(answer.header("openai-version") == nil && answer.header("x-ratelimit-remaining-tokens") == nil)
        let response = try await calling.call(.get, "/openai/v1/responses/resp_1", Self.apiKey)
        #expect(response.header("x-ratelimit-remaining-tokens") == "-1")
    }

    @Test func `Azure says in words how long to wait, and in headers not of responses`() async throws {
        let calling = try azure([], Faults(seed: 1, percents: [.throttled: 100]))
        let files = try await calling.call(.get, "/openai/v1/files", Self.apiKey)
        let seconds = try #require(files.header("retry-after"))
        #expect(files.status == 429 && files.error["code"] as? String == "429")
        #expect(files.message?.contains("Please retry after \(seconds) seconds.") == true)
        #expect(files.header("retry-after-ms") == "\(seconds)000")
        let response = try await calling.call(.get, "/openai/v1/responses/resp_1", Self.apiKey)
        #expect(response.status == 429 && response.header("retry-after") == nil)
        #expect(response.message?.contains("Please retry after ") == true)
    }

    @Test func `messages of Azure's threads cannot be deleted, threads can`() async throws {
        let calling = try azure()
        let thread = "/openai/threads/thread_1"
        #expect(try await calling.call(.delete, "\(thread)/messages/msg_1?\(Self.dated)", Self.apiKey).status == 404)
        let deleted = try await calling.call(.delete, "\(thread)?\(Self.dated)", Self.apiKey)
        #expect(deleted.body["object"] as? String == "thread.deleted")
        #expect(try await calling.call(.get, "\(thread)?\(Self.dated)", Self.apiKey).status == 404)
    }

    @Test func `an area that is retired is not there in any of a profile's APIs`() async throws {
        let retired = try azure(["assistants"])
        let answer = try await retired.call(.get, "/openai/assistants?\(Self.dated)", Self.apiKey)
        #expect(answer.status == 404 && answer.message == "Resource not found")
        #expect(try await retired.call(.get, "/openai/files?\(Self.dated)", Self.apiKey).status == 200)
        let project = try await foundry(["assistants"])
            .call(.get, "/api/projects/twin/threads?api-version=v1", Self.token)
        #expect(project.status == 404)
    }

    @Test func `an object that is not there is told in Azure's shape, and names no more than OpenAI does`() async throws
    {
        let answer = try await azure().call(.get, "/openai/threads/thread_9?\(Self.dated)", Self.apiKey)
        #expect(answer.status == 404)
        #expect(answer.error as? [String: String] == ["code": "404", "message": "No thread found with id 'thread_9'."])
    }
}
