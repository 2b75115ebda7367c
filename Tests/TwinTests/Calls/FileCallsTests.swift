import HTTP
import TestSupport
import Testing
import Twin

/// Files as they are uploaded, read back and taken away.
@Suite(.serialized) struct FileCallsTests {
    @Test func `gives back what was uploaded, byte for byte`() async throws {
        let calling = try Calling([:])
        let content = "a\r\n--c\n\u{0}\r\n--bb, and no more"
        let file = try await calling.upload(content, fields: ["purpose": "batch"])
        #expect(file.status == 200)
        #expect(file.text("filename") == "a;b.txt")
        #expect(file.body["bytes"] as? Int == content.utf8.count)
        // Files for batches expire by themselves after thirty days.
        #expect(file.body["created_at"] as? Int == 1_795_132_800)
        #expect(file.body["expires_at"] as? Int == 1_795_132_800 + 30 * 86_400)
        #expect(try await calling.call(.get, "/v1/files/\(file.id)/content").content == content)
        #expect(try await calling.call(.get, "/v1/files").ids == [file.id])
        #expect(try await calling.call(.delete, "/v1/files/\(file.id)").status == 200)
        #expect(try await calling.call(.get, "/v1/files/\(file.id)/content").status == 404)
    }

    @Test func `makes the same ids and times after the same calls`() async throws {
        var made: [String] = []
        for _ in 0..<2 {
            let calling = try Calling()
            for _ in 0..<2 {
                let file = try await calling.upload("x", fields: ["purpose": "user_data"])
                made.append("\(file.id) \(file.body["created_at"] as? Int ?? 0)")
            }
        }
        #expect(Set(made).count == 2 && made[..<2] == made[2...])
    }

    @Test func `starts over without what was uploaded`() async throws {
        let calling = try Calling([:])
        let file = try await calling.upload("x", fields: ["purpose": "user_data"])
        #expect(try await calling.post("/__reset").status == 200)
        #expect(try await calling.call(.get, "/v1/files").ids.isEmpty)
        #expect(try await calling.upload("x", fields: ["purpose": "user_data"]).id == file.id)
    }

    @Test(
        arguments: [
            ([:], "Missing required parameter: 'purpose'."),
            (["purpose": "fun"], "Invalid value: 'fun'. Supported values are: 'assistants', 'batch', "),
            (
                ["purpose": "vision", "expires_after[seconds]": "10"],
                "Invalid 'expires_after[seconds]': integer below minimum value. Expected a value >= 3600"
            ),
            (["purpose": "vision", "expires_after[seconds]": "x"], "Invalid type for 'expires_after[seconds]'"),
        ] as [([String: String], String)])
    func `refuses a form that lacks what it needs`(fields: [String: String], message: String) async throws {
        let answer = try await Calling([:]).upload("x", fields: fields)
        #expect(answer.status == 400)
        #expect(answer.message?.hasPrefix(message) == true, "\(answer.message ?? "")")
    }

    @Test(arguments: [
        ("", "multipart/form-data; boundary=b"), ("--b", "multipart/form-data; boundary=b"),
        ("--b\r\n--b--", "multipart/form-data; boundary=b"), ("--b\r\n\r\n--b--", "multipart/form-data"),
        ("--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--", "multipart/form-data; boundary=b"),
        ("x", "multipart/form-data; boundary=\"\""), ("{", "application/json"), ("[]", "application/json"),
        (String(repeating: "--b\n", count: 5000), "multipart/form-data; boundary=b"),
    ])
    func `refuses a broken form`(body: String, type: String) async throws {
        let answer = try await Calling([:]).call(.post, "/v1/files", body: body, type: type)
        #expect(answer.status == 400, "\(answer.content)")
    }

    @Test func `gives nobody the content of a file for assistants, and of the estate's something as long`() async throws
    {
        let calling = try Calling()
        let assistants = try await calling.call(.get, "/v1/files/file-1/content")
        #expect(assistants.status == 400)
        #expect(assistants.message == "Not allowed to download files of purpose: assistants")
        #expect(try await calling.call(.get, "/v1/files/file-2/content").content == ".")
    }

    @Test func `takes no body of more than 16 MiB, and goes on`() async throws {
        let calling = try Calling()
        let long = try await calling.call(.post, "/v1/threads", body: String(repeating: "[", count: (1 << 24) + 1))
        #expect(long.status == 413)
        #expect(try await calling.call(.get, "/v1/files").ids.count == 5)
    }

    @Test(arguments: ["[", #"{"a":"#, #"{"metadata":"#])
    func `refuses what is nested without end`(opening: String) async throws {
        let body = String(repeating: opening, count: 100_000)
        #expect(try await Calling().post("/v1/conversations", body).status == 400)
    }

    @Test func `starts over with objects of given ids`() async throws {
        let calling = try Calling()
        let body = #"""
            {"create":{"files":["file-9",{"id":"file-8","bytes":7}],
            "messages":[{"id":"msg_9","thread_id":"thread_9"}],"threads":["thread_9"],
            "conversations":["conv_9"],"conversation_items":[{"id":"item_9","conversation_id":"conv_9"}]}}
            """#
        #expect(try await calling.post("/__reset", body).status == 200)
        #expect(try await calling.call(.get, "/v1/files?limit=3").ids == ["file-8", "file-9", "file-5"])
        let message = try await calling.call(.get, "/v1/threads/thread_9/messages/msg_9", beta: "assistants=v2")
        #expect(message.text("role") == "user")
        let item = try await calling.call(.get, "/v1/conversations/conv_9/items/item_9")
        #expect(item.status == 200 && item.body["conversation_id"] == nil && item.body["created_at"] == nil)
        #expect(try await calling.post("/__reset").status == 200)
        #expect(try await calling.call(.get, "/v1/files/file-9").status == 404)
    }

    @Test(arguments: [
        "[]", "{", #"{"create":[]}"#, #"{"create":{"nothing":["a"]}}"#, #"{"create":{"files":"a"}}"#,
        #"{"create":{"files":[7]}}"#, #"{"create":{"files":[{}]}}"#, #"{"create":{"messages":["msg_1"]}}"#,
    ])
    func `says what it cannot start over with`(body: String) async throws {
        let answer = try await Calling().post("/__reset", body)
        #expect(answer.status == 400 && answer.message != nil)
    }
}
