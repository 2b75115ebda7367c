internal import CMicroHTTPD

/// A request as it comes in.
@safe
final class Exchange {
    private let method: String
    private let path: String
    private let query: [(name: String, value: String)]
    private let headers: [(name: String, value: String)]
    private var body: [UInt8] = []
    /// Whether the body is longer than the server takes: what came of it is dropped, and so is the rest.
    private(set) var isTooLong = false

    private static let mostBytes = 1 << 24

    @unsafe
    init(method: String, path: String, _ connection: OpaquePointer) {
        self.method = method
        self.path = path
        query = unsafe Self.values(connection, .GET_ARGUMENT_KIND)
        headers = unsafe Self.values(connection, .HEADER_KIND).map { ($0.name.lowercased(), $0.value) }
    }

    var request: ServedRequest {
        ServedRequest(method: method, path: path, query: query, headers: headers, body: body)
    }

    /// Takes a piece of the body.
    @unsafe
    func take(_ bytes: UnsafeRawBufferPointer) {
        guard !isTooLong, bytes.count <= Self.mostBytes - body.count else {
            (isTooLong, body) = (true, [])
            return
        }
        unsafe body.append(contentsOf: bytes)
    }

    @unsafe
    private static func values(_ connection: OpaquePointer, _ kind: MHD_ValueKind) -> [(name: String, value: String)] {
        let list = Values()
        unsafe MHD_get_connection_values(
            connection, kind,
            { context, _, name, value in
                guard let context = unsafe context, let name = unsafe name else { return .YES }
                let list = unsafe Unmanaged<Values>.fromOpaque(context).takeUnretainedValue()
                let text = if let value = unsafe value { unsafe String(cString: value) } else { "" }
                unsafe list.items.append((String(cString: name), text))
                return .YES
            }, Unmanaged.passUnretained(list).toOpaque())
        return list.items
    }

    private final class Values {
        var items: [(name: String, value: String)] = []
    }
}
