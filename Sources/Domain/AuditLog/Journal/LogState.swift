internal import CanonicalJSON
internal import Crypto

/// What a log was found to be when it is opened for writing.
struct LogState {
    /// All entries.
    private(set) var tree = TreeFrontier()
    private(set) var segments: [Int] = []
    private(set) var segmentEntries = Genesis.usualSegmentEntries
    /// Where the last entry of the last segment ends, in bytes.
    private(set) var end = 0

    /// Reads the log, and checks it against its newest checkpoint.
    init(reading layout: LogLayout, latest: Checkpoint, noting tails: inout TornTails) throws(AuditError) {
        var hasher = try TreeHasher()
        var root: Digest?
        var genesis: [UInt8] = []
        var last = 0
        let extent = try JournalReader(layout: layout).read { (line, segment, start) throws(AuditError) in
            // Behind what was signed, what is no entry was torn, and all behind it with it.
            if tree.size >= latest.size, !CanonicalForm.isObject(line) { return false }
            if tree.size == 0 { genesis = line.copied }
            tails.note(tree.size, line)
            try tree.append(try hasher.leaf(line), &hasher)
            if tree.size == latest.size { root = try tree.root(&hasher) }
            (last, end) = (segment, start + line.count + 1)
            return true
        }
        try Self.check(extent, tree, root, against: latest, layout)
        guard let said = Genesis.read(genesis), said.origin == latest.origin else {
            throw AuditError(
                .tampered, layout.segment(0), "the first entry does not open the log \(latest.origin)")
        }
        segments = extent.segments
        segmentEntries = said.segmentEntries
        // A segment that was made, and got no entry; only there can be what was torn.
        if let empty = segments.last, empty != last {
            guard empty == tree.size else {
                throw AuditError(
                    .tampered, layout.segment(last),
                    "behind entry \(tree.size) something else stands in the place of one",
                    hint: "`tenure audit verify` says more; nothing was written")
            }
            end = 0
        }
    }

    private static func check(
        _ extent: JournalReader.Extent, _ tree: TreeFrontier, _ root: Digest?, against latest: Checkpoint,
        _ layout: LogLayout
    ) throws(AuditError) {
        guard tree.size >= latest.size else {
            throw AuditError(
                .shortened, layout.directory, "\(latest.size) entries were signed, and there are \(tree.size)",
                hint: "restore the journal from a copy; nothing was written")
        }
        guard root == latest.root, extent.misplaced.isEmpty, extent.overlong.isEmpty || extent.isStopped,
            extent.tails.allSatisfy(\.isLast)
        else {
            throw AuditError(
                .tampered, layout.directory, "the entries are not those that were signed; nothing was written",
                hint: "`tenure audit verify` says which")
        }
    }
}

extension Span<UInt8> {
    /// The bytes in memory of their own.
    var copied: [UInt8] { withUnsafeBufferPointer { Array($0) } }
}
