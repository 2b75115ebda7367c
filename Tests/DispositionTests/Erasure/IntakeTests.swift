import AuditLog
import Chronology
import Crypto
import Testing

@testable import Disposition

@Suite struct EmailAddressTests {
    @Test(arguments: [
        ("Anna@Example.ORG", "anna@example.org"), ("  anna@example.org\n", "anna@example.org"),
        ("zoe\u{308}@example.org", "zo\u{EB}@example.org"),
        ("anna@M\u{FC}ller.example", "anna@xn--mller-kva.example"),
        ("anna+news@example.org", "anna+news@example.org"), ("a.n.na@gmail.com", "a.n.na@gmail.com"),
        ("\"a@b\"@example.org", "\"a@b\"@example.org"),
    ])
    func `case, spaces, accents and hosts have one spelling; tags and dots keep theirs (case 47)`(
        text: String, exact: String
    ) { #expect(EmailAddress(text)?.exact == exact) }

    @Test(arguments: [
        ("anna+news@example.org", "anna@example.org"), ("a.n.na+x@GoogleMail.com", "anna@gmail.com"),
        ("a.n.na@example.org", "a.n.na@example.org"), ("+anna@example.org", "+anna@example.org"),
    ])
    func `tags, and Gmail's dots, are left out only where a person looks (case 47)`(text: String, loose: String) {
        #expect(EmailAddress(text)?.loose == loose)
    }

    @Test(arguments: ["", "anna", "@example.org", "anna@", "anna b@example.org", "anna@a..b"])
    func `what is no address is none`(text: String) { #expect(EmailAddress(text) == nil) }

    @Test func `its digests are those that other systems keep in its place (case 46)`() throws {
        let address = try #require(EmailAddress(" Anna@example.org"))
        // printf 'anna@example.org' | sha256sum
        #expect(try address.digests() == [try SHA256.digest("anna@example.org").hex])
        let international = try #require(EmailAddress("anna@M\u{FC}ller.example"))
        #expect(
            try international.digests() == [
                try SHA256.digest("anna@xn--mller-kva.example").hex, try SHA256.digest("anna@m\u{FC}ller.example").hex,
            ])
    }
}

@Suite struct IntakeTests {
    private static let document = """
        apiVersion: tenure/v1
        kind: PrivacyRequest
        metadata: {name: request-17}
        spec:
          type: erasure
          regulation: uk-gdpr
          received: 2026-11-03T23:30:00Z
          timeZone: Europe/Berlin
          answerWithin: 28d
          subject:
            users: ["user:4711", 4712]
            emails: Anna@Example.org
            digests: [E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855]
            metadata: {customer: [c-1, c-2]}
            identifiers: [conv_1]
        """

    private func read(_ text: String) throws -> PrivacyRequest {
        try PrivacyRequest(document: Array(text.utf8), path: "r.yaml")
    }

    private func mistakes(_ text: String) -> [String] {
        let error = #expect(throws: RequestError.self) { try read(text) }
        return error?.description.split(separator: "\n").map(String.init) ?? []
    }

    private func replaced(_ old: String, _ new: String) -> String {
        let parts = Self.document.components(of: old)
        #expect(parts.count == 2, "\(old)")
        return parts.joined(separator: new)
    }

    @Test func `a document says who it is, under which law, and when it was received`() throws {
        let request = try read(Self.document)
        #expect(request.name == "request-17" && request.regulation == .ukGDPR)
        #expect(request.received == (try CivilDate("2026-11-04")))
        #expect(request.ownLimit == Period(days: 28))
        #expect(request.metadataKeys == ["customer"])
        #expect(
            request.identities.map(\.form) == [
                .digest, .email, .identifier, .metadata, .metadata, .user, .user,
            ])
        #expect(request.deadline(.weekdays)?.day == (try CivilDate("2026-12-02")))
    }

    @Test func `an extension counts where the person was told within the first time, and else not`() throws {
        let text = replaced("  answerWithin: 28d\n", "  extendedOn: 2026-12-04\n")
        #expect(try read(text).deadline(.weekdays)?.day == (try CivilDate("2027-02-04")))
        let late = text.components(of: "2026-12-04").joined(separator: "2026-12-05")
        #expect(try read(late).deadline(.weekdays)?.day == (try CivilDate("2026-12-04")))
    }

