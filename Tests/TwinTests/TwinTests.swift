import HTTP
import TestSupport
import Testing
import Twin

/// The twin against the provider's documents: what is expected here is theirs, not ours.
@Suite(.serialized) struct TwinTests {
    @Test func `lists the newest first, and says where the page ends`() async throws {
        let answer = try await Calling().call(.get, "/v1/files?limit=2")
        #expect(answer.status == 200)
        #expect(answer.ids == ["file-5", "file-4"])
        #expect(answer.body["object"] as? String == "list")
        #expect(answer.body["first_id"] as? String == "file-5")
        #expect(answer.body["last_id"] as? String == "file-4")
        #expect(answer.body["has_more"] as? Bool == true)
        #expect(answer.headers.contains(HTTPHeader("openai-version", "2020-10-01")))
        #expect(answer.headers.contains { $0.name == "x-request-id" && !$0.value.isEmpty })
        #expect(answer.headers.contains(HTTPHeader("content-type", "application/json")))
    }

    @Test(arguments: [
        ("/v1/files", ["file-5", "file-4", "file-3", "file-2", "file-1"], false),
        ("/v1/files?after=file-4&limit=3", ["file-3", "file-2", "file-1"], false),
        ("/v1/files?after=file-1", [], false), ("/v1/files?order=asc&limit=1", ["file-1"], true),
        ("/v1/files?order=asc&after=file-4", ["file-5"], false), ("/v1/files?purpose=batch", ["file-2"], false),
        ("/v1/vector_stores?before=vs_1", ["vs_2"], false),
        ("/v1/vector_stores/vs_1/files?limit=2", ["file-3", "file-2"], true),
        ("/v1/vector_stores/vs_2/files", [], false),
    ])
    func `gives the page that is asked for`(path: String, ids: [String], hasMore: Bool) async throws {
        let answer = try await Calling().call(.get, path)
        #expect(answer.ids == ids)
        #expect(answer.body["has_more"] as? Bool == hasMore)
    }

    @Test func `walks over everything once, whatever the size of the pages`() async throws {
        let calling = try Calling()
        for limit in 1...6 {
            var (seen, path): ([String], String?) = ([], "/v1/files?limit=\(limit)")
            while let page = path {
                let answer = try await calling.call(.get, page)
                seen += answer.ids
                path =
                    answer.body["has_more"] as? Bool == true
                    ? "/v1/files?limit=\(limit)&after=\(answer.ids.last ?? "")" : nil
            }
            #expect(seen == ["file-5", "file-4", "file-3", "file-2", "file-1"])
        }
    }

    @Test func `gives one object as it lists it`() async throws {
        let answer = try await Calling().call(.get, "/v1/files/file-2")
        #expect(answer.body["object"] as? String == "file")
        #expect(answer.body["created_at"] as? Int == 1002)
        let shelved = try await Calling().call(.get, "/v1/vector_stores/vs_1/files/file-2")
        #expect(shelved.body["object"] as? String == "vector_store.file")
    }

    @Test(
        arguments: [
            (nil, 401, nil, "You didn't provide an API key."),
            ("Basic abc", 401, nil, "You didn't provide an API key."),
            ("Bearer sk-wrong-key-0123456789", 401, "invalid_api_key", "Incorrect API key provided: sk-wrong***6789."),
        ] as [(String?, Int, String?, String)])
    func `lets nobody in without its key`(key: String?, status: Int, code: String?, beginning: String) async throws {
        let answer = try await Calling().call(.get, "/v1/files", key: key)
        #expect(answer.status == status)
        #expect(answer.error["code"] as? String == code)
        #expect(answer.error["type"] as? String == "invalid_request_error")
        #expect(answer.message?.hasPrefix(beginning) == true)
    }

    @Test(
        arguments: [
            (HTTPMethod.get, "/v1/files/file-9", 404, "No such File object: file-9", "id", nil),
            (.get, "/v1/vector_stores/vs_9", 404, "No vector store found with id 'vs_9'.", nil, nil),
            (.get, "/v1/vector_stores/vs_9/files", 404, "No vector store found with id 'vs_9'.", nil, nil),
            (
                .get, "/v1/vector_stores/vs_2/files/file-1", 404, "No file found with id 'file-1' in vector store.",
                nil, nil
            ),
            (.get, "/v1/nothing", 404, "Invalid URL (GET /v1/nothing)", nil, nil),
            (.get, "/files", 404, "Invalid URL (GET /files)", nil, nil),
            (.get, "/v1/vector_stores/vs_1/files/file-1/x/y", 404, "Invalid URL", nil, nil),
            (.get, "/v1/files?limit=x", 400, "Invalid type for 'limit'", "limit", "invalid_type"),
            (
                .get, "/v1/files?limit=0", 400, "Invalid 'limit': integer below minimum", "limit",
                "integer_below_min_value"
            ),
            (
                .get, "/v1/vector_stores?limit=101", 400,
                "Invalid 'limit': integer above maximum value. Expected a value <= 100, but got 101 instead.", "limit",
                "integer_above_max_value"
            ),
            (
                .get, "/v1/files?order=up", 400, "Invalid value: 'up'. Supported values are: 'asc' and 'desc'.",
                "order",
                "invalid_value"
            ),
            (.delete, "/v1/files", 405, "Not allowed to DELETE on /v1/files.", nil, nil),
        ] as [(HTTPMethod, String, Int, String, String?, String?)])
    func `refuses in the provider's words`(
        method: HTTPMethod, path: String, status: Int, message: String, parameter: String?, code: String?
    ) async throws {
        let answer = try await Calling().call(method, path)
        #expect(answer.status == status)
        #expect(answer.message?.hasPrefix(message) == true, "\(answer.message ?? "")")
        #expect(answer.error["param"] as? String == parameter)
        #expect(answer.error["code"] as? String == code)
    }

