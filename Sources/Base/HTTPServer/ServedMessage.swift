/// What a client asked.
public struct ServedRequest: Sendable {
    /// The method, such as `GET`.
    public let method: String
    /// The path, decoded.
    public let path: String
    /// Names and values of the query, decoded, in their order.
    public let query: [(name: String, value: String)]
    /// Names in small letters, and values, in their order.
    public let headers: [(name: String, value: String)]
    /// The body.
    public let body: [UInt8]

    /// The first value of that header, its name in small letters.
    public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    /// The last value of that name in the query, as most servers take it.
    public func item(_ name: String) -> String? { query.last { $0.name == name }?.value }
}

/// What a client is answered.
public struct ServedResponse: Sendable {
    /// How the answer travels.
    public enum Delivery: Sendable, Hashable {
        /// At once.
        case whole
        /// The connection breaks after so many bytes of the body.
        case torn(after: Int)
        /// The connection closes without an answer.
        case none
        /// Piece by piece, of so many bytes, with a pause of so many milliseconds before each.
        case slow(bytes: Int, milliseconds: Int)
    }

    /// The status code.
    public var status: Int
    /// Names and values.
    public var headers: [(name: String, value: String)]
    /// The body.
    public var body: [UInt8]
    /// How it travels.
    public var delivery = Delivery.whole

    /// An answer.
    public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
