public import Crypto
public import Files

/// Why something cannot be approved, or its approvals cannot be trusted: what, and what to do next.
public enum ApprovalError: Error, Sendable, CustomStringConvertible {
    /// The file cannot be written or read.
    case file(FileError)
    /// OpenSSL fails.
    case crypto(CryptoError)
    /// The file holds no approvals in the form that tenure writes.
    case invalid(path: String, reason: String)
    /// Nobody of that name can sign.
    case unknownSigner(name: String, known: [String])
    /// The key is not that of the person.
    case foreignKey(name: String)
    /// Who asked cannot approve.
    case requester(name: String)
    /// A signature does not fit.
    case forged(path: String, name: String)

    /// One line.
    public var description: String {
        switch self {
        case .file(let error): return error.description
        case .crypto(let error): return error.description
        case .invalid(let path, let reason): return "\(path): \(reason); remove it, and let people approve again"
        case .unknownSigner(let name, let known):
            let hint =
                known.isEmpty
                ? "write a document of kind Signers with the public keys of those who may"
                : "the policies know \(known.joined(separator: ", "))"
            return "no Signers document names \(name): \(hint)"
        case .foreignKey(let name): return "the key is not the one of \(name) in the Signers documents"
        case .requester(let name):
            return "\(name) asked for it, and who asks does not approve: let somebody else do it"
        case .forged(let path, let name):
            return "\(path): the signature of \(name) does not fit what is approved; remove the file, and let people"
                + " approve again"
        }
    }

    /// Whether it is the rule that somebody else must look, and no mistake of the command.
    public var isSafetyStop: Bool {
        switch self {
        case .requester, .forged: true
        case .file, .crypto, .invalid, .unknownSigner, .foreignKey: false
        }
    }
}
