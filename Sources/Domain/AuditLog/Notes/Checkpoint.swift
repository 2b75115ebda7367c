public import Crypto

/// What a log says of itself at one time: how many entries it has, and the hash of them all.
///
/// - Source: C2SP tlog-checkpoint v1.0.0.
public struct Checkpoint: Equatable, Sendable {
    /// The log, by a name that no other has.
    public let origin: String
    /// How many entries, at least one.
    public let size: Int
    /// The root of the tree over them.
    public let root: Digest
    /// The note that says so.
    public let note: SignedNote

    /// Signs what the log is.
    static func signed(size: Int, root: Digest, by signer: LogSigner) throws(AuditError) -> Checkpoint {
        let origin = signer.verifier.name
        let text = "\(origin)\n\(size)\n\(Base64.encode(root.bytes))\n"
        return Checkpoint(
            origin: origin, size: size, root: root, note: SignedNote(text: text, signatures: [try signer.sign(text)]))
    }

    /// Reads a checkpoint, and believes it where one of the keys signed it for the log of that key's name.
    ///
    /// Nobody signs a log without entries: tools differ about the root of none.
    public init(_ bytes: [UInt8], trusting keys: [LogKey]) throws(AuditError) {
        try self.init(unverified: bytes)
        let names = keys.filter { $0.name == origin }
        guard note.isSigned(by: names) else {
            let wanted = keys.map { "\($0.name)+\(hexadecimal($0.id))" }.joined(separator: ", ")
            throw AuditError(
                .untrusted, "", "the checkpoint of \(origin) bears no valid signature by \(wanted)",
                hint: "get the log's verifier key from who keeps the log, not from the log itself")
        }
    }

    /// Reads a checkpoint that nobody vouches for yet.
    init(unverified bytes: [UInt8]) throws(AuditError) {
        let note = try SignedNote(bytes)
        let lines = note.text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 4, LogKey.isName(String(lines[0])), let size = wholeNumber(lines[1]), size > 0,
            let hash = Base64.decode(String(lines[2])), let root = Digest(bytes: hash)
        else {
            throw AuditError(.malformed, "", "this is no checkpoint", hint: "it has a name, a size and a root hash")
        }
        self.init(origin: String(lines[0]), size: size, root: root, note: note)
    }

    private init(origin: String, size: Int, root: Digest, note: SignedNote) {
        (self.origin, self.size, self.root, self.note) = (origin, size, root, note)
    }
}

/// The number of a text in its one decimal form.
func wholeNumber(_ text: some StringProtocol) -> Int? {
    guard let number = Int(text), number >= 0, String(number) == text else { return nil }
    return number
}
