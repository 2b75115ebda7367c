public import CanonicalJSON
public import Chronology
internal import Crypto
internal import Files

/// Writes to an audit log: the only one that does, from when it is made until it is gone.
///
/// An entry is in memory after `append`, on the disk after `synchronize`, and signed after `checkpoint`; what happens in
/// the world waits for `synchronize`. After an error of a file nobody knows what of it is on the disk, so the writer
/// takes nothing more, and the next one reads the log again. It holds 256 KiB of entries and 63 hashes.
///
/// - Source: the crash order of the design, section 7.
public struct LogWriter: ~Copyable {
    static let bufferSize = 256 << 10

    let layout: LogLayout
    let signer: LogSigner
    /// Called between any two steps that a crash can come between.
    let onStep: (LogStep) -> Void
    private let lock: FileLock
    private var file: AppendedFile
    private var entries = EntryWriter()
    private var buffer: [UInt8] = []
    private var hasher: TreeHasher
    private var tree: TreeFrontier
    private let segmentEntries: Int
    /// How many entries the segment can still take.
    private var room: Int
    private var isBroken = false
    private var isSynchronized = true

    /// What the log is called.
    public var origin: String { signer.verifier.name }
    /// How many entries there are, those in memory included.
    public var size: Int { tree.size }
    /// The newest checkpoint.
    public private(set) var latest: Checkpoint
    /// How often it waited for the disk to have entries.
    public private(set) var synchronizations = 0

    init(
        layout: LogLayout, signer: LogSigner, lock: FileLock, file: consuming AppendedFile,
        hasher: consuming TreeHasher, tree: TreeFrontier, latest: Checkpoint, segmentEntries: Int, room: Int,
        onStep: @escaping (LogStep) -> Void
    ) {
        (self.layout, self.signer, self.onStep, self.latest) = (layout, signer, onStep, latest)
        (self.tree, self.segmentEntries, self.room) = (tree, segmentEntries, room)
        self.lock = lock
        self.file = file
        self.hasher = hasher
    }

    /// Adds an entry, and gives its place in the log.
    ///
    /// - Parameters:
    ///   - type: what it tells of, such as `deletion.intent`.
    ///   - instant: when that was; milliseconds are kept.
    ///   - data: writes what else there is to tell: never content, a title, a file name, an address or a raw id.
    @discardableResult
    public mutating func append(
        _ type: StaticString, at instant: Instant, _ data: (inout CanonicalWriter) -> Void
    ) throws(AuditError) -> Int {
        try check()
        try entries.make(type, at: instant, data)
        if room == 0 { try rotate() }
        let leaf = try hasher.leaf(entries.bytes.span)
        // A hash that fails half-way leaves a tree that is none.
        isBroken = true
        try tree.append(leaf, &hasher)
        isBroken = false
        buffer += entries.bytes
        buffer.append(0x0A)
        room -= 1
        isSynchronized = false
        if buffer.count >= Self.bufferSize { try flush() }
        return tree.size - 1
    }

    /// Waits until all entries are on the disk.
    public mutating func synchronize() throws(AuditError) {
        try check()
        guard !isSynchronized else { return }
        try flush()
        try guarded { (writer) throws(FileError) in try writer.file.synchronize() }
        isSynchronized = true
        synchronizations += 1
        onStep(.entriesSynchronized)
    }

    /// Signs what the log is now, and publishes that.
    @discardableResult
    public mutating func checkpoint() throws(AuditError) -> Checkpoint {
        try synchronize()
        guard tree.size > latest.size, let root = try tree.root(&hasher) else { return latest }
        let checkpoint = try Checkpoint.signed(size: tree.size, root: root, by: signer)
        onStep(.checkpointSigned)
        isBroken = true
        try layout.write(checkpoint.note.bytes, to: layout.checkpoint)
        onStep(.checkpointPublished)
        try layout.write(checkpoint.note.bytes, to: layout.copy(ofCheckpoint: checkpoint.size))
        onStep(.checkpointCopied)
        isBroken = false
        latest = checkpoint
        return checkpoint
    }

    /// Hands the buffer to the system, in two pieces, so that a crash between them is one that tests can make.
    private mutating func flush() throws(AuditError) {
        guard !buffer.isEmpty else { return }
        onStep(.entriesToWrite)
        var pending: [UInt8] = []
        swap(&pending, &buffer)
        let half = pending.count / 2
        try guarded { (writer) throws(FileError) in
            try writer.file.append(pending.span.extracting(..<half))
            writer.onStep(.entriesHalfWritten)
            try writer.file.append(pending.span.extracting(half...))
        }
        pending.removeAll(keepingCapacity: true)
        swap(&pending, &buffer)
        onStep(.entriesWritten)
    }

    /// Begins the next segment. The one before is whole on the disk by then: only the last one can be torn.
    private mutating func rotate() throws(AuditError) {
        try synchronize()
        onStep(.segmentFull)
        let path = layout.segment(tree.size)
        try guarded { (writer) throws(FileError) in writer.file = try AppendedFile(new: path, mode: 0o600) }
        onStep(.segmentMade)
        room = segmentEntries
    }

    private func check() throws(AuditError) {
        guard isBroken else { return }
        throw AuditError(
            .system, layout.directory, "an earlier write failed, so that nobody knows what is on the disk",
            hint: "nothing more is written; repair what failed and run again")
    }

    private mutating func guarded(_ body: (inout LogWriter) throws(FileError) -> Void) throws(AuditError) {
        do throws(FileError) {
            try body(&self)
        } catch {
            isBroken = true
            throw AuditError(error)
        }
    }
}
