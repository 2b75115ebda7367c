public import Crypto

/// Shows a stranger who kept an older checkpoint that the log only grew since.
///
/// - Source: the body of `add-checkpoint` in C2SP tlog-witness v1.0.0.
public struct ConsistencyProof: Equatable, Sendable {
    /// The size of the older tree.
    public let oldSize: Int
    /// As RFC 6962 orders them.
    public let hashes: [Digest]
    /// The newer checkpoint, as it was published.
    public let checkpoint: [UInt8]

    init(oldSize: Int, hashes: [Digest], checkpoint: [UInt8]) {
        (self.oldSize, self.hashes, self.checkpoint) = (oldSize, hashes, checkpoint)
    }

    /// Reads a proof. That says nothing of whether it holds: `verify` does.
    public init(_ bytes: [UInt8]) throws(AuditError) {
        var (lines, rest) = try proofLines(bytes)
        guard let line = lines.popFirst(), line.hasPrefix("old "), let old = wholeNumber(line.dropFirst(4)) else {
            throw proofMalformed
        }
        self.init(oldSize: old, hashes: try proofHashes(lines), checkpoint: rest)
    }

    /// The proof as a file.
    public var bytes: [UInt8] { Array("old \(oldSize)\n\(proofText(hashes))\n".utf8) + checkpoint }

    /// The newer checkpoint, where one of the keys signed it and the older one is the beginning of it.
    public func verify(since old: Checkpoint, trusting keys: [LogKey]) throws(AuditError) -> Checkpoint {
        let new = try Checkpoint(checkpoint, trusting: keys)
        var hasher = try TreeHasher()
        guard new.origin == old.origin, oldSize == old.size,
            try TreeProofs.isConsistent(
                oldSize: old.size, oldRoot: old.root, newSize: new.size, newRoot: new.root, proof: hashes, &hasher)
        else {
            throw AuditError(
                .tampered, "",
                "the log of \(new.size) entries does not begin with the \(old.size) of the older checkpoint")
        }
        return new
    }
}
