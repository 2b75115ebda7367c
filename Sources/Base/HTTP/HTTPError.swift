/// Why there is no answer. It holds no header, no query and no body: nothing that could be a credential.
public struct HTTPError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What stands in the way.
    public enum Code: Equatable, Sendable {
        /// The address cannot be used; why follows.
        case badAddress(String)
        /// The name of a header that holds what no header may.
        case badHeader(String)
        /// What was asked for would expose data or credentials; how follows.
        case insecure(String)
        /// No connection came about; libcurl's words follow.
        case unreachable(String)
        /// The other side could not prove who it is; libcurl's words follow.
        case untrusted(String)
        /// The exchange ended before its end; libcurl's words follow.
        case interrupted(String)
        /// The whole exchange, or a silence within it, took too long.
        case timeout
        /// The answer is larger than this many bytes.
        case tooLarge(Int)
        /// The answer sends its reader on too often, or to nowhere.
        case redirected(String)
        /// Nobody waits for the answer any more.
        case cancelled
        /// Memory or threads ran out.
        case noMemory
    }

    /// What stands in the way.
    public let code: Code
    /// The method and the address, without its query.
    public let target: String

    init(_ code: Code, target: String) {
        self.code = code
        self.target = target
    }

    /// Whether the request may have been acted upon, so that to send it again may not be the same as to send it once.
    public var mayHaveArrived: Bool {
        switch code {
        case .interrupted, .timeout, .tooLarge, .cancelled, .redirected: true
        case .badAddress, .badHeader, .insecure, .unreachable, .untrusted, .noMemory: false
        }
    }

    /// What to do about it.
    public var hint: String {
        switch code {
        case .badAddress: "write it as https://host/path, and credentials elsewhere"
        case .badHeader: "remove line breaks and control characters from it"
        case .insecure: "use https"
        case .unreachable: "check the address, the network and the proxy"
        case .untrusted: "check the address, or name the authority that signed its certificate"
        case .interrupted, .timeout: "try again later"
        case .tooLarge: "ask for smaller pages"
        case .redirected: "write the address that it leads to"
        case .cancelled: "run it again"
        case .noMemory: "free some memory"
        }
    }

    /// One line: where, what, and what to do next.
    public var description: String {
        let what =
            switch code {
            case .badAddress(let why): "cannot be used: \(why)"
            case .badHeader(let name): "the header \(name) holds what no header may"
            case .insecure(let how): "refused: \(how)"
            case .unreachable(let why): "no connection: \(why)"
            case .untrusted(let why): "cannot be trusted: \(why)"
            case .interrupted(let why): "the answer broke off: \(why)"
            case .timeout: "no answer in time"
            case .tooLarge(let limit): "the answer is larger than \(limit) bytes"
            case .redirected(let why): "sends its reader on: \(why)"
            case .cancelled: "cancelled"
            case .noMemory: "not enough memory or threads"
            }
        return "\(target): \(what); \(hint)"
    }
}
