public import Crypto

/// A person who may sign, and the public key that tells the person's signatures from anybody else's.
public struct Signer: Hashable, Sendable {
    /// The person's name, by which documents, plans and approvals know them.
    public let name: String
    /// The key that checks the person's signatures.
    public let key: Ed25519.PublicKey

    /// A person and their key.
    public init(name: String, key: Ed25519.PublicKey) {
        self.name = name
        self.key = key
    }

    /// Whether a name means this person. Capitals make nobody another person.
    public func isNamed(_ name: String) -> Bool { self.name.lowercased() == name.lowercased() }
}
