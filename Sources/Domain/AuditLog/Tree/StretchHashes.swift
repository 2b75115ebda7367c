internal import Crypto

/// The hashes of stretches of entries as the tree has them, each worked out once.
struct StretchHashes {
    private let leaves: [Digest]
    private var known: [Range<Int>: Digest] = [:]

    /// The hashes of all entries.
    init(_ leaves: [Digest]) { self.leaves = leaves }

    /// The hash of a stretch that is a subtree, or the whole tree; it is not empty.
    mutating func hash(_ range: Range<Int>, _ hasher: inout TreeHasher) throws(AuditError) -> Digest {
        if range.count == 1 { return leaves[range.lowerBound] }
        if let hash = known[range] { return hash }
        // As deep as the logarithm of the size.
        let middle = range.lowerBound + ProofRanges.largestPower(below: range.count)
        let left = try hash(range.lowerBound..<middle, &hasher)
        let hash = try hasher.node(left, try hash(middle..<range.upperBound, &hasher))
        known[range] = hash
        return hash
    }
}
