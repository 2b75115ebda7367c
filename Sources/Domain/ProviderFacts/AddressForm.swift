/// What the addresses of a provider's services look like.
public struct AddressForm: Sendable {
    /// What stands in front of the paths.
    enum Path: Sendable {
        /// Anything: many servers speak the protocol.
        case anything
        /// Nothing: every customer has a host. These ends mean no more than the host alone.
        case nothing(orEnding: [String])
        /// `/api/projects/NAME`.
        case project
    }

    /// The ends of the hosts' names, such as `.openai.azure.com`; none for any.
    let hosts: [String]
    let path: Path
    /// An address of this form, for people.
    public let example: String

    /// Where the paths of a service begin.
    public struct Beginning: Sendable, Equatable {
        /// The path that stands in front of all of them, such as `/v1`; empty for none.
        public let path: String
        /// Whether the host is none of the provider's: a gateway in front of it, perhaps.
        public let isElsewhere: Bool
    }

    /// Why an address cannot be used.
    public struct Defect: Error, Equatable, Sendable {
        /// What is wrong.
        public let reason: String
    }

    /// Reads the parts of an address.
    ///
    /// - Parameters:
    ///   - host: in small letters.
    ///   - isLoopback: whether the host is this machine, on which anything may stand in for the provider.
    /// - Throws: `Defect` where no service of this form can be there.
    public func read(host: String, path: String, query: String?, isLoopback: Bool) throws(Defect) -> Beginning {
        let isTheirs = hosts.isEmpty || isLoopback || hosts.contains { host.hasSuffix($0) && host.count > $0.count }
        var words = path.split(separator: "/")
        switch self.path {
        case .anything: break
        case _ where query != nil: throw Defect(reason: "holds more than a host and a path")
        case .nothing(let ends):
            if let end = ends.map({ $0.split(separator: "/") }).first(where: { words.suffix($0.count) == $0[...] }) {
                words.removeLast(end.count)
            }
            // What a gateway has in front of its paths is its own affair.
            guard words.isEmpty || !isTheirs else { throw Defect(reason: "has a path") }
        case .project:
            guard words.count == 3 || (!isTheirs && words.count > 3), words[words.count - 3] == "api",
                words[words.count - 2] == "projects"
            else { throw Defect(reason: "names no project") }
        }
        return Beginning(path: words.map { "/\($0)" }.joined(), isElsewhere: !isTheirs)
    }
}
