internal import Crypto

/// A spelling of an identity of which tokens are made, so that a list and a record meet though one has an address and the
/// other its digest.
struct SuppressionSpelling {
    let metadataKey: String?
    let text: String

    /// Under what an identity is listed.
    static func listed(_ identity: Identity) throws(SuppressionError) -> [SuppressionSpelling] {
        switch identity {
        case .user(let text), .identifier(let text): [SuppressionSpelling(metadataKey: nil, text: "value\0\(text)")]
        case .email(let address):
            [SuppressionSpelling(metadataKey: nil, text: "email\0\(address.exact)")]
                + (try digests(address)).map { SuppressionSpelling(metadataKey: nil, text: "digest\0\($0)") }
        case .digest(let digits): [SuppressionSpelling(metadataKey: nil, text: "digest\0\(digits)")]
        case .metadata(let key, let value):
            [SuppressionSpelling(metadataKey: key, text: "metadata\0\(key)\0\(value)")]
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
