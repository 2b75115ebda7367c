/// A name and a value.
public struct HTTPHeader: Sendable, Hashable {
    /// The name, in any case.
    public let name: String
    /// The value.
    public let value: String

    /// A header.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// Whether neither part can break out of its line.
    var isSafe: Bool {
        !name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
            && value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }
}

/// What a request does.
public enum HTTPMethod: String, Sendable {
    case get = "GET"
    case post = "POST"
    case delete = "DELETE"
}

/// What is asked of a server.
public struct HTTPRequest: Sendable {
    /// What it does.
    public var method: HTTPMethod
    /// Where to.
    public var address: HTTPAddress
    /// What goes to whatever server the request ends at.
    public var headers: [HTTPHeader]
    /// What goes to the address's own origin only, over TLS or to this machine, and is never printed.
    public var credential: HTTPHeader?
    /// The body; nil for none.
    public var body: [UInt8]?
    /// Whether it changes nothing, whatever its method, so that it can be sent again however its answer was lost.
    public var onlyLooks: Bool

    /// A request. One that gets something only looks.
    public init(
        _ method: HTTPMethod, _ address: HTTPAddress, headers: [HTTPHeader] = [], credential: HTTPHeader? = nil,
        body: [UInt8]? = nil
    ) {
        self.method = method
        self.address = address
        self.headers = headers
        self.credential = credential
        self.body = body
        onlyLooks = method == .get
    }

    /// For errors: the method and the address, without its query.
    var target: String { "\(method.rawValue) \(address)" }
}

/// What a server answered.
public struct HTTPResponse: Sendable {
    /// The status code.
    public let status: Int
    /// The body, expanded where it was compressed.
    public var body: [UInt8]
    private let lines: HeaderLines

    /// An answer.
    public init(status: Int, headers: [HTTPHeader], body: [UInt8]) {
        self.init(status: status, headers: HeaderLines(headers), body: body)
    }

    init(status: Int, headers: HeaderLines, body: [UInt8]) {
        self.status = status
        self.body = body
        lines = headers
    }

    /// The headers, names in small letters, in their order.
    public var headers: [HTTPHeader] { lines.all }

    /// The first value of that header, its name in small letters.
    public subscript(name: String) -> String? { lines[name] }
}
