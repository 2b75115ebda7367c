internal import Chronology
internal import Files
internal import YAML

extension PrivacyRequest {
    /// A request has few identities; a megabyte is beyond any.
    private static let mostBytes = 1 << 20

    /// Reads a document of `kind: PrivacyRequest`.
    ///
    /// - Throws: every mistake in it, each with its place.
    public init(document path: String) throws(RequestError) {
        try self.init(document: try Self.bytes(path), path: path)
    }

    init(document bytes: [UInt8], path: String) throws(RequestError) {
        var fields = RequestFields(path: path)
        let request = fields.document(bytes).flatMap { fields.request($0) }
        guard let request, fields.mistakes.isEmpty else { throw .mistakes(fields.mistakes) }
        self = request
    }

    static func bytes(_ path: String) throws(RequestError) -> [UInt8] {
        do throws(FileError) { return try Files.read(path, limit: mostBytes) } catch { throw .file(error) }
    }
}

extension RequestFields {
    private enum Version: String, CaseIterable { case first = "tenure/v1" }
    private enum Kind: String, CaseIterable { case privacyRequest = "PrivacyRequest" }
    private enum RequestType: String, CaseIterable { case erasure }

    /// The request of a document; what is wrong is noted.
    fileprivate mutating func request(_ node: Node) -> PrivacyRequest? {
        let top = ["apiVersion", "kind", "metadata", "spec"]
        guard let document = object(node, "the document", keys: top, required: top) else { return nil }
        if let version = document["apiVersion"] { _ = word(version, "the version", as: Version.self) }
        if let kind = document["kind"] { _ = word(kind, "the kind of document", as: Kind.self) }
        let metadata = document["metadata"].flatMap { object($0, "metadata", keys: ["name"], required: ["name"]) }
        let name = metadata?["name"].flatMap { self.name($0, "the name") }
        guard
            let spec = document["spec"].flatMap({
                object(
                    $0, "spec",
                    keys: [
                        "type", "regulation", "received", "timeZone", "answerWithin", "extendedOn", "subject",
                        "contentHashKeys",
                    ],
                    required: ["regulation", "received", "subject"])
            })
        else { return nil }
        if let type = spec["type"] { _ = word(type, "the type of request", as: RequestType.self) }
        let regulation = spec["regulation"].flatMap { word($0, "the regulation", as: Regulation.self) }
        let zone = spec["timeZone"].map { self.zone($0) } ?? .utc
        let received = spec["received"].flatMap { day($0, "the day of receipt", in: zone) }
        let extended = spec["extendedOn"].flatMap { day($0, "the day of the extension", in: zone) }
        let limit = spec["answerWithin"].flatMap { period($0) }
        let identities = spec["subject"].map { self.identities($0) } ?? []
        let contentHashKeys = self.contentHashKeys(spec["contentHashKeys"])
        guard let name, let regulation, let received else { return nil }
        if regulation.edition(on: received) == nil, let mark = spec["received"]?.mark {
            note(mark, "\(regulation.rawValue) did not hold on that day", hint: "check the day, and the regulation")
        }
        return PrivacyRequest(
            name: name, regulation: regulation, received: received, ownLimit: limit, extendedOn: extended,
            identities: identities, contentHashKeys: contentHashKeys)
    }

    private mutating func contentHashKeys(_ node: Node?) -> [String] {
        texts(node, "a metadata key").filter { key, mark in
            guard ContentHash(key) != nil else { return true }
            note(
                mark, "this is a hash, and no metadata key that has one",
                hint:
                    "write the key, such as sha256; a hash of theirs itself goes to subject, as metadata: {sha256: HASH}"
            )
            return false
        }.map(\.text)
    }

    private mutating func zone(_ node: Node) -> Zone {
        guard let text = text(node, "the time zone") else { return .utc }
        do throws(ChronologyError) {
            return try Zone(text)
        } catch {
            note(node.mark, "this is no time zone", hint: error.hint)
            return .utc
        }
    }

    private mutating func period(_ node: Node) -> Period? {
        guard let text = text(node, "the time to answer") else { return nil }
        if let period = try? Period(text), period.seconds == 0 { return period }
        note(node.mark, "the time to answer is none in days or months", hint: "write 28d, or P1M")
        return nil
    }

    private mutating func identities(_ node: Node) -> [Identity] {
        let keys = ["users", "emails", "digests", "metadata", "identifiers"]
        guard let subject = object(node, "subject", keys: keys) else { return [] }
        var identities: [Identity] = []
        identities += texts(subject["users"], "a user").map { .user($0.text) }
        for email in texts(subject["emails"], "an e-mail address") {
            if let address = EmailAddress(email.text) {
                identities.append(.email(address))
            } else {
                noteEmail(email.mark)
            }
        }
        for digest in texts(subject["digests"], "a digest") {
            if let identity = Identity(digest: digest.text) {
                identities.append(identity)
            } else {
                noteDigest(digest.mark)
            }
        }
        identities += texts(subject["identifiers"], "an identifier").map { .identifier($0.text) }
        identities += subject["metadata"].map { metadata($0) } ?? []
        if identities.isEmpty, mistakes.isEmpty {
            note(node.mark, "nothing says who it is", hint: "name at least one of \(keys.joined(separator: ", "))")
        }
        return identities
    }

    private mutating func metadata(_ node: Node) -> [Identity] {
        guard let entries = node.mapping else {
            note(node.mark, "metadata is no mapping", hint: "write KEY: VALUE, or KEY: [VALUE, VALUE]")
            return []
        }
        return entries.flatMap { entry in
            texts(entry.value, "a metadata value").map { .metadata(key: entry.key.text, value: $0.text) }
        }
    }

    mutating func noteEmail(_ mark: Mark) {
        note(mark, "this is no e-mail address", hint: "write name@host")
    }

    mutating func noteDigest(_ mark: Mark) {
        note(mark, "this is no SHA-256", hint: "write 64 hexadecimal digits: of the address in lower case")
    }
}

extension Identity {
    /// A SHA-256 in hexadecimal; nil for what is none.
    init?(digest text: String) {
        let digits = text.lowercased()
        guard digits.utf8.count == 64, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }) else { return nil }
        self = .digest(digits)
    }
}
