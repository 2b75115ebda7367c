internal import Crypto

/// One pass over the entries, which compares the tree with every size that somebody signed.
struct Walk: ~Copyable {
    /// What was signed at a size.
    struct Signed {
        let size: Int
        let root: Digest
    }

    private let signed: [Signed]
    private let anchor: Checkpoint?
    private let newest: Int
    private var next = 0
    private var hasher: TreeHasher
    private var tree = TreeFrontier()
    private var batch = EntryBatch()
    /// How many checkpoints hold.
    private(set) var checked = 0
    /// The last size that holds, and the first that does not.
    private(set) var changed: (after: Int, size: Int)?
    /// The root at the anchor's size.
    private(set) var anchorRoot: Digest?
    private(set) var genesis: [UInt8] = []
    /// The first signed entry that no writer of ours makes.
    private(set) var unusual: Int?

    init(signed: [Signed], anchor: Checkpoint?, newest: Int) throws(AuditError) {
        (self.signed, self.anchor, self.newest) = (signed, anchor, newest)
        hasher = try TreeHasher()
    }

    mutating func take(_ line: Span<UInt8>) throws(AuditError) {
        if tree.size == 0, batch.isEmpty { genesis = line.copied }
        batch.append(line)
        if batch.isFull { try judge() }
    }

    /// Takes no more entries.
    mutating func end() throws(AuditError) { try judge() }

    private mutating func judge() throws(AuditError) {
        let hashed = try batch.hashed()
        batch.removeAll()
        if unusual == nil { unusual = hashed.unusual.map { tree.size + $0 }.flatMap { $0 < newest ? $0 : nil } }
        for leaf in hashed.leaves { try append(leaf) }
    }

    private mutating func append(_ leaf: Digest) throws(AuditError) {
        try tree.append(leaf, &hasher)
        if let anchor, tree.size == anchor.size { anchorRoot = try tree.root(&hasher) }
        while next < signed.count, signed[next].size == tree.size {
            if try tree.root(&hasher) == signed[next].root {
                checked += 1
            } else if changed == nil {
                changed = (next > 0 ? signed[next - 1].size : 0, tree.size)
            }
            next += 1
        }
    }
}
