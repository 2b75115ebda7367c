internal import Crypto

/// A detail and the salt that it was hidden with: who has both can show what an entry was about.
///
/// An entry holds the commitment, a receipt the opening. Without the salt nobody finds the detail by guessing.
public struct Opening: Equatable, Sendable {
    /// 32 bytes.
    public let salt: [UInt8]
    /// What was hidden.
    public let detail: String

    /// An opening that somebody shows.
    public init(salt: [UInt8], detail: String) {
        (self.salt, self.detail) = (salt, detail)
    }

    /// What an entry holds in its place: `sha256:` and the digest of the salt with the detail behind it.
    public func commitment() throws(AuditError) -> String {
        let digest = try crypto { () throws(CryptoError) in try SHA256.digest(salt + Array(detail.utf8)) }
        return "sha256:\(digest.hex)"
    }
}