    @Test func `deletes shallowly, and starts over on request`() async throws {
        let calling = try Calling()
        let file = try await calling.call(.delete, "/v1/files/file-1")
        #expect(file.body["object"] as? String == "file")
        #expect(file.body["deleted"] as? Bool == true)
        #expect(try await calling.call(.get, "/v1/files/file-1").status == 404)
        #expect(try await calling.call(.delete, "/v1/files/file-1").status == 404)
        // The store still lists the file that is gone: nothing follows by itself.
        #expect(try await calling.call(.get, "/v1/vector_stores/vs_1/files").ids == ["file-3", "file-2", "file-1"])
        let detached = try await calling.call(.delete, "/v1/vector_stores/vs_1/files/file-2")
        #expect(detached.body["object"] as? String == "vector_store.file.deleted")
        #expect(try await calling.call(.get, "/v1/files/file-2").status == 200)
        let store = try await calling.call(.delete, "/v1/vector_stores/vs_1")
        #expect(store.body["object"] as? String == "vector_store.deleted")
        #expect(try await calling.call(.post, "/__reset").status == 200)
        #expect(try await calling.call(.get, "/v1/files").ids.count == 5)
        #expect(try await calling.call(.get, "/v1/vector_stores/vs_1/files").ids.count == 3)
    }

    @Test func `says where an estate cannot be served`() throws {
        let scratch = try Scratch()
        let absent = #expect(throws: TwinError.self) { try Twin(estate: scratch.path("absent")) }
        #expect(absent?.description.contains("absent: no such directory") == true)
        try scratch.write("files.ndjson", #"{"id":"a"}"# + "\n\n" + #"{"id":7}"# + "\n")
        let broken = #expect(throws: TwinError.self) { try Twin(estate: scratch.path) }
        #expect(broken?.description.contains("files.ndjson:3: no id") == true)
    }

    @Test func `says that its port is taken`() throws {
        let calling = try Calling()
        let error = #expect(throws: TwinError.self) { try Twin(estate: calling.scratch.path, port: calling.twin.port) }
        #expect(error?.description.contains("port \(calling.twin.port): cannot listen") == true)
    }

    @Test(
        arguments: [
            ("/v1/threads", 401, "Your request to GET /v1/threads must be made with a session key", "missing_scope"),
            ("/v1/conversations", 405, "Not allowed to GET on /v1/conversations.", nil),
            ("/v1/responses", 405, "Not allowed to GET on /v1/responses.", nil),
        ] as [(String, Int, String, String?)])
    func `does not list what the provider does not list`(
        path: String, status: Int, message: String, code: String?
    ) async throws {
        let answer = try await Calling().call(.get, path, beta: "assistants=v2")
        #expect(answer.status == status)
        #expect(answer.message?.hasPrefix(message) == true)
        #expect(answer.error["code"] as? String == code)
    }

    @Test func `asks for the header of the Assistants API there, and nowhere else`() async throws {
        let calling = try Calling()
        let refused = try await calling.call(.get, "/v1/assistants")
        #expect(refused.status == 400)
        #expect(refused.error["code"] as? String == "invalid_beta")
        #expect(try await calling.call(.get, "/v1/assistants", beta: "assistants=v2").status == 200)
        #expect(try await calling.call(.get, "/v1/vector_stores").status == 200)
    }

    @Test func `serves what is below an object, and a conversation's items without their conversation`() async throws {
        let calling = try Calling([
            "threads": [#"{"id":"thread_1","object":"thread","created_at":1}"#],
            "runs": [#"{"id":"run_1","object":"thread.run","created_at":1,"thread_id":"thread_1"}"#],
            "run_steps": [#"{"id":"step_1","object":"thread.run.step","run_id":"run_1","thread_id":"thread_1"}"#],
            "conversations": [#"{"id":"conv_1","object":"conversation","created_at":1}"#],
            "conversation_items": (1...3).map { #"{"id":"msg_\#($0)","type":"message","conversation_id":"conv_1"}"# },
        ])
        let steps = "/v1/threads/thread_1/runs/run_1/steps"
        #expect(try await calling.call(.get, steps, beta: "assistants=v2").ids == ["step_1"])
        let wrong = try await calling.call(.get, "/v1/threads/thread_1/runs/run_2/steps", beta: "assistants=v2")
        #expect(wrong.message == "No run found with id 'run_2'.")
        let undeletable = try await calling.call(.delete, "/v1/threads/thread_1/runs/run_1", beta: "assistants=v2")
        #expect(undeletable.status == 405)
        let items = try await calling.call(.get, "/v1/conversations/conv_1/items")
        #expect(items.ids == ["msg_3", "msg_2", "msg_1"])
        #expect((items.body["data"] as? [[String: Any]])?.allSatisfy { $0["conversation_id"] == nil } == true)
        let deleted = try await calling.call(.delete, "/v1/conversations/conv_1/items/msg_2")
        #expect(deleted.body["object"] as? String == "conversation")
        #expect(try await calling.call(.get, "/v1/conversations/conv_1/items").ids == ["msg_3", "msg_1"])
    }

    @Test func `answers 404 to everything of an area that is retired`() async throws {
        let calling = try Calling(retired: ["assistants"])
        for path in ["/v1/assistants", "/v1/threads/thread_1", "/v1/threads/thread_1/messages"] {
            let answer = try await calling.call(.get, path, beta: "assistants=v2")
            #expect(answer.status == 404)
            #expect(answer.message == "Invalid URL (GET \(path))")
        }
        #expect(try await calling.call(.get, "/v1/files").status == 200)
        #expect(throws: TwinError.self) { try Calling(retired: ["assistant"]) }
    }
}
