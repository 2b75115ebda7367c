import HTTPServer

/// A service on this machine that answers as a test says: lists that are not scripted are empty, and records that are
/// not are not there.
final class ScriptedService: Sendable {
    private let server: HTTPServer
    /// What the API's paths stand below.
    let address: String

    /// - Parameter answers: by the path below `/v1` and, for a further page, `?after=ID`.
    init(_ answers: [String: Answer]) throws {
        server = try HTTPServer(port: 0) { request in
            let path = String(request.path.dropFirst("/v1".count))
            let after = request.item("after").map { "?after=\($0)" } ?? ""
            let answer = answers[path + after] ?? answers[path + "?after=*"].flatMap { after.isEmpty ? nil : $0 }
            return (answer ?? Self.usual(path)).served
        }
        address = "http://127.0.0.1:\(server.port)/v1"
    }

    struct Answer: Sendable {
        let status: Int
        let body: String

        var served: ServedResponse { ServedResponse(status: status, body: Array(body.utf8)) }

        static func record(_ json: String) -> Answer { Answer(status: 200, body: json) }

        static func refusal(_ status: Int) -> Answer { Answer(status: status, body: "{}") }

        /// A list of these records; nil leaves `has_more` away.
        static func list(_ records: [String], more: Bool? = false) -> Answer {
            let more = more.map { #","has_more":\#($0)"# } ?? ""
            return Answer(status: 200, body: #"{"object":"list","data":[\#(records.joined(separator: ","))]\#(more)}"#)
        }
    }

    private static func usual(_ path: String) -> Answer {
        let words = path.split(separator: "/")
        let isById = words.count == 2 && ["threads", "conversations", "responses"].contains(words[0])
        return isById ? .refusal(404) : .list([])
    }

    static func file(_ id: String) -> String { #"{"id":"\#(id)","object":"file","created_at":1790000000,"bytes":1}"# }
}
