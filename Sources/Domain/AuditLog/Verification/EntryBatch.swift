internal import CanonicalJSON
internal import Crypto
internal import Threads

/// Entries that were read and are to be hashed, many at a time, so that two threads share the work.
struct EntryBatch: Sendable {
    /// What entries come to by themselves.
    struct Hashed: Sendable {
        var leaves: [Digest] = []
        /// The place in the batch of the first that no writer of ours makes.
        var unusual: Int?
    }

    /// The bytes of a batch that is worth hashing, and the entries that are worth a thread.
    private static let fullBytes = 1 << 20
    private static let worthSharing = 64

    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    var isEmpty: Bool { ends.isEmpty }
    var isFull: Bool { bytes.count >= Self.fullBytes }

    mutating func append(_ entry: Span<UInt8>) {
        entry.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        ends.append(bytes.count)
    }

    /// Forgets all entries.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }

    /// Hashes all entries, in their order.
    func hashed() throws(AuditError) -> Hashed {
        guard ends.count >= Self.worthSharing else { return try hashed(ends.indices).get() }
        let middle = ends.count / 2
        let (later, earlier) = Thread.beside({ hashed(middle..<ends.count) }, { hashed(0..<middle) })
        var all = try earlier.get()
        let rest = try later.get()
        all.leaves += rest.leaves
        all.unusual = all.unusual ?? rest.unusual
        return all
    }

    private func hashed(_ places: Range<Int>) -> Result<Hashed, AuditError> {
        Result { () throws(AuditError) in
            var hasher = try TreeHasher()
            var hashed = Hashed()
            hashed.leaves.reserveCapacity(places.count)
            for place in places {
                let entry = bytes.span.extracting((place == 0 ? 0 : ends[place - 1])..<ends[place])
                if hashed.unusual == nil, !CanonicalForm.isObject(entry) { hashed.unusual = place }
                hashed.leaves.append(try hasher.leaf(entry))
            }
            return hashed
        }
    }
}
