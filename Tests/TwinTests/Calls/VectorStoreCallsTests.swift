import HTTP
import TestSupport
import Testing
import Twin

/// Vector stores and what is attached to them.
@Suite(.serialized) struct VectorStoreCallsTests {
    private func counts(_ answer: Calling.Answer) -> [String: Int] {
        answer.body["file_counts"] as? [String: Int] ?? [:]
    }

    @Test func `counts what is attached and detached, and is active by it`() async throws {
        let calling = try Calling()
        let store = try await calling.post(
            "/v1/vector_stores",
            #"{"name":"n","file_ids":["file-1"],"expires_after":{"anchor":"last_active_at","days":2},"metadata":{"a":"b"}}"#
        )
        #expect(counts(store)["total"] == 1)
        let attached = try await calling.post("/v1/vector_stores/\(store.id)/files", #"{"file_id":"file-2"}"#)
        #expect(attached.text("object") == "vector_store.file" && attached.text("vector_store_id") == store.id)
        _ = try await calling.call(.delete, "/v1/vector_stores/\(store.id)/files/file-1")
        let left = try await calling.call(.get, "/v1/vector_stores/\(store.id)")
        #expect(counts(left) == ["in_progress": 0, "completed": 1, "failed": 0, "cancelled": 0, "total": 1])
        let active = left.body["last_active_at"] as? Int ?? 0
        #expect(active > store.body["last_active_at"] as? Int ?? .max)
        #expect(left.body["expires_at"] as? Int == active + 2 * 86_400)
        #expect(try await calling.call(.get, "/v1/vector_stores/\(store.id)/files").ids == ["file-2"])
        // The file itself stays.
        #expect(try await calling.call(.get, "/v1/files/file-1").status == 200)
    }

    @Test func `attaches a file again behind those that came since`() async throws {
        let calling = try Calling()
        _ = try await calling.call(.delete, "/v1/vector_stores/vs_1/files/file-1")
        #expect(try await calling.post("/v1/vector_stores/vs_1/files", #"{"file_id":"file-1"}"#).status == 200)
        #expect(
            try await calling.call(.get, "/v1/vector_stores/vs_1/files").ids == ["file-1", "file-3", "file-2"])
    }

    @Test func `changes only what is sent`() async throws {
        let calling = try Calling()
        let store = try await calling.post(
            "/v1/vector_stores", #"{"name":"n","expires_after":{"anchor":"last_active_at","days":2}}"#)
        let path = "/v1/vector_stores/\(store.id)"
        let named = try await calling.post(path, #"{"metadata":{"k":"v"}}"#)
        #expect(named.text("name") == "n" && named.body["expires_at"] is Int)
        #expect(named.body["metadata"] as? [String: String] == ["k": "v"])
        let lasting = try await calling.post(path, #"{"expires_after":null}"#)
        #expect(lasting.body["expires_at"] == nil && lasting.body["expires_after"] == nil)
        let attributed = try await calling.post(
            "/v1/vector_stores/vs_1/files/file-1", #"{"attributes":{"a":1,"b":"c","d":true}}"#)
        #expect((attributed.body["attributes"] as? [String: Any])?.count == 3)
    }

    @Test func `a batch of files is done when somebody looks, or cancelled before`() async throws {
        let calling = try Calling()
        let path = "/v1/vector_stores/vs_2/file_batches"
        let batch = try await calling.post(path, #"{"file_ids":["file-1","file-2"]}"#)
        #expect(batch.text("status") == "in_progress" && counts(batch)["in_progress"] == 2)
        let done = try await calling.call(.get, "\(path)/\(batch.id)")
        #expect(done.text("status") == "completed" && counts(done)["completed"] == 2)
        #expect(try await calling.call(.get, "\(path)/\(batch.id)/files?order=asc").ids == ["file-1", "file-2"])
        #expect(try await calling.call(.get, "\(path)/\(batch.id)/files/file-1").status == 404)
        let second = try await calling.post(path, #"{"files":[{"file_id":"file-3","attributes":{"x":"y"}}]}"#)
        #expect(try await calling.post("\(path)/\(second.id)/cancel").text("status") == "cancelled")
        #expect(try await calling.call(.get, "\(path)/\(second.id)").text("status") == "cancelled")
    }

    @Test func `finds what it holds`() async throws {
        let answer = try await Calling().post("/v1/vector_stores/vs_1/search", #"{"query":"x","max_num_results":2}"#)
        let found = answer.body["data"] as? [[String: Any]] ?? []
        #expect(found.compactMap { $0["file_id"] as? String } == ["file-1", "file-2"])
        #expect(answer.text("object") == "vector_store.search_results.page")
    }

    @Test func `finds first who says just what is asked, as the file's contents have it, and the store was active`()
        async throws
    {
        let calling = try Calling()
        let before = try await calling.call(.get, "/v1/vector_stores/vs_1").body["last_active_at"] as? Int ?? 0
        let contents = try await calling.call(.get, "/v1/vector_stores/vs_1/files/file-3/content")
        let piece = (contents.body["data"] as? [[String: Any]])?.first?["text"] as? String
        #expect(piece == "This stands for what file-3 says.")
        let answer = try await calling.post(
            "/v1/vector_stores/vs_1/search",
            #"{"query":"what file-3  says.","max_num_results":1,"rewrite_query":false}"#)
        let found = answer.body["data"] as? [[String: Any]] ?? []
        #expect(found.compactMap { $0["file_id"] as? String } == ["file-3"])
        let after = try await calling.call(.get, "/v1/vector_stores/vs_1").body["last_active_at"] as? Int ?? 0
        #expect(after > before)
    }

    @Test(arguments: [
        ("/v1/vector_stores", #"{"name":7}"#, 400, "Invalid type for 'name': expected a string, but got an integer"),
        ("/v1/vector_stores", #"{"expires_after":{"anchor":"x","days":1}}"#, 400, "Invalid value: 'x'."),
        (
            "/v1/vector_stores", #"{"expires_after":{"anchor":"last_active_at","days":366}}"#, 400,
            "Invalid 'expires_after.days': integer above maximum value."
        ),
        ("/v1/vector_stores", #"{"metadata":{"a":{}}}"#, 400, "Invalid type for 'metadata.a'"),
        ("/v1/vector_stores", #"{"file_ids":["file-9"]}"#, 404, "No such File object: file-9"),
        ("/v1/vector_stores", #"{"chunking_strategy":{"type":"x"}}"#, 400, "Invalid value: 'x'."),
        ("/v1/vector_stores/vs_9/files", #"{"file_id":"file-1"}"#, 404, "No vector store found"),
        ("/v1/vector_stores/vs_1/files", "{}", 400, "Missing required parameter: 'file_id'."),
        ("/v1/vector_stores/vs_1/files", "{", 400, "We could not parse the JSON body"),
        ("/v1/vector_stores/vs_1/file_batches", "{}", 400, "Missing required parameter: 'file_ids'."),
        ("/v1/vector_stores/vs_1/search", #"{"query":[1]}"#, 400, "Invalid type for 'query[0]'"),
    ])
    func `refuses in the provider's words`(path: String, body: String, status: Int, message: String) async throws {
        let answer = try await Calling().post(path, body)
        #expect(answer.status == status)
        #expect(answer.message?.hasPrefix(message) == true, "\(answer.message ?? "")")
    }
}
