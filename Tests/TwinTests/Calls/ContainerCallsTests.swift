import HTTP
import TestSupport
import Testing
import Twin

/// Containers, batches and uploads as they are made.
@Suite(.serialized) struct ContainerCallsTests {
    @Test func `a container's files are copies`() async throws {
        let calling = try Calling([:])
        let file = try await calling.upload("text", fields: ["purpose": "user_data"])
        let box = try await calling.post("/v1/containers", #"{"name":"box","file_ids":["\#(file.id)"]}"#)
        let path = "/v1/containers/\(box.id)/files"
        let inside = try await calling.upload("more", to: path, fields: [:])
        #expect(inside.text("path") == "/mnt/data/a;b.txt")
        #expect(try await calling.call(.delete, "/v1/files/\(file.id)").status == 200)
        let ids = try await calling.call(.get, path).ids
        #expect(ids.count == 2 && ids.first == inside.id)
        let copy = try #require(ids.last)
        #expect(try await calling.call(.get, "\(path)/\(copy)/content").content == "text")
        #expect(try await calling.call(.get, "/v1/containers?name=other").ids.isEmpty)
    }

    @Test func `a batch is done when somebody looks, with a file, or cancelled before`() async throws {
        let calling = try Calling([:])
        let input = try await calling.upload("{}\n{}\n{}\n", fields: ["purpose": "batch"])
        let body = #"{"input_file_id":"\#(input.id)","endpoint":"/v1/responses","completion_window":"24h"}"#
        let first = try await calling.post("/v1/batches", body)
        #expect(first.text("status") == "validating")
        let done = try await calling.call(.get, "/v1/batches/\(first.id)")
        #expect((done.body["request_counts"] as? [String: Int])?["completed"] == 3)
        let output = try await calling.call(.get, "/v1/files/\(done.text("output_file_id") ?? "")")
        #expect(output.text("purpose") == "batch_output")
        #expect(try await calling.post("/v1/batches/\(first.id)/cancel").status == 400)
        let second = try await calling.post("/v1/batches", body)
        #expect(try await calling.post("/v1/batches/\(second.id)/cancel").text("status") == "cancelling")
        #expect(try await calling.call(.get, "/v1/batches/\(second.id)").text("status") == "cancelled")
    }

    @Test func `an upload becomes a file once all of its parts came`() async throws {
        let calling = try Calling([:])
        let body = #"{"filename":"f","purpose":"user_data","bytes":4,"mime_type":"text/plain"}"#
        let upload = try await calling.post("/v1/uploads", body)
        let path = "/v1/uploads/\(upload.id)"
        var parts: [String] = []
        for content in ["ab", "cd"] {
            let form =
                "--b\r\nContent-Disposition: form-data; name=\"data\"; filename=\"u\"\r\n\r\n\(content)\r\n--b--\r\n"
            parts.append(
                try await calling.call(
                    .post, "\(path)/parts", body: form, type: "multipart/form-data; boundary=b"
                ).id)
        }
        let missing = try await calling.post("\(path)/complete", #"{"part_ids":["\#(parts[0])"]}"#)
        #expect(missing.message == "Expected 4 bytes from the upload's parts, got 2.")
        let done = try await calling.post("\(path)/complete", #"{"part_ids":["\#(parts[0])","\#(parts[1])"]}"#)
        let file = try #require(done.body["file"] as? [String: Any])
        #expect(try await calling.call(.get, "/v1/files/\(file["id"] ?? "")/content").content == "abcd")
        #expect(try await calling.post("\(path)/cancel").status == 400)
        // No list, and no look at one.
        #expect(try await calling.call(.get, "/v1/uploads").status == 405)
        #expect(try await calling.call(.get, path).status == 404)
    }

    @Test(arguments: [
        ("containers", #"{"name":"n","expires_after":{"anchor":"last_active_at","minutes":21}}"#, 400),
        ("containers", #"{"name":"n","file_ids":["file-9"]}"#, 404), ("containers/cntr_9/files", "{}", 404),
        ("batches", #"{"input_file_id":"file-9","endpoint":"/v1/responses","completion_window":"24h"}"#, 404),
        ("batches", #"{"input_file_id":"file-1","endpoint":"/v1/x","completion_window":"24h"}"#, 400),
        ("uploads", #"{"filename":"f","purpose":"user_data","bytes":-1,"mime_type":"x"}"#, 400),
        ("uploads/upload_9/complete", #"{"part_ids":[]}"#, 404),
    ])
    func `refuses what it cannot make`(path: String, body: String, status: Int) async throws {
        #expect(try await Calling().post("/v1/\(path)", body).status == status)
    }
}
