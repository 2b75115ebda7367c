public import Crypto
public import Policies

/// The signatures of those who approve a plan, or decisions about records: who, over which digest.
///
/// They lie beside what they approve, in `<file>.approvals`. A signature is Ed25519 over `ApprovedMatter.message`, so
/// that `openssl pkeyutl -verify -rawin` checks it with nothing of ours.
public struct Approvals: Sendable, Hashable {
    /// What is approved.
    public let matter: ApprovedMatter
    /// Its digest, in hexadecimal.
    public let digest: String
    /// The signatures, by the name of their signer; each name once.
    public private(set) var signatures: [Signature]

    /// One signature.
    public struct Signature: Sendable, Hashable {
        /// Who signed.
        public let name: String
        /// 64 bytes.
        public let bytes: [UInt8]
    }

    /// No approvals.
    public init(of matter: ApprovedMatter, digest: String) { self.init(of: matter, digest: digest, []) }

    init(of matter: ApprovedMatter, digest: String, _ signatures: [Signature]) {
        self.matter = matter
        self.digest = digest
        self.signatures = signatures.sorted { $0.name < $1.name }
    }

    /// Adds a signature, in the place of an older one by the same person. Signing twice is signing once.
    ///
    /// - Parameters:
    ///   - name: who signs.
    ///   - key: with what.
    ///   - signers: whose signature can count.
    ///   - requester: who asked for what is approved.
    public mutating func sign(
        as name: String, with key: Ed25519.PrivateKey, among signers: [Signer], requester: String
    ) throws(ApprovalError) {
        guard let signer = signers.first(where: { $0.name == name }) else {
            throw .unknownSigner(name: name, known: signers.map(\.name))
        }
        guard !Self.isRequester(signer, requester) else { throw .requester(name: name) }
        let own: Ed25519.PublicKey
        let bytes: [UInt8]
        do throws(CryptoError) {
            own = try key.publicKey()
            bytes = try key.signature(for: matter.message(digest: digest))
        } catch {
            throw .crypto(error)
        }
        guard own == signer.key else { throw .foreignKey(name: name) }
        signatures.removeAll { $0.name == name }
        signatures.append(Signature(name: name, bytes: bytes))
        signatures.sort { $0.name < $1.name }
    }

    /// The signers whose signature stands, the requester left out; the names of the others in `doubtful`.
    public func standing(among signers: [Signer], requester: String) -> (given: [Signer], doubtful: [String]) {
        let message = matter.message(digest: digest)
        var given: [Signer] = []
        var doubtful: [String] = []
        for signature in signatures {
            guard let signer = signers.first(where: { $0.name == signature.name }),
                !Self.isRequester(signer, requester), signer.key.isValid(signature.bytes, for: message)
            else {
                doubtful.append(signature.name)
                continue
            }
            given.append(signer)
        }
        return (given, doubtful)
    }

    private static func isRequester(_ signer: Signer, _ requester: String) -> Bool { signer.isNamed(requester) }
}