    @Test(arguments: [
        ("uk-gdpr", "gdrp", "r.yaml:6:15: the regulation is none that tenure knows; did you mean gdpr?"),
        (
            "type: erasure", "type: access",
            "r.yaml:5:9: the type of request is none that tenure knows; write one of erasure"
        ),
        ("Europe/Berlin", "Europe/Berlim", "r.yaml:8:13: this is no time zone; "),
        ("28d", "28h", "r.yaml:9:17: the time to answer is none in days or months; write 28d, or P1M"),
        ("emails: Anna@Example.org", "emails: [anna]", "r.yaml:12:14: this is no e-mail address; write name@host"),
        ("users:", "user:", "r.yaml:11:5: subject has no such key; did you mean users?"),
        ("2026-11-03T23:30:00Z", "2026-02-30", "r.yaml:7:13: the day of receipt is no day; write 2026-01-31"),
        ("2026-11-03T23:30:00Z", "2017-01-01", "r.yaml:7:13: uk-gdpr did not hold on that day; check the day"),
        ("request-17", "anna@example.org", "r.yaml:3:18: the name is no name; use up to 128 letters"),
        ("  received: 2026-11-03T23:30:00Z\n", "", "r.yaml:5:3: spec lacks received; add received"),
        ("tenure/v1", "tenure/v2", "r.yaml:1:13: the version is none that tenure knows; did you mean tenure/v1?"),
        ("[conv_1]", "[null]", "r.yaml:15:19: an identifier is no text; write it in quotation marks"),
    ])
    func `a mistake is told with its place and what to do, and quotes nobody (case 73)`(
        old: String, new: String, message: String
    ) {
        let mistakes = mistakes(replaced(old, new))
        #expect(mistakes.count == 1 && mistakes[0].hasPrefix(message), "\(mistakes)")
        #expect(!mistakes.joined().contains("anna") && !mistakes.joined().contains("Berlim"))
    }

    @Test
    func `the metadata keys that have hashes of contents are named, each once, and say nothing of who it is (case 39)`()
        throws
    {
        let request = try read(replaced("  subject:\n", "  contentHashKeys: [sha256, checksum, sha256]\n  subject:\n"))
        #expect(request.contentHashKeys == ["checksum", "sha256"])
        #expect(request.metadataKeys == ["checksum", "customer", "sha256"])
        let key = try PseudonymKey([UInt8](repeating: 7, count: 32))
        let plain = try read(Self.document)
        #expect(try plain.contentHashKeys.isEmpty && request.token(key) == plain.token(key) && request != plain)
        #expect(try read(replaced("  subject:\n", "  contentHashKeys: md5\n  subject:\n")).contentHashKeys == ["md5"])
    }

    @Test func `a hash in the place of a key is told, and not quoted (cases 39 and 73)`() {
        let hash = "sha256:" + String(repeating: "4b1d", count: 16)
        #expect(
            mistakes(replaced("  subject:\n", "  contentHashKeys: [md5, \"\(hash)\"]\n  subject:\n")) == [
                "r.yaml:10:26: this is a hash, and no metadata key that has one; write the key, such as sha256; a hash of "
                    + "theirs itself goes to subject, as metadata: {sha256: HASH}"
            ])
        #expect(mistakes(replaced("  subject:\n", "  contentHashKeys: [{}]\n  subject:\n")).count == 1)
        #expect(
            mistakes(replaced("  subject:\n", "  contentHashKey: [md5]\n  subject:\n")).first?.hasSuffix(
                "did you mean contentHashKeys?") == true)
    }

    @Test func `a request that names nobody is none`() {
        let empty = Self.document.components(of: "  subject:\n")[0] + "  subject: {}\n"
        #expect(
            mistakes(empty) == [
                "r.yaml:10:12: nothing says who it is; name at least one of users, emails, digests, metadata, identifiers"
            ])
    }

    @Test func `two documents in a file, or none, are told`() {
        #expect(mistakes(Self.document + "\n---\n" + Self.document).count == 1)
        #expect(mistakes("").count == 1)
        #expect(mistakes("spec: [").first?.hasPrefix("r.yaml:1:") == true)
    }

    @Test func `tokens are the same for the same person however often and in which order they are named (case 73)`()
        throws
    {
        let key = try PseudonymKey([UInt8](repeating: 7, count: 32))
        let first = try read(Self.document)
        let again = try read(replaced("users: [\"user:4711\", 4712]", "users: [\"4712\", \"user:4711\", \"4712\"]"))
        #expect(try first.token(key) == again.token(key))
        #expect(try first.tokens(key) == again.tokens(key))
        #expect(try first.tokens(key).count == 7)
        let other = try PseudonymKey([UInt8](repeating: 8, count: 32))
        #expect(try first.token(other) != first.token(key))
        for text in ["4711", "anna", "conv_1", "c-1"] {
            #expect(!(try first.tokens(key).joined().lowercased().contains(text)) || text == "4711")
        }
    }
}

