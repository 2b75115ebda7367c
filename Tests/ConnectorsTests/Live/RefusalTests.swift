import HTTPServer
import Policies
import Records
import TestSupport
import Testing

@testable import Connectors

/// What is said of a service that refuses, and what is not.
@Suite(.serialized) struct RefusalTests {
    private func messages(status: Int, _ body: String) async throws -> [String] {
        let service = try Scripted { _, _ in .json(body, status: status) }
        return try await service.read().problems.sorted.map(\.message)
    }

    @Test func `names the scopes that a credential lacks`() async throws {
        let messages = try await messages(
            status: 401,
            """
            {"error":{"message":"You have insufficient permissions for this operation. Missing scopes: api.files.read, \
            api.vector_stores.read. Check that you have the correct role","type":"invalid_request_error","param":null,\
            "code":null}}
            """)
        #expect(
            messages.contains(
                """
                answered 401 invalid_request_error, missing scopes: api.files.read, api.vector_stores.read; give the \
                credential these scopes
                """))
    }

    @Test func `a scope that is lacking keeps nobody from what other scopes show`() async throws {
        let ids = (1...20).map { "thread_\($0)" }
        let scratch = try Scratch()
        let file = try scratch.write("ids.txt", ids.joined(separator: "\n"))
        let refusal = #"{"error":{"message":"Missing scopes: api.threads.read","type":"invalid_request_error"}}"#
        let service = try Scripted { path, _ in
            path.hasPrefix("/v1/threads") || path == "/v1/files" ? .json(refusal, status: 401) : .empty
        }
        let inventory = try await service.read(
            registry: try Registry([.init(.file(file), kind: .thread, isComplete: true)]), width: 1)
        #expect(Set(inventory.complete).isSuperset(of: [.vectorStore, .batch, .assistant, .container]))
        #expect(Set(inventory.complete).isDisjoint(with: [Kind.file, .thread, .message]))
        // One answer is enough.
        #expect(service.asked.count { $0.hasPrefix("/v1/threads") } == 1)
        let invalid = try Scripted { path, _ in .json(#"{"error":{"code":"invalid_api_key"}}"#, status: 401) }
        _ = try await invalid.read(width: 1)
        #expect(invalid.asked.count == 1)
    }

    @Test(arguments: [
        #"{"error":{"message":"Incorrect API key provided: sk-secret-1234","code":"invalid_api_key"}}"#,
        #"{"message":"sk-secret","type":"a type with secret spaces","code":"sk-secret"}"#,
        #"{"error":{"code":{"secret":1},"message":["secret"],"type":7}}"#, #"{"error":"secret"}"#, "secret", "",
        #"{"error":{"message":"Missing scopes: secret api.secret\n"}}"#,
    ])
    func `quotes nothing of what a service says`(body: String) async throws {
        for message in try await messages(status: 400, body) { #expect(!message.contains("secret"), "\(message)") }
    }

    @Test(
        arguments: [
            (
                401,
                #"{"error":{"code":"401","message":"Access denied due to invalid subscription key or wrong API endpoint."}}"#,
                "answered 401; check the credential, its organization, and the addresses that it may be used from"
            ),
            (
                401,
                #"{"statusCode":401,"message":"Unauthorized. Access token is missing, invalid, audience is incorrect (https://ai.azure.com/), or have expired."}"#,
                "answered 401; get a token for this service: az account get-access-token --resource https://ai.azure.com"
            ),
            (
                401,
                #"{"error":{"code":"PermissionDenied","message":"The principal `someone@example.com` lacks the required data action `Microsoft.CognitiveServices/accounts/AIServices/agents/read` to perform `GET /api/projects/{projectName}/assistants` operation."}}"#,
                "answered 401 PermissionDenied, missing scopes: Microsoft.CognitiveServices/accounts/AIServices/agents/read; "
                    + "give the credential a role that has this action"
            ),
            (
                403, #"{"error":{"code":"403","message":"Access denied due to Virtual Network/Firewall rules."}}"#,
                "answered 403; check the credential's project, and whether this network may reach the service"
            ),
            (
                403,
                #"{"error":{"code":"AuthenticationTypeDisabled","message":"Key based authentication is disabled for this resource."}}"#,
                "answered 403 AuthenticationTypeDisabled; this resource takes no keys: give a token, "
                    + "{command: az account get-access-token …}"
            ),
            (
                429,
                #"{"error":{"code":"429","message":"Requests to the Files_List Operation under Azure OpenAI API version 2025-04-01-preview have exceeded token rate limit. Please retry after 86400 seconds."}}"#,
                "answered 429; scan when the quota or the rate limit allows it in 86400 seconds"
            ),
            (
                400,
                #"{"error":{"code":"BadRequest","message":"api-version query parameter is not allowed when using /v1 path"}}"#,
                "answered 400 BadRequest; correct apiVersion: the service does not take this one"
            ),
            (400, #"{"code":"BadRequest","message":"no"}"#, "answered 400 BadRequest; check the address"),
        ])
    func `says what to do about an error of Azure's, whatever its shape`(
        status: Int, body: String, expected: String
    ) async throws {
        let messages = try await messages(status: status, body)
        #expect(messages.contains(expected), "\(Set(messages))")
        #expect(messages.allSatisfy { !$0.contains("someone") })
    }

    @Test(
        arguments: [
            ("Please retry after 23 seconds.", 23_000), ("Rate limit is exceeded. Try again in 2 seconds.", 2000),
            ("Please try again in 1.5s. Visit", 1500), ("Please try again in 20ms.", 20),
            ("Please retry after a while", nil), ("retry after 5 parsecs", nil),
            ("retry after 9999999999 seconds", nil),
            ("retry after . seconds", nil), ("retry after", nil), ("", nil),
        ] as [(String, Int?)])
    func `reads a wait off a message only where it can be nothing else`(message: String, milliseconds: Int?) {
        #expect(Refusal.milliseconds(in: message) == milliseconds)
    }

    @Test func `asks no more once a credential was refused`() async throws {
        let service = try Scripted { path, _ in
            switch path {
            case "/v1/vector_stores":
                .json(
                    #"{"object":"list","data":["#
                        + (0..<50).map { #"{"id":"vs_\#($0)","object":"vector_store"}"# }.joined(separator: ",")
                        + #"],"has_more":false}"#)
            case "/v1/files": .empty
            default: .json("{}", status: 401)
            }
        }
        let inventory = try await service.read()
        #expect(service.asked.count < 20)
        #expect(inventory.complete == [.file, .vectorStore])
    }

    @Test func `tries again where that can help, and not where a quota is spent`() async throws {
        let spent = try Scripted { _, _ in
            .json(#"{"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}"#, status: 429)
        }
        #expect(try await spent.read().complete.isEmpty)
        // One for each list at the top.
        #expect(spent.asked.count == 6)
        let busy = try Scripted { _, _ in .json("", status: 503) }
        #expect(try await busy.read().complete.isEmpty)
        #expect(busy.asked.count == 6 * 7)
        let waiting = try Scripted { _, _ in
            .json(#"{"error":{"code":"429","message":"Please retry after 86400 seconds."}}"#, status: 429)
        }
        #expect(try await waiting.read().complete.isEmpty)
        #expect(waiting.asked.count == 6)
    }

    @Test func `a service that nobody can reach leaves nothing complete, and no record`() async throws {
        let port = try HTTPServer(port: 0) { _ in .empty }.port
        let inventory = try await readService(port: port)
        #expect(inventory.count == 0 && inventory.complete.isEmpty)
        #expect(inventory.problems.sorted.allSatisfy { $0.losesData && $0.message.contains("no connection") })
    }
}
