internal import CanonicalJSON
public import Chronology
internal import Files

/// The directory in which requests are kept, one file each, readable by its owner alone.
///
/// A file appears whole or not at all, so that a run that is killed leaves the requests as they were before a step or
/// after it. They name people: nothing else does.
public struct RequestStore: Sendable {
    let directory: String
    /// A request with a thousand identities and a hundred runs takes some hundred kilobytes.
    private static let mostBytes = 1 << 22

    /// The requests in a directory, which need not be there yet.
    public init(directory: String) { self.directory = directory }

    /// All of them, by name.
    public func all() throws(RequestError) -> [KeptRequest] {
        guard Files.kind(of: directory) != nil else { return [] }
        let names: [String]
        do throws(FileError) { names = try Files.list(directory) } catch { throw .file(error) }
        var requests: [KeptRequest] = []
        for name in names where name.hasSuffix(Self.suffix) && !name.hasPrefix(".") {
            requests.append(try request(named: String(name.dropLast(Self.suffix.count))))
        }
        return requests
    }

    /// The request of a name.
    public func request(named name: String) throws(RequestError) -> KeptRequest {
        let path = path(name)
        let bytes: [UInt8]
        do throws(FileError) { bytes = try Files.read(path, limit: Self.mostBytes) } catch { throw .file(error) }
        guard Files.isPrivate(path) else {
            throw .mistakes([
                RequestMistake(path, line: 0, column: 0, "others can read it", hint: "chmod 600 \(path)")
            ])
        }
        guard let request = KeptRequest(bytes), request.request.name == name else {
            throw .mistakes([
                RequestMistake(
                    path, line: 0, column: 0, "this is no request that tenure wrote",
                    hint: "take it away, and take the request in again")
            ])
        }
        return request
    }

    /// What is already known of the person of a request.
    public struct Acquaintance: Sendable, Hashable {
        /// Requests of the very same person that wait for their answer, by name.
        public let open: [String]
        /// Requests that share an identity with it, and not all, by name: two people may share an address.
        public let alike: [String]
    }

    /// What is already known of the person, apart from the request of this name itself.
    public func acquaintance(_ request: PrivacyRequest) throws(RequestError) -> Acquaintance {
        let others = try all().filter { $0.request.name != request.name }
        let identities = Set(request.identities)
        return Acquaintance(
            open: others.filter { Set($0.request.identities) == identities && $0.answered == nil }.map(\.request.name),
            alike: others.filter {
                let other = Set($0.request.identities)
                return other != identities && !other.isDisjoint(with: identities)
            }.map(\.request.name))
    }

    /// Whether a request was taken in before, in the same words. It may have been extended since.
    ///
    /// - Throws: where another request has its name.
    public func holds(_ request: PrivacyRequest) throws(RequestError) -> Bool {
        let path = path(request.name)
        guard Files.kind(of: path) != nil else { return false }
        let known = try self.request(named: request.name).request
        var same = request
        if same.extendedOn == nil { same.extendedOn = known.extendedOn }
        guard known == same else {
            throw .mistakes([
                RequestMistake(
                    path, line: 0, column: 0, "another request has this name",
                    hint: "give this one a name of its own")
            ])
        }
        return true
    }

    /// Takes a request in. One that is there already, with the same words, stays as it is.
    public func add(_ request: PrivacyRequest, at instant: Instant) throws(RequestError) {
        guard try !holds(request) else { return }
        do throws(FileError) {
            if try Files.makePrivateDirectory(directory) {
                // It names people, whom nobody should publish by mistake.
                var ignored = try AtomicFile(path: Files.path(directory, ".gitignore"), mode: 0o600)
                try ignored.write("*\n")
                try ignored.commit()
            }
        } catch {
            throw .file(error)
        }
        try write(KeptRequest(request: request, taken: instant))
    }

    /// Notes that the person was told of a delay, which gives the time that the law has for that.
    public func extend(_ extended: ExtendedRequest) throws(RequestError) {
        var kept = try request(named: extended.request.name)
        kept.request = extended.request
        try write(kept)
    }

    /// Notes what was done about a request.
    public func note(_ event: KeptRequest.Event, on name: String) throws(RequestError) {
        var kept = try request(named: name)
        kept.events.append(event)
        try write(kept)
    }

    static let suffix = ".json"

    private func path(_ name: String) -> String { "\(directory)/\(name)\(Self.suffix)" }

    private func write(_ request: KeptRequest) throws(RequestError) {
        let path = path(request.request.name)
        let bytes: [UInt8]
        do throws(CanonicalError) { bytes = try request.bytes() } catch {
            throw .mistakes([
                RequestMistake(path, line: 0, column: 0, "it cannot be written: \(error)", hint: "shorten the request")
            ])
        }
        do throws(FileError) {
            var file = try AtomicFile(path: path, mode: 0o600)
            try file.write(bytes)
            try file.commit()
        } catch {
            throw .file(error)
        }
    }
}
