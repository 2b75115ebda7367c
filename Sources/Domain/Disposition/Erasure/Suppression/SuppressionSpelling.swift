internal import Crypto

/// A spelling of an identity of which tokens are made, so that a list and a record meet wherever a discovery would find
/// the record, though one has an address and the other its digest, or the address in other letters.
struct SuppressionSpelling {
    /// Where a record says it.
    enum Place: Hashable {
        /// In its subject or owner.
        case people
        /// In the metadata key of this name.
        case metadata(String)
        /// It is its id.
        case id
    }

    let place: Place
    let text: String

    /// Under what an identity is listed.
    static func listed(_ identity: Identity) throws(SuppressionError) -> [SuppressionSpelling] {
        switch identity {
        case .user(let text): [SuppressionSpelling(place: .people, text: "value\0\(text)")]
        case .identifier(let text):
            [SuppressionSpelling(place: .people, text: "value\0\(text)"), id(text)]
        case .email(let address):
            [SuppressionSpelling(place: .people, text: "email\0\(address.exact)")]
                + (try digests(address)).map { SuppressionSpelling(place: .people, text: "digest\0\($0)") }
        case .digest(let digits): [SuppressionSpelling(place: .people, text: "digest\0\(digits)")]
        case .metadata(let key, let value): metadata(key, value)
        }
    }

    /// Under what a record's id may be listed.
    static func id(_ id: String) -> SuppressionSpelling { SuppressionSpelling(place: .id, text: "id\0\(id)") }

    /// Under what the value of a metadata key is listed, or may be: an address in any letters is one.
    static func metadata(_ key: String, _ value: String) -> [SuppressionSpelling] {
        let spellings = [value] + (EmailAddress(value).map { [$0.exact] } ?? [])
        return Set(spellings).sorted().map { spelling in
            SuppressionSpelling(place: .metadata(key), text: "metadata\0\(key)\0\(spelling)")
        }
    }

    /// Under what a value that a subject or an owner says may be listed.
    static func candidates(_ value: String) throws(SuppressionError) -> [String] {
        var candidates = ["value\0\(value)"]
        if let address = EmailAddress(value) {
            candidates.append("email\0\(address.exact)")
            candidates += try digests(address).map { "digest\0\($0)" }
        }
        if case .digest(let digits)? = Identity(digest: value) { candidates.append("digest\0\(digits)") }
        do throws(CryptoError) {
            candidates.append("digest\0\(try SHA256.digest(value).hex)")
        } catch {
            throw .crypto(error)
        }
        return candidates
    }

    private static func digests(_ address: EmailAddress) throws(SuppressionError) -> [String] {
        do throws(CryptoError) { return try address.digests() } catch { throw .crypto(error) }
    }
}
