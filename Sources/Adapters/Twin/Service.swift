internal import HTTPServer

/// What the service does with a request: a function of what it holds.
struct Service: Sendable {
    private(set) var stock: Stock
    let key: String

    /// Answers, and changes what it holds where the request says so.
    mutating func answer(_ request: ServedRequest) -> ServedResponse {
        do throws(Refused) {
            try checkKey(request)
            return try route(request)
        } catch {
            return error.response
        }
    }

    private func checkKey(_ request: ServedRequest) throws(Refused) {
        let bearer = "Bearer "
        guard let header = request.header("authorization"), header.hasPrefix(bearer) else {
            throw Refused(Refusals.noKey)
        }
        let given = String(header.dropFirst(bearer.count))
        guard given == key else { throw Refused(Refusals.wrongKey(given)) }
    }

    private mutating func route(_ request: ServedRequest) throws(Refused) -> ServedResponse {
        let parts = request.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
        guard parts.first == "v1" else { throw Refused(Refusals.unknownPath(request)) }
        switch Array(parts.dropFirst()) {
        case let path where path.first == "files" && path.count <= 2:
            return try serve(.files, below: "", path.dropFirst().first, request)
        case let path where path.first == "vector_stores" && path.count <= 2:
            return try serve(.vectorStores, below: "", path.dropFirst().first, request)
        case let path where path.first == "vector_stores" && path.count <= 4 && path[2] == "files":
            guard stock.object(.vectorStores, path[1], below: "") != nil else {
                throw Refused(Refusals.missing(path[1], on: .vectorStores))
            }
            return try serve(.vectorStoreFiles, below: path[1], path.dropFirst(3).first, request)
        default: throw Refused(Refusals.unknownPath(request))
        }
    }

    /// Serves a list, or an object of it.
    private mutating func serve(
        _ shelf: Shelf, below parent: String, _ id: String?, _ request: ServedRequest
    ) throws(Refused) -> ServedResponse {
        guard let id else {
            guard request.method == "GET" else { throw Refused(Refusals.notAllowed(request)) }
            return try Listing(stock.list(shelf, below: parent), shelf, request).response
        }
        guard request.method == "GET" || request.method == "DELETE" else { throw Refused(Refusals.notAllowed(request)) }
        guard let object = stock.object(shelf, id, below: parent) else {
            throw Refused(Refusals.missing(id, on: shelf))
        }
        guard request.method == "DELETE" else { return ServedResponse(status: 200, body: object.json) }
        stock.remove(shelf, id, below: parent)
        var body: [UInt8] = []
        body += #"{"id":"#.utf8
        JSONWriting.append(id, to: &body)
        body += #","object":"\#(shelf.deletedObject)","deleted":true}"#.utf8
        return ServedResponse(status: 200, body: body)
    }
}
