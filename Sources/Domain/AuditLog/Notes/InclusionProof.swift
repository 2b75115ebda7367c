public import Crypto

/// Shows a stranger that a log holds an entry, without any other entry: what a receipt carries.
///
/// - Source: C2SP tlog-proof@v1.
public struct InclusionProof: Equatable, Sendable {
    private static let title = "c2sp.org/tlog-proof@v1"

    /// The place of the entry in the log, from 0 on.
    public let index: Int
    /// From the entry's sibling up to the root's child.
    public let hashes: [Digest]
    /// The checkpoint that the proof leads to, as it was published.
    public let checkpoint: [UInt8]

    init(index: Int, hashes: [Digest], checkpoint: [UInt8]) {
        (self.index, self.hashes, self.checkpoint) = (index, hashes, checkpoint)
    }

    /// Reads a proof. That says nothing of whether it holds: `verify` does. Extra data, which nobody signed, is passed over.
    public init(_ bytes: [UInt8]) throws(AuditError) {
        var (lines, rest) = try proofLines(bytes)
        guard lines.popFirst() == Self.title else { throw proofMalformed }
        if let line = lines.first, line.hasPrefix("extra ") { lines.removeFirst() }
        guard let line = lines.popFirst(), line.hasPrefix("index "), let index = wholeNumber(line.dropFirst(6)) else {
            throw proofMalformed
        }
        self.init(index: index, hashes: try proofHashes(lines), checkpoint: rest)
    }

    /// The proof as a file.
    public var bytes: [UInt8] {
        Array("\(Self.title)\nindex \(index)\n\(proofText(hashes))\n".utf8) + checkpoint
    }

    /// The checkpoint that this entry is under, where one of the keys signed it and the hashes lead there.
    public func verify(entry: [UInt8], trusting keys: [LogKey]) throws(AuditError) -> Checkpoint {
        let signed = try Checkpoint(checkpoint, trusting: keys)
        var hasher = try TreeHasher()
        let leaf = try hasher.leaf(entry.span)
        guard
            try TreeProofs.includes(
                leaf, at: index, size: signed.size, root: signed.root, proof: hashes, &hasher)
        else {
            throw AuditError(.tampered, "", "entry \(index) of \(signed.origin) is not this one")
        }
        return signed
    }
}
