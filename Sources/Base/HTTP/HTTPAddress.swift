internal import CCurl

/// An address of the web, without a user, a password or a fragment.
public struct HTTPAddress: Sendable, Hashable, CustomStringConvertible {
    /// Scheme, host and port, such as `https://api.openai.com:443`: what a credential is meant for.
    public let origin: String
    /// `http` or `https`.
    public let scheme: String
    /// The host, an IPv6 address in brackets.
    public let host: String
    /// The path, percent-encoded; it begins with a slash.
    public let path: String
    /// What follows the question mark, percent-encoded; nil where there is none.
    public let query: String?

    /// The whole address.
    public var text: String { origin + path + (query.map { "?\($0)" } ?? "") }

    /// The address without its query, which may hold what no log should.
    public var description: String { origin + path }

    /// Whether no packet to this host leaves the machine.
    public let isLoopback: Bool

    /// libcurl resolves `localhost` by itself, whatever the resolver says, since 7.78.
    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// Reads an address.
    ///
    /// - Throws: `HTTPError` where it is none, or holds a user or a password.
    public init(_ text: String) throws(HTTPError) {
        try self.init(text, relativeTo: nil)
    }

    /// Where a response sends its reader.
    func resolving(_ location: String) throws(HTTPError) -> HTTPAddress {
        try HTTPAddress(location, relativeTo: self)
    }

    private init(_ text: String, relativeTo base: HTTPAddress?) throws(HTTPError) {
        guard let url = unsafe curl_url() else { throw HTTPError(.noMemory, target: "an address") }
        defer { unsafe curl_url_cleanup(url) }
        if let base { unsafe curl_url_set(url, CURLUPART_URL, base.text, 0) }
        guard !text.utf8.contains(0), unsafe curl_url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK,
            let scheme = unsafe Self.part(url, CURLUPART_SCHEME), scheme == "http" || scheme == "https",
            let host = unsafe Self.part(url, CURLUPART_HOST), !host.isEmpty,
            let port = unsafe Self.part(url, CURLUPART_PORT, UInt32(CURLU_DEFAULT_PORT)),
            let path = unsafe Self.part(url, CURLUPART_PATH)
        else {
            throw HTTPError(.badAddress("not an address of the web"), target: "an address")
        }
        guard unsafe Self.part(url, CURLUPART_USER) == nil, unsafe Self.part(url, CURLUPART_PASSWORD) == nil else {
            throw HTTPError(.badAddress("holds a user or a password"), target: "\(scheme)://\(host)")
        }
        self.scheme = scheme
        self.host = host.lowercased()
        isLoopback = Self.isLoopback(self.host)
        self.path = path
        origin = "\(scheme)://\(host.lowercased()):\(port)"
        query = unsafe Self.part(url, CURLUPART_QUERY)
    }

    @unsafe
    private static func part(_ url: OpaquePointer, _ part: CURLUPart, _ flags: UInt32 = 0) -> String? {
        var raw: UnsafeMutablePointer<CChar>?
        guard unsafe curl_url_get(url, part, &raw, flags) == CURLUE_OK, let text = unsafe raw else { return nil }
        defer { unsafe curl_free(text) }
        return unsafe String(cString: text)
    }
}

extension HTTPAddress {
    private init(_ base: HTTPAddress, path: String, query: String?) {
        origin = base.origin
        scheme = base.scheme
        host = base.host
        isLoopback = base.isLoopback
        self.path = path
        self.query = query
    }

    /// The address of something below this one; whatever the parts hold, they are parts.
    ///
    /// - Parameter query: names and values, added to the query that is there.
    public func appending(path parts: [String], query items: [(name: String, value: String)] = []) -> HTTPAddress {
        var path = !parts.isEmpty && path.hasSuffix("/") ? String(path.dropLast()) : path
        for part in parts { path += "/" + Self.escaped(part) }
        let added = items.map { "\(Self.escaped($0.name))=\(Self.escaped($0.value))" }
        let query = (query.map { [$0] } ?? []) + added
        return HTTPAddress(self, path: path, query: query.isEmpty ? nil : query.joined(separator: "&"))
    }

    /// The address with another path, which is percent-encoded already.
    public func beginning(with path: String) -> HTTPAddress {
        HTTPAddress(self, path: path.isEmpty ? "/" : path, query: query)
    }

    /// Percent-encodes everything but what RFC 3986 calls unreserved, and dots that would climb.
    private static func escaped(_ text: String) -> String {
        if text == "." || text == ".." { return text.map { _ in "%2E" }.joined() }
        // Ids and words mostly need nothing.
        if text.utf8.allSatisfy(isUnreserved) { return text }
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isUnreserved(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
