import HTTPServer
import Records
import Testing

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

    @Test(arguments: [
        #"{"error":{"message":"Incorrect API key provided: sk-secret-1234","code":"invalid_api_key"}}"#,
        #"{"message":"sk-secret","type":"a type with secret spaces","code":"sk-secret"}"#,
        #"{"error":{"code":{"secret":1},"message":["secret"],"type":7}}"#, #"{"error":"secret"}"#, "secret", "",
        #"{"error":{"message":"Missing scopes: secret api.secret\n"}}"#,
    ])
    func `quotes nothing of what a service says`(body: String) async throws {
        for message in try await messages(status: 400, body) { #expect(!message.contains("secret"), "\(message)") }
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
