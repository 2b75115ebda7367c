import HTTP
import TestSupport
import Testing
import Twin

/// Conversations, responses and completions as they are made.
@Suite(.serialized) struct ResponseCallsTests {
    private let message = #"{"role":"user","content":"x"}"#

    @Test func `a response leaves what it was given and what it gave in its conversation`() async throws {
        let calling = try Calling([:])
        let conversation = try await calling.post("/v1/conversations", #"{"items":[\#(message)]}"#)
        let response = try await calling.post(
            "/v1/responses", #"{"model":"m","input":"x","conversation":{"id":"\#(conversation.id)"}}"#)
        #expect((response.body["conversation"] as? [String: String])?["id"] == conversation.id)
        #expect(try await calling.call(.get, "/v1/conversations/\(conversation.id)/items").ids.count == 3)
        #expect(try await calling.call(.get, "/v1/responses/\(response.id)/input_items").ids.count == 1)
        // What the conversation holds stays, and so does the response.
        #expect(try await calling.call(.delete, "/v1/conversations/\(conversation.id)").status == 200)
        #expect(try await calling.call(.get, "/v1/responses/\(response.id)").status == 200)
    }

    @Test func `keeps no response that shall not be stored`() async throws {
        let calling = try Calling([:])
        let response = try await calling.post("/v1/responses", #"{"model":"m","input":"x","store":false}"#)
        #expect(response.status == 200)
        #expect(try await calling.call(.get, "/v1/responses/\(response.id)").status == 404)
    }

    @Test func `a response in the background is done when somebody looks, or cancelled before`() async throws {
        let calling = try Calling([:])
        let body = #"{"model":"m","input":"x","background":true}"#
        let first = try await calling.post("/v1/responses", body)
        #expect(first.text("status") == "queued")
        #expect(try await calling.call(.get, "/v1/responses/\(first.id)").text("status") == "completed")
        let second = try await calling.post("/v1/responses", body)
        #expect(try await calling.post("/v1/responses/\(second.id)/cancel").text("status") == "cancelled")
        let third = try await calling.post("/v1/responses", #"{"model":"m","input":"x"}"#)
        #expect(try await calling.post("/v1/responses/\(third.id)/cancel").status == 400)
    }

    @Test func `keeps completions only where that is wanted, with the messages that they were given`() async throws {
        let calling = try Calling([:])
        let body = #"{"model":"m","messages":[\#(message)],"metadata":{"a":"b"},"store":"#
        _ = try await calling.post("/v1/chat/completions", body + "false}")
        let kept = try await calling.post("/v1/chat/completions", body + "true}")
        #expect(try await calling.call(.get, "/v1/chat/completions").ids == [kept.id])
        #expect(try await calling.call(.get, "/v1/chat/completions?metadata%5Ba%5D=c").ids.isEmpty)
        #expect(try await calling.call(.get, "/v1/chat/completions?metadata%5Ba%5D=b&model=m").ids == [kept.id])
        #expect(try await calling.call(.get, "/v1/chat/completions/\(kept.id)/messages").ids == ["\(kept.id)-0"])
        let changed = try await calling.post("/v1/chat/completions/\(kept.id)", #"{"metadata":{"c":"d"}}"#)
        #expect(changed.body["metadata"] as? [String: String] == ["c": "d"])
    }

    @Test(
        arguments: [
            ("responses", #"{"model":"m"}"#, 400, "Missing required parameter: 'input'.", nil),
            (
                "responses", #"{"model":"m","input":"x","previous_response_id":"resp_9"}"#, 400,
                "Previous response with id 'resp_9' not found.", "previous_response_not_found"
            ),
            (
                "responses", #"{"model":"m","input":"x","conversation":"conv_9"}"#, 404,
                "Conversation with id 'conv_9' not found.", nil
            ),
            ("responses", #"{"model":"m","input":{}}"#, 400, "Invalid type for 'input'", "invalid_type"),
            ("responses", #"{"model":"m","input":[7]}"#, 400, "Invalid type for 'input[0]'", "invalid_type"),
            ("conversations", #"{"items":"x"}"#, 400, "Invalid type for 'items'", "invalid_type"),
            (
                "conversations", #"{"items":[\#(Array(repeating: "{}", count: 21).joined(separator: ","))]}"#, 400,
                "Invalid 'items': too many elements.", "array_above_max_length"
            ),
            ("chat/completions", #"{"model":"m","messages":[]}"#, 400, "Missing required parameter: 'messages'.", nil),
        ] as [(String, String, Int, String, String?)])
    func `refuses in the provider's words`(
        path: String, body: String, status: Int, message: String, code: String?
    ) async throws {
        let answer = try await Calling().post("/v1/\(path)", body)
        #expect(answer.status == status)
        #expect(answer.message?.hasPrefix(message) == true, "\(answer.message ?? "")")
        if let code { #expect(answer.error["code"] as? String == code) }
    }
}
