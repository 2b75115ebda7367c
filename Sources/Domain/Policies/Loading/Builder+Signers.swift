import Crypto
import YAML

extension Builder {
    /// The people of a document whose name and key fit.
    func signers(_ document: Document) -> [Signer] {
        document.signers.map { Signer(name: $0.name.text, key: $0.key) }
    }
}

extension Document {
    /// The people of a Signers document, with their places; none in other documents.
    var signers: [(name: Scalar, keyMark: Mark, key: Ed25519.PublicKey)] {
        guard kind == .signers, let spec else { return [] }
        return spec.list("keys").compactMap { entry in
            guard case .object(let person) = entry.value, let name = person.scalar("name"),
                let key = person.scalar("publicKey").flatMap({ Ed25519.PublicKey(text: $0.text) })
            else { return nil }
            return (name, person.mark(of: "publicKey"), key)
        }
    }
}
