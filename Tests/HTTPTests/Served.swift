import HTTP
import HTTPServer
import Synchronization

/// A server that answers as a test says, and remembers what it was asked.
final class Served: Sendable {
    let port: UInt16
    private let server: HTTPServer
    private let log: Log

    init(_ answer: @escaping @Sendable (ServedRequest, _ number: Int) -> ServedResponse) throws {
        let log = Log()
        server = try HTTPServer(port: 0) { request in answer(request, log.note(request)) }
        port = server.port
        self.log = log
    }

    var seen: [ServedRequest] { log.requests.withLock { $0 } }

    func address(_ path: String = "/", host: String = "127.0.0.1") throws -> HTTPAddress {
        try HTTPAddress("http://\(host):\(port)\(path)")
    }

    final class Log: Sendable {
        let requests = Mutex<[ServedRequest]>([])
        /// The request's number, from 1.
        func note(_ request: ServedRequest) -> Int {
            requests.withLock {
                $0.append(request)
                return $0.count
            }
        }
    }
}

extension ServedResponse {
    static func text(
        _ text: String, status: Int = 200, _ headers: [(name: String, value: String)] = []
    ) -> Self {
        ServedResponse(status: status, headers: headers, body: Array(text.utf8))
    }

    func delivered(_ delivery: Delivery) -> Self {
        var response = self
        response.delivery = delivery
        return response
    }
}

extension HTTPResponse {
    var text: String { String(decoding: body, as: UTF8.self) }
}

/// The error that a sending ends with, or nil where it ends well.
func failure(_ send: () async throws(HTTPError) -> HTTPResponse) async -> HTTPError? {
    do throws(HTTPError) {
        _ = try await send()
        return nil
    } catch {
        return error
    }
}
