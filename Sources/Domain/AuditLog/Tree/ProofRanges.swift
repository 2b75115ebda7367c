internal import Crypto

/// Which stretches of entries the hashes of a proof stand for, in the order of the proof.
///
/// - Source: RFC 6962, sections 2.1.1 and 2.1.2.
enum ProofRanges {
    /// The proof that the tree of `size` entries holds the one at `index`, which is below `size`.
    static func inclusion(of index: Int, in size: Int) -> [Range<Int>] {
        var (low, high) = (0, size)
        var ranges: [Range<Int>] = []
        while high - low > 1 {
            let middle = low + largestPower(below: high - low)
            if index < middle {
                ranges.append(middle..<high)
                high = middle
            } else {
                ranges.append(low..<middle)
                low = middle
            }
        }
        return ranges.reversed()
    }

    /// The proof that the tree of `size` entries begins with that of `old`, which has at least one entry.
    static func consistency(from old: Int, to size: Int) -> [Range<Int>] {
        var (low, high) = (0, size)
        var ranges: [Range<Int>] = []
        while high != old {
            let middle = low + largestPower(below: high - low)
            if old <= middle {
                ranges.append(middle..<high)
                high = middle
            } else {
                ranges.append(low..<middle)
                low = middle
            }
        }
        // What the old tree is itself, its reader knows.
        if low > 0 { ranges.append(low..<high) }
        return ranges.reversed()
    }

    /// The largest power of two below a number above one.
    static func largestPower(below number: Int) -> Int {
        1 << (Int.bitWidth - 1 - (number - 1).leadingZeroBitCount)
    }
}

/// Finds the hashes of several stretches of entries in one pass over all.
struct RangeHashes {
    private let ranges: [Range<Int>]
    private var frontiers: [TreeFrontier]
    /// The places of the ranges in the order of their entries, from the one that is not over on.
    private var waiting: ArraySlice<Int>
    private var next = 0

    /// No two ranges overlap, and none is empty.
    init(_ ranges: [Range<Int>]) {
        self.ranges = ranges
        frontiers = ranges.map { _ in TreeFrontier() }
        waiting = ranges.indices.sorted { ranges[$0].lowerBound < ranges[$1].lowerBound }[...]
    }

    /// Takes the hash of the next entry.
    mutating func append(_ leaf: Digest, _ hasher: inout TreeHasher) throws(AuditError) {
        defer { next += 1 }
        guard let place = waiting.first, ranges[place].contains(next) else { return }
        try frontiers[place].append(leaf, &hasher)
        if next + 1 == ranges[place].upperBound { waiting.removeFirst() }
    }

    /// The hashes in the order of the ranges; nil where there were too few entries.
    func hashes(_ hasher: inout TreeHasher) throws(AuditError) -> [Digest]? {
        guard waiting.isEmpty else { return nil }
        var hashes: [Digest] = []
        for frontier in frontiers {
            guard let hash = try frontier.root(&hasher) else { return nil }
            hashes.append(hash)
        }
        return hashes
    }
}
