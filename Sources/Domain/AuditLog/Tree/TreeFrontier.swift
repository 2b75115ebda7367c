public import Crypto

/// What is needed of a tree to let it grow: the roots of its full subtrees, at most 63.
public struct TreeFrontier: Sendable, Equatable {
    /// How many entries the tree has.
    public private(set) var size = 0
    /// Largest subtree first.
    private var peaks: [Digest] = []

    /// The tree without entries.
    public init() {}

    /// Adds the hash of the next entry.
    public mutating func append(_ leaf: Digest, _ hasher: inout TreeHasher) throws(AuditError) {
        var hash = leaf
        var rest = size
        while rest & 1 == 1, let left = peaks.popLast() {
            hash = try hasher.node(left, hash)
            rest >>= 1
        }
        peaks.append(hash)
        size += 1
    }

    /// The hash of the whole tree; nil where it has no entries, for tools differ about what that is.
    public func root(_ hasher: inout TreeHasher) throws(AuditError) -> Digest? {
        guard var root = peaks.last else { return nil }
        for left in peaks.dropLast().reversed() { root = try hasher.node(left, root) }
        return root
    }
}
