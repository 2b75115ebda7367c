public import Crypto

/// Checks proofs against roots, as strangers do who have no log.
///
/// - Source: RFC 9162, sections 2.1.3.2 and 2.1.4.2.
public enum TreeProofs {
    /// Whether the hashes lead from the hash of the entry at `index` to the root of a tree of `size` entries.
    public static func includes(
        _ leaf: Digest, at index: Int, size: Int, root: Digest, proof: [Digest], _ hasher: inout TreeHasher
    ) throws(AuditError) -> Bool {
        guard index >= 0, index < size else { return false }
        var (place, last, hash) = (index, size - 1, leaf)
        for step in proof {
            guard last > 0 else { return false }
            if place & 1 == 1 || place == last {
                hash = try hasher.node(step, hash)
                while place & 1 == 0, place > 0 { (place, last) = (place >> 1, last >> 1) }
            } else {
                hash = try hasher.node(hash, step)
            }
            (place, last) = (place >> 1, last >> 1)
        }
        return last == 0 && hash == root
    }

    /// Whether the hashes show that the tree of `newSize` entries begins with the one of `oldSize`.
    public static func isConsistent(
        oldSize: Int, oldRoot: Digest, newSize: Int, newRoot: Digest, proof: [Digest], _ hasher: inout TreeHasher
    ) throws(AuditError) -> Bool {
        guard oldSize > 0, oldSize <= newSize else { return false }
        if oldSize == newSize { return proof.isEmpty && oldRoot == newRoot }
        // A tree that is a full subtree of the new one is its own first step.
        let steps = oldSize & (oldSize - 1) == 0 ? [oldRoot] + proof : proof
        guard let first = steps.first else { return false }
        var (place, last) = (oldSize - 1, newSize - 1)
        while place & 1 == 1 { (place, last) = (place >> 1, last >> 1) }
        var (old, new) = (first, first)
        for step in steps.dropFirst() {
            guard last > 0 else { return false }
            if place & 1 == 1 || place == last {
                old = try hasher.node(step, old)
                new = try hasher.node(step, new)
                while place & 1 == 0, place > 0 { (place, last) = (place >> 1, last >> 1) }
            } else {
                new = try hasher.node(new, step)
            }
            (place, last) = (place >> 1, last >> 1)
        }
        return last == 0 && old == oldRoot && new == newRoot
    }
}
