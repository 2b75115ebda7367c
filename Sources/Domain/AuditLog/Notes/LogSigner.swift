public import Crypto

/// A key that a log is signed with, under its name.
public struct LogSigner: Sendable {
    /// What strangers check its signatures with.
    public let verifier: LogKey
    private let key: Ed25519.PrivateKey

    /// The key under the name of a log.
    public init(name: String, key: Ed25519.PrivateKey) throws(AuditError) {
        verifier = try LogKey(name: name, key: try crypto { () throws(CryptoError) in try key.publicKey() })
        self.key = key
    }

    /// Signs a text that ends with a line feed.
    func sign(_ text: String) throws(AuditError) -> SignedNote.Signature {
        let signature = try crypto { () throws(CryptoError) in try key.signature(for: Array(text.utf8)) }
        return SignedNote.Signature(name: verifier.name, id: verifier.id, bytes: signature)
    }
}
