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
        /// The other side could not prove who it is.
        case untrusted(Distrust)
        /// The proxy let nothing through, with that status.
        case refusedByProxy(Int)
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

    /// What is wrong with a proof.
    public enum Distrust: Equatable, Sendable {
        /// No authority that is trusted signed the certificate.
        case unknownAuthority
        /// The certificate is no longer valid.
        case expired
        /// The certificate is not valid yet.
        case notYetValid
        /// The certificate is for other names.
        case otherName
        /// The file of authorities cannot be used.
        case badAuthorities
        /// Something else; libcurl's words follow.
        case other(String)
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
        case .badAddress, .badHeader, .insecure, .unreachable, .untrusted, .refusedByProxy, .noMemory: false
        }
    }

    /// What to do about it.
    public var hint: String {
        switch code {
        case .badAddress: "write it as https://host/path, and credentials elsewhere"
        case .badHeader: "remove line breaks and control characters from it"
        case .insecure: "use https"
        case .unreachable: "check the address, the network and the proxy"
        case .untrusted(let distrust): distrust.hint
        case .refusedByProxy(407): "use a proxy that asks for no password, or give it in the environment: https_proxy"
        case .refusedByProxy: "have the proxy allow it, or go without"
        case .interrupted, .timeout: "try again later"
        case .tooLarge: "ask for smaller pages"
        case .redirected: "write the address that it leads to"
        case .cancelled: "run it again"
        case .noMemory: "free some memory"
        }
    }

    /// One line: where, what, and what to do next.
    public var description: String { "\(target): \(reason); \(hint)" }

    /// What happened, without where.
    public var reason: String {
        switch code {
        case .badAddress(let why): "cannot be used: \(why)"
        case .badHeader(let name): "the header \(name) holds what no header may"
        case .insecure(let how): "refused: \(how)"
        case .unreachable(let why): "no connection: \(why)"
        case .untrusted(let distrust): "cannot be trusted: \(distrust.reason)"
        case .refusedByProxy(let status): "no connection: the proxy answered \(status)"
        case .interrupted(let why): "the answer broke off: \(why)"
        case .timeout: "no answer in time"
        case .tooLarge(let limit): "the answer is larger than \(limit) bytes"
        case .redirected(let why): "sends its reader on: \(why)"
        case .cancelled: "cancelled"
        case .noMemory: "not enough memory or threads"
        }
    }
}

extension HTTPError.Distrust {
    fileprivate var reason: String {
        switch self {
        case .unknownAuthority: "no authority that is trusted signed its certificate"
        case .expired: "its certificate has expired"
        case .notYetValid: "its certificate is not valid yet"
        case .otherName: "its certificate is for another name"
        case .badAuthorities: "the file of authorities cannot be used"
        case .other(let words): words
        }
    }

    fileprivate var hint: String {
        switch self {
        case .unknownAuthority: "check the address, or name the authority that signed its certificate"
        case .expired, .notYetValid: "check this machine's clock, or have the service renew its certificate"
        case .otherName: "write the address with the name that its certificate is for"
        case .badAuthorities: "name a file of certificates in PEM that can be read"
        case .other: "check the address, and what stands between"
        }
    }
}