@Suite struct OpenDSRTests {
    private static let document = """
        {
          "regulation": "gdpr",
          "subject_request_id": "a7551968-d5d6-44b2-9831-815ac9017798",
          "subject_request_type": "erasure",
          "submitted_time": "2026-10-02T15:00:00Z",
          "subject_identities": [
            {"identity_type": "email", "identity_value": "Johndoe@example.com", "identity_format": "raw"},
            {"identity_type": "controller_customer_id", "identity_value": "4711", "identity_format": "raw"},
            {"identity_type": "email", "identity_format": "sha256",
             "identity_value": "851a3ba6cc2f8f5c1ab5e0d0e3f1f4a2f0f8d5a8f1a7d3a3c5b9a7b2c1d0e9f8"},
            {"identity_type": "android_id", "identity_value": "abc", "identity_format": "md5"}
          ],
          "api_version": "2.0",
          "status_callback_urls": ["https://example.com/callback"],
          "extensions": {"example.com": {"a": 1}}
        }
        """

    private func read(_ text: String) throws -> PrivacyRequest {
        try PrivacyRequest(openDSR: Array(text.utf8), path: "r.json")
    }

    @Test func `a request is read with its identities, and those that nobody can look for are counted (case 46)`()
        throws
    {
        let request = try read(Self.document)
        #expect(request.name == "a7551968-d5d6-44b2-9831-815ac9017798" && request.regulation == .gdpr)
        #expect(request.received == (try CivilDate("2026-10-02")))
        #expect(request.identities.map(\.form) == [.digest, .email, .user])
        #expect(request.unsearchable == ["android_id md5": 1])
    }

    @Test(arguments: [
        ("\"erasure\"", "\"portability\"", "r.json:4:27: the type of request is none that tenure knows"),
        ("\"2.0\"", "\"1.0\"", "r.json:13:18: api_version is none that tenure knows"),
        ("\"md5\"", "\"md4\"", "r.json:11:81: identity_format is none that tenure knows; did you mean md5?"),
        ("\"Johndoe@example.com\"", "\"Johndoe\"", "r.json:7:50: this is no e-mail address"),
        ("  \"regulation\": \"gdpr\",\n", "", "r.json:1:1: the request lacks regulation"),
        ("2026-10-02T15", "2018-05-24T15", "r.json:5:21: gdpr did not hold on that day"),
        ("\"gdpr\",", "\"gdpr\"", "r.json:3:"),
    ])
    func `a mistake is told with its place`(old: String, new: String, message: String) {
        let text = Self.document.components(of: old).joined(separator: new)
        let error = #expect(throws: RequestError.self) { try read(text) }
        #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
        #expect(error?.description.lowercased().contains("johndoe") == false)
    }

    @Test func `YAML that is no JSON is no OpenDSR`() {
        let error = #expect(throws: RequestError.self) { try read("regulation: gdpr\n") }
        #expect(error?.description.contains("r.json") == true)
    }
}

extension String {
    /// The parts between the places where another text stands.
    func components(of other: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let range = rest.firstRange(of: other) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}
