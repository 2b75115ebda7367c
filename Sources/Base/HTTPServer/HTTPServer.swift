internal import CMicroHTTPD

/// A server of HTTP/1.1 on this machine's loopback address, for no one else.
///
/// A body of more than 16 MiB is answered with 413. Every connection has a thread of libmicrohttpd's own, on which the
/// handler runs; all have ended when the server has.
@safe
public final class HTTPServer: @unchecked Sendable {
    // Proof of Sendable: `context` never changes, and `daemon` changes once, before the server is handed out.
    private var daemon: OpaquePointer?
    private let context: Unmanaged<ServerContext>
    /// The port it listens on.
    public private(set) var port: UInt16 = 0

    /// How many connections there may be at a time.
    private static let connections: UInt32 = 256

    /// Starts a server.
    ///
    /// - Parameter port: 0 for any that is free.
    /// - Throws: `HTTPServerError` where the port is taken.
    public init(
        port: UInt16, handler: @escaping @Sendable (ServedRequest) -> ServedResponse
    ) throws(HTTPServerError) {
        let context = unsafe Unmanaged.passRetained(ServerContext(handler))
        unsafe self.context = context
        unsafe daemon = unsafe cmhd_start(
            port, Self.connections,
            { context, connection, path, method, _, upload, uploadSize, state in
                guard let context = unsafe context, let connection = unsafe connection, let path = unsafe path,
                    let method = unsafe method, let uploadSize = unsafe uploadSize, let state = unsafe state
                else { return .NO }
                let server = unsafe Unmanaged<ServerContext>.fromOpaque(context).takeUnretainedValue()
                guard let raw = unsafe state.pointee else {
                    let exchange = unsafe Exchange(
                        method: String(cString: method), path: String(cString: path), connection)
                    unsafe state.pointee = Unmanaged.passRetained(exchange).toOpaque()
                    return .YES
                }
                let exchange = unsafe Unmanaged<Exchange>.fromOpaque(raw).takeUnretainedValue()
                guard unsafe uploadSize.pointee == 0 else {
                    unsafe exchange.take(UnsafeRawBufferPointer(start: upload, count: uploadSize.pointee))
                    unsafe uploadSize.pointee = 0
                    return .YES
                }
                // 413: the content is too large.
                let response =
                    exchange.isTooLong ? ServedResponse(status: 413) : server.handler(exchange.request)
                return unsafe Reply.send(response, on: connection)
            },
            { _, _, state, _ in
                guard let state = unsafe state, let raw = unsafe state.pointee else { return }
                unsafe Unmanaged<Exchange>.fromOpaque(raw).release()
                unsafe state.pointee = nil
            }, context.toOpaque())
        guard let daemon = unsafe daemon else {
            unsafe context.release()
            throw HTTPServerError(port: port)
        }
        self.port = unsafe cmhd_port(daemon)
    }

    deinit {
        guard let daemon = unsafe daemon else { return }
        unsafe MHD_stop_daemon(daemon)
        unsafe context.release()
    }
}

/// Why a server did not start.
public struct HTTPServerError: Error, Sendable, CustomStringConvertible {
    /// The port that was asked for.
    public let port: UInt16

    /// One line: where, what, and what to do next.
    public var description: String {
        "port \(port): cannot listen on 127.0.0.1; choose a port that is free, or 0 for any"
    }
}

/// What the daemon's threads share.
final class ServerContext: Sendable {
    let handler: @Sendable (ServedRequest) -> ServedResponse
    init(_ handler: @escaping @Sendable (ServedRequest) -> ServedResponse) { self.handler = handler }
}
