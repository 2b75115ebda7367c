import HTTP
import TestSupport
import Testing
import Twin

/// Assistants, threads, messages and runs as they are made.
@Suite(.serialized) struct AssistantCallsTests {
    private let beta = "assistants=v2"

    private func post(_ calling: Calling, _ path: String, _ body: String = "{}") async throws -> Calling.Answer {
        try await calling.post("/v1/\(path)", body, beta: beta)
    }

    private func get(_ calling: Calling, _ path: String) async throws -> Calling.Answer {
        try await calling.call(.get, "/v1/\(path)", beta: beta)
    }

    @Test func `a file that shall be searched gives the thread a store that lives for a week`() async throws {
        let calling = try Calling()
        let attached =
            #"{"role":"user","content":"x","attachments":[{"file_id":"file-1","tools":[{"type":"file_search"}]}]}"#
        let thread = try await post(calling, "threads", #"{"messages":[\#(attached)]}"#)
        let searched = (thread.body["tool_resources"] as? [String: Any])?["file_search"] as? [String: [String]]
        let id = try #require(searched?["vector_store_ids"]?.first)
        let store = try await get(calling, "vector_stores/\(id)")
        #expect(store.body["expires_at"] as? Int == (store.body["last_active_at"] as? Int ?? 0) + 7 * 86_400)
        // Another one goes to the same store.
        _ = try await post(calling, "threads/\(thread.id)/messages", attached.replacing("file-1", with: "file-2"))
        #expect(try await get(calling, "vector_stores/\(id)/files").ids == ["file-2", "file-1"])
    }

    @Test func `a run that waits is done when somebody looks, with a message and a step`() async throws {
        let calling = try Calling([:])
        let assistant = try await post(calling, "assistants", #"{"model":"m","instructions":"be brief"}"#)
        let thread = try await post(calling, "threads")
        let runs = "threads/\(thread.id)/runs"
        let run = try await post(calling, runs, #"{"assistant_id":"\#(assistant.id)"}"#)
        #expect(run.text("status") == "queued" && run.text("instructions") == "be brief")
        let second = try await post(calling, runs, #"{"assistant_id":"\#(assistant.id)"}"#)
        #expect(second.status == 400)
        let blocked = try await post(calling, "threads/\(thread.id)/messages", #"{"role":"user","content":"x"}"#)
        #expect(blocked.message == "Can't add messages to \(thread.id) while a run \(run.id) is active.")
        let done = try await get(calling, "\(runs)/\(run.id)")
        #expect(done.text("status") == "completed" && done.body["completed_at"] is Int)
        let messages = try await get(calling, "threads/\(thread.id)/messages?run_id=\(run.id)")
        #expect(messages.ids.count == 1)
        #expect(try await get(calling, "\(runs)/\(run.id)/steps").ids.count == 1)
    }

    @Test func `a run with a function waits for its output, and can be cancelled`() async throws {
        let calling = try Calling([:])
        let assistant = try await post(
            calling, "assistants", #"{"model":"m","tools":[{"type":"function","function":{"name":"f"}}]}"#)
        let body = #"{"assistant_id":"\#(assistant.id)","thread":{"messages":[{"role":"user","content":"x"}]}}"#
        let run = try await post(calling, "threads/runs", body)
        let path = "threads/\(run.text("thread_id") ?? "")/runs/\(run.id)"
        #expect(try await get(calling, path).text("status") == "requires_action")
        let outputs = #"{"tool_outputs":[{"tool_call_id":"call","output":"42"}]}"#
        #expect(try await post(calling, "\(path)/submit_tool_outputs", outputs).text("status") == "queued")
        #expect(try await get(calling, path).text("status") == "completed")
        #expect(try await post(calling, "\(path)/submit_tool_outputs", outputs).status == 400)
        #expect(try await post(calling, "\(path)/cancel").status == 400)
        let other = try await post(calling, "threads/runs", body)
        let cancelled = try await post(
            calling, "threads/\(other.text("thread_id") ?? "")/runs/\(other.id)/cancel")
        #expect(cancelled.text("status") == "cancelled" && cancelled.body["cancelled_at"] is Int)
    }

    @Test func `streams a run to its end`() async throws {
        let calling = try Calling([:])
        let assistant = try await post(calling, "assistants", #"{"model":"m"}"#)
        let stream = try await post(calling, "threads/runs", #"{"assistant_id":"\#(assistant.id)","stream":true}"#)
        #expect(stream.headers.contains { $0.name == "content-type" && $0.value.hasPrefix("text/event-stream") })
        let events = stream.content.split(separator: "\n").filter { $0.hasPrefix("event: ") }.map { $0.dropFirst(7) }
        #expect(events.first == "thread.run.created" && events.suffix(2) == ["thread.run.completed", "done"])
    }

    @Test(arguments: [
        ("assistants", "{}", 400, "Missing required parameter: 'model'."),
        ("assistants", #"{"model":"m","tools":[{"type":"x"}]}"#, 400, "Invalid value: 'x'."),
        ("assistants", #"{"model":"m","tools":[{}]}"#, 400, "Invalid type for 'tools[0].type'"),
        ("assistants", #"{"model":"m","temperature":3}"#, 400, "Invalid 'temperature': decimal out of range."),
        ("threads", #"{"messages":[{"role":"x","content":"y"}]}"#, 400, "Invalid value: 'x'."),
        ("threads", #"{"messages":{}}"#, 400, "Invalid type for 'messages': expected an array, but got an object"),
        ("threads", #"{"metadata":{"\#(String(repeating: "k", count: 65))":"v"}}"#, 400, "Invalid 'metadata key'"),
        ("threads", #"{"metadata":{"k":"\#(String(repeating: "v", count: 513))"}}"#, 400, "Invalid 'metadata.k'"),
        ("threads/thread_9/messages", #"{"role":"user","content":"x"}"#, 404, "No thread found with id 'thread_9'."),
        ("threads/thread_9/runs", #"{"assistant_id":"a"}"#, 404, "No thread found with id 'thread_9'."),
        ("threads/runs", #"{"assistant_id":"asst_9"}"#, 404, "No assistant found with id 'asst_9'."),
    ])
    func `refuses in the provider's words`(path: String, body: String, status: Int, message: String) async throws {
        let answer = try await post(Calling(), path, body)
        #expect(answer.status == status)
        #expect(answer.message?.hasPrefix(message) == true, "\(answer.message ?? "")")
    }

    @Test func `makes nothing where the area is retired, or its header is missing`() async throws {
        let retired = try await post(Calling(retired: ["assistants"]), "threads")
        #expect(retired.status == 404)
        #expect(try await Calling().post("/v1/threads").status == 400)
    }

    @Test func `makes with each provider what it has, and nothing else`() async throws {
        let key = HTTPHeader("api-key", "sk-twin")
        let azure = try Calling([:], profile: .azure)
        let classic = "api-version=2025-03-01-preview"
        let thread = try await azure.call(.post, "/openai/threads?\(classic)", key, body: "{}")
        #expect(thread.text("object") == "thread")
        let batches = try await azure.call(.post, "/openai/v1/vector_stores", key, body: "{}")
        let empty = try await azure.call(
            .post, "/openai/v1/vector_stores/\(batches.id)/file_batches", key, body: #"{"file_ids":[]}"#)
        #expect(empty.status == 400)
        for path in ["/openai/v1/threads", "/openai/conversations?\(classic)", "/openai/threads", "/openai/uploads"] {
            #expect(try await azure.call(.post, path, key, body: "{}").status == 404, "\(path)")
        }
        let foundry = try Calling([:], profile: .foundry)
        let made = try await foundry.call(
            .post, "/api/projects/twin/threads?api-version=v1", key: "Bearer ey-twin", body: "{}")
        #expect(made.status == 200)
        let list = try await foundry.call(
            .get, "/api/projects/twin/threads?api-version=v1", key: "Bearer ey-twin")
        #expect(list.ids == [made.id])
    }
}
