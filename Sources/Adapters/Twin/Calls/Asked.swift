internal import HTTPServer

/// A request to one call, its path and its body taken apart.
struct Asked: Sendable {
    let request: ServedRequest
    /// The ids in the path, in their order.
    let ids: [String]
    /// The object in the body; nothing is an empty one.
    let body: JSON
    /// The form in the body; nil where it is none.
    let form: Form?
    /// How the service differs where this leads.
    let quirks: Quirks

    /// - Throws: where the body is no object, or broken.
    init(_ request: ServedRequest, ids: [String], _ quirks: Quirks) throws(Refused) {
        self.request = request
        self.ids = ids
        self.quirks = quirks
        form = Form(request)
        if form != nil || request.body.isEmpty {
            body = [:]
            return
        }
        let type = request.header("content-type")?.lowercased() ?? ""
        guard !type.hasPrefix("multipart/"), let body = JSON.read(request.body) else {
            throw Refused(Refusals.unreadableBody)
        }
        guard case .object = body else { throw Refused(Refusals.wrongType("body", .anyObject, body)) }
        self.body = body
    }

    /// The innermost id of the path.
    var id: String { ids.last ?? "" }

    /// The outermost id of the path.
    var outerId: String { ids.first ?? "" }

    /// What of the body is known.
    func take(_ parts: [Shape.Part]) throws(Refused) -> JSON {
        .object(try Shape.members(parts, of: body, at: ""))
    }

    /// The metadata that is sent, else none.
    func metadata() throws(Refused) -> JSON { try take([.free("metadata", .metadata)])["metadata"] ?? [:] }

    /// Whether the answer shall come as a stream of events.
    var wantsStream: Bool { body["stream"]?.isTrue == true }
}

extension ServedResponse {
    /// A value, as an answer.
    static func json(_ value: JSON) -> ServedResponse { ServedResponse(status: 200, body: value.bytes) }

    /// What a DELETE is answered.
    static func deleted(_ id: String, _ object: String) -> ServedResponse {
        .json(["id": .string(id), "object": .string(object), "deleted": true])
    }

    /// Bytes as they were sent, as an answer.
    static func content(_ bytes: [UInt8]) -> ServedResponse {
        ServedResponse(status: 200, headers: [("Content-Type", "application/octet-stream")], body: bytes)
    }
}
