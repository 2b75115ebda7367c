import Foundation
import HTTP
import TestSupport
import Twin

/// A twin over a small estate, and a client of it.
struct Calling {
    let scratch: Scratch
    let twin: Twin
    let client: HTTPClient

    init(
        _ files: [String: [String]] = Calling.estate, profile: TwinProfile = .openai, retired: [String] = [],
        faults: Faults? = nil, organization: String = Twin.usualOrganization, secondsAhead: Int64 = 0,
        clock: (@Sendable () -> Int64)? = nil, rateLimit: RateLimit? = nil,
        elapsed: (@Sendable () -> Duration)? = nil, isStill: Bool = false
    ) throws {
        scratch = try Scratch()
        for (name, lines) in files { try scratch.write("\(name).ndjson", lines.joined(separator: "\n") + "\n") }
        twin = try Twin(
            estate: scratch.path, profile: profile, retired: retired, faults: faults, organization: organization,
            secondsAhead: secondsAhead, clock: clock, rateLimit: rateLimit, elapsed: elapsed, isStill: isStill)
        client = try HTTPClient()
    }

    /// Five files, two stores, of which the first holds three of the files.
    static let estate: [String: [String]] = [
        "files": (1...5).map {
            #"{"id":"file-\#($0)","object":"file","bytes":1,"created_at":\#(1000 + $0),"filename":"f","purpose":"#
                + ($0 == 2 ? #""batch""# : #""assistants""#) + #","status":"processed"}"#
        },
        "vector_stores": (1...2).map { #"{"id":"vs_\#($0)","object":"vector_store","created_at":\#($0)}"# },
        "vector_store_files": (1...3).map {
            #"{"id":"file-\#($0)","object":"vector_store.file","created_at":5,"vector_store_id":"vs_1"}"#
        },
    ]

    struct Answer {
        let status: Int
        let body: [String: Any]
        let headers: [HTTPHeader]
        let content: String

        var ids: [String] { (body["data"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String } }
        /// The member of that name, as text.
        func text(_ name: String) -> String? { body[name] as? String }
        var id: String { text("id") ?? "" }
        var error: [String: Any] { body["error"] as? [String: Any] ?? [:] }
        var message: String? { error["message"] as? String }

        func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
    }

    func call(
        _ method: HTTPMethod = .get, _ path: String, key: String? = "Bearer sk-twin", beta: String? = nil,
        body: String = "", type: String = "application/json"
    ) async throws -> Answer {
        try await call(
            method, path, key.map { HTTPHeader("Authorization", $0) }, beta: beta, body: body, type: type)
    }

    func call(
        _ method: HTTPMethod = .get, _ path: String, _ credential: HTTPHeader?, beta: String? = nil,
        body: String = "", type: String = "application/json"
    ) async throws -> Answer {
        let address = try HTTPAddress("http://127.0.0.1:\(twin.port)\(path)")
        var headers = beta.map { [HTTPHeader("OpenAI-Beta", $0)] } ?? []
        if !body.isEmpty { headers.append(HTTPHeader("Content-Type", type)) }
        let response = try await client.send(
            HTTPRequest(
                method, address, headers: headers, credential: credential, body: body.isEmpty ? nil : Array(body.utf8)))
        let parsed = try? JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any]
        return Answer(
            status: response.status, body: parsed ?? [:], headers: response.headers,
            content: String(decoding: response.body, as: UTF8.self))
    }

    /// Sends an object.
    func post(_ path: String, _ body: String = "{}", beta: String? = nil) async throws -> Answer {
        try await call(.post, path, beta: beta, body: body)
    }

    /// Uploads a file.
    func upload(_ content: String, to path: String = "/v1/files", fields: [String: String]) async throws -> Answer {
        var parts = fields.sorted { $0.key < $1.key }.map { name, value in
            "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        parts.append(
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a;b.txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\n\(content)\r\n")
        return try await call(
            .post, path, body: parts.joined() + "--b--\r\n", type: "multipart/form-data; boundary=b")
    }
}
