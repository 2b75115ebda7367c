internal import Chronology
internal import JSONLines
internal import YAML

/// OpenDSR 2.0, the wire form in which controllers hand requests on. It has no other erasure than this one.
///
/// - Source: the OpenDSR specification 2.0, "Data Subject Request": opengdpr/opendsr on GitHub.
extension PrivacyRequest {
    /// Reads a request for erasure. Its extensions and callback addresses are for others, and are not looked at.
    ///
    /// - Throws: every mistake in it, each with its place.
    public init(openDSR path: String) throws(RequestError) {
        try self.init(openDSR: try Self.bytes(path), path: path)
    }

    init(openDSR bytes: [UInt8], path: String) throws(RequestError) {
        var fields = RequestFields(path: path)
        let defect: JSONDefect? = JSONDocument.read(bytes) { record in
            if case .defect(let defect) = record { defect } else { nil }
        }
        // JSON is YAML, whose reader knows the place of every value.
        let request = fields.document(bytes).flatMap { fields.openDSR($0) }
        if let defect, fields.mistakes.isEmpty {
            throw .mistakes([
                RequestMistake(path, line: 0, column: 0, defect.description, hint: "OpenDSR requests are JSON")
            ])
        }
        guard let request, fields.mistakes.isEmpty else { throw .mistakes(fields.mistakes) }
        self = request
    }
}

extension RequestFields {
    private enum RequestType: String, CaseIterable { case erasure }
    private enum Law: String, CaseIterable { case gdpr, ccpa }
    private enum Version: String, CaseIterable { case second = "2.0" }
    private enum IdentityFormat: String, CaseIterable { case raw, sha1, md5, sha256 }
    private enum IdentityType: String, CaseIterable {
        case customer = "controller_customer_id"
        case email
        case androidAdvertising = "android_advertising_id"
        case android = "android_id"
        case fire = "fire_advertising_id"
        case iosAdvertising = "ios_advertising_id"
        case iosVendor = "ios_vendor_id"
        case microsoftAdvertising = "microsoft_advertising_id"
        case microsoftPublisher = "microsoft_publisher_id"
        case rokuPublisher = "roku_publisher_id"
        case rokuAdvertising = "roku_advertising_id"
    }

    fileprivate mutating func openDSR(_ node: Node) -> PrivacyRequest? {
        let required = [
            "regulation", "subject_request_id", "subject_request_type", "submitted_time", "subject_identities",
            "api_version",
        ]
        guard let request = object(node, "the request", keys: required, required: required, isOpen: true) else {
            return nil
        }
        let law = request["regulation"].flatMap { word($0, "the regulation", as: Law.self) }
        let name = request["subject_request_id"].flatMap { self.name($0, "subject_request_id") }
        if let type = request["subject_request_type"] { _ = word(type, "the type of request", as: RequestType.self) }
        if let version = request["api_version"] { _ = word(version, "api_version", as: Version.self) }
        let received = request["submitted_time"].flatMap { day($0, "submitted_time", in: .utc) }
        var identities: [Identity] = []
        var unsearchable: [String: Int] = [:]
        for item in request["subject_identities"]?.sequence ?? [] { read(item, &identities, &unsearchable) }
        if let list = request["subject_identities"], identities.isEmpty, mistakes.isEmpty {
            note(list.mark, "nothing in it says who it is", hint: "name an identity that is raw, or hashed by sha256")
        }
        guard let name, let law, let received else { return nil }
        let regulation: Regulation = law == .gdpr ? .gdpr : .ccpa
        if regulation.edition(on: received) == nil, let mark = request["submitted_time"]?.mark {
            note(mark, "\(law.rawValue) did not hold on that day", hint: "check the day, and the regulation")
        }
        return PrivacyRequest(
            name: name, regulation: regulation, received: received, identities: identities, unsearchable: unsearchable)
    }

    private mutating func read(_ node: Node, _ identities: inout [Identity], _ unsearchable: inout [String: Int]) {
        let keys = ["identity_type", "identity_value", "identity_format"]
        guard let identity = object(node, "an identity", keys: keys, required: keys),
            let type = identity["identity_type"].flatMap({ word($0, "identity_type", as: IdentityType.self) }),
            let format = identity["identity_format"].flatMap({ word($0, "identity_format", as: IdentityFormat.self) }),
            let value = identity["identity_value"], let text = text(value, "identity_value")
        else { return }
        switch (format, type) {
        case (.sha1, _), (.md5, _): unsearchable["\(type.rawValue) \(format.rawValue)", default: 0] += 1
        case (.sha256, _):
            if let digest = Identity(digest: text) { identities.append(digest) } else { noteDigest(value.mark) }
        case (.raw, .email):
            if let address = EmailAddress(text) { identities.append(.email(address)) } else { noteEmail(value.mark) }
        case (.raw, .customer): identities.append(.user(text))
        case (.raw, _): identities.append(.identifier(text))
        }
    }
}
