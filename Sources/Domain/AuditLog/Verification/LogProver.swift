internal import Crypto
internal import Files

/// Makes proofs about a log for strangers, and shows its entries. It writes nothing to the log.
///
/// No tiles are stored: a proof reads the whole journal once, in windows of a MiB.
public struct LogProver {
    private let layout: LogLayout
    /// What the log says of itself.
    public let checkpoint: Checkpoint
    private let published: [UInt8]

    /// A prover of the log in a directory.
    public init(_ directory: String, trusting keys: [LogKey]) throws(AuditError) {
        layout = LogLayout(directory: directory)
        guard Files.kind(of: layout.checkpoint) != nil else {
            throw AuditError(.place, layout.checkpoint, "there is no log", hint: "make one with `tenure audit init`")
        }
        checkpoint = try layout.checkpoint(at: layout.checkpoint, trusting: keys)
        published = checkpoint.note.bytes
    }

    /// The proof that the log holds its entry at a place, and the entry.
    public func inclusion(of index: Int) throws(AuditError) -> (proof: InclusionProof, entry: [UInt8]) {
        guard index >= 0, index < checkpoint.size else {
            throw AuditError(
                .entry, layout.directory, "there is no signed entry \(index)",
                hint: "the signed ones are 0 to \(checkpoint.size - 1)")
        }
        var entry: [UInt8] = []
        let hashes = try hashes(ProofRanges.inclusion(of: index, in: checkpoint.size)) { line, place in
            if place == index { entry = line.copied }
        }
        return (InclusionProof(index: index, hashes: hashes, checkpoint: published), entry)
    }

    /// The proofs that the log holds its entries at these places, and the entries, in one pass over the journal.
    ///
    /// It takes 64 bytes of memory for each entry of the log.
    public func inclusions(of indices: [Int]) throws(AuditError) -> [(proof: InclusionProof, entry: [UInt8])] {
        if let index = indices.first(where: { $0 < 0 || $0 >= checkpoint.size }) {
            _ = try inclusion(of: index)
        }
        let wanted = Set(indices)
        var lines: [Int: [UInt8]] = [:]
        var hasher = try TreeHasher()
        var leaves: [Digest] = []
        leaves.reserveCapacity(checkpoint.size)
        try entries { (line, index) throws(AuditError) in
            if wanted.contains(index) { lines[index] = line.copied }
            leaves.append(try hasher.leaf(line))
            return leaves.count < checkpoint.size
        }
        var tree = StretchHashes(leaves)
        guard leaves.count == checkpoint.size, try tree.hash(0..<checkpoint.size, &hasher) == checkpoint.root else {
            throw AuditError(
                .tampered, layout.directory, "the entries are not those that were signed",
                hint: "`tenure audit verify` says which")
        }
        var proofs: [(proof: InclusionProof, entry: [UInt8])] = []
        for index in indices {
            var hashes: [Digest] = []
            for range in ProofRanges.inclusion(of: index, in: checkpoint.size) {
                hashes.append(try tree.hash(range, &hasher))
            }
            let proof = InclusionProof(index: index, hashes: hashes, checkpoint: published)
            proofs.append((proof, lines[index] ?? []))
        }
        return proofs
    }

    /// The proof that the log only grew since it had so many entries.
    public func consistency(from old: Int) throws(AuditError) -> ConsistencyProof {
        guard old > 0, old <= checkpoint.size else {
            throw AuditError(
                .entry, layout.directory, "the log never was of \(old) signed entries",
                hint: "it is of \(checkpoint.size) now")
        }
        let hashes = try hashes(ProofRanges.consistency(from: old, to: checkpoint.size)) { _, _ in }
        return ConsistencyProof(oldSize: old, hashes: hashes, checkpoint: published)
    }

    /// Calls `body` with every whole line of the journal and its place; false ends the reading.
    public func entries(
        _ body: (_ entry: Span<UInt8>, _ index: Int) throws(AuditError) -> Bool
    ) throws(AuditError) {
        var index = 0
        _ = try JournalReader(layout: layout).read { (line, _, _) throws(AuditError) in
            defer { index += 1 }
            return try body(line, index)
        }
    }

    /// The hashes of stretches of entries. Nothing is proved of a log that is not what was signed.
    private func hashes(
        _ ranges: [Range<Int>], _ see: (Span<UInt8>, Int) -> Void
    ) throws(AuditError) -> [Digest] {
        var hasher = try TreeHasher()
        var tree = TreeFrontier()
        var found = RangeHashes(ranges)
        try entries { (line, index) throws(AuditError) in
            see(line, index)
            let leaf = try hasher.leaf(line)
            try found.append(leaf, &hasher)
            try tree.append(leaf, &hasher)
            return tree.size < checkpoint.size
        }
        guard tree.size == checkpoint.size, try tree.root(&hasher) == checkpoint.root,
            let hashes = try found.hashes(&hasher)
        else {
            throw AuditError(
                .tampered, layout.directory, "the entries are not those that were signed",
                hint: "`tenure audit verify` says which")
        }
        return hashes
    }
}
