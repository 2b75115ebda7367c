public import Crypto
public import Evaluation
internal import Records

/// What of an inventory is a person's, what only mentions them, and the way that led to each record.
///
/// Theirs is what names them as its subject, or as its owner where it has no subject, or by a metadata key or an id that
/// the request names; what such records contain; what was made from it; what only such records use; and what holds the
/// same, by hashes that stand with the records, and is nobody else's. What is theirs and holds something of others, and
/// what is others' and holds something of theirs, is looked at by a person.
///
/// - Source: hard cases 39 to 48.
public struct Discovery: Sendable {
    /// What is theirs, by source, kind and id.
    public private(set) var theirs: [FoundRecord] = []
    /// What a person has to look at, by source, kind and id.
    public private(set) var review: [FoundRecord] = []
    /// Records that name nobody, neither as subject nor as owner, and were not found: by source, then by kind.
    public private(set) var ownerless: [Ownerless] = []
    /// How far copies were looked for; nil where the request names no metadata keys that have hashes.
    public let comparison: ContentComparison?
    /// The run whose rows these are.
    public let result: ScanResult
    /// All that was found, by row.
    private var found: [Int: FoundRecord] = [:]

    /// How many records of a kind in a source name nobody.
    public struct Ownerless: Sendable, Hashable {
        /// The source.
        public let source: String
        /// The kind's name.
        public let kind: String
        /// How many.
        public let records: Int
    }

    /// Looks for a person in everything that a run read.
    ///
    /// - Parameter result: a run at the instant of the request; its findings do not matter.
    public init(_ request: PrivacyRequest, in result: ScanResult) throws(CryptoError) {
        self.result = result
        let known = try KnownValues(request, result.inventory)
        let contents = SameContents(request, result.inventory)
        let keys = request.contentHashKeys
        comparison = keys.isEmpty ? nil : ContentComparison(keys, contents, in: result)
        var walk = DiscoveryWalk(result, NamedRecords(request, result.inventory, known), contents)
        walk.run()
        let inventory = result.inventory
        theirs = walk.theirs.sorted { inventory.precedes($0.row, $1.row) }
        review = walk.review.sorted { inventory.precedes($0.row, $1.row) }
        found = Dictionary((theirs + review).map { ($0.row, $0) }) { first, _ in first }
        ownerless = countOwnerless()
    }

    /// The rows that the request asks for, ascending.
    public var asked: [Int] { theirs.map(\.row).sorted() }

    /// The way to a record, from one that names the person; empty for one that was not found.
    public func path(to row: Int) -> [FoundRecord] {
        var path: [FoundRecord] = []
        var seen: Set<Int> = []
        var next: Int? = row
        while let current = next, seen.insert(current).inserted, let record = found[current] {
            path.append(record)
            next = if case .through(_, let row) = record.way { row } else { nil }
        }
        return path.reversed()
    }

    private func countOwnerless() -> [Ownerless] {
        let inventory = result.inventory
        var counts: [Int: [Kind: Int]] = [:]
        for row in 0..<result.summary.records
        where inventory.subjects[row] == StringTable.absent && inventory.owners[row] == StringTable.absent
            && found[row] == nil
        {
            counts[Int(inventory.sources[row]), default: [:]][inventory.kinds[row], default: 0] += 1
        }
        return counts.flatMap { source, kinds in
            kinds.map { Ownerless(source: inventory.sourceNames[source], kind: $0.key.name, records: $0.value) }
        }.sorted { ($0.source, $0.kind) < ($1.source, $1.kind) }
    }
}
