internal import CanonicalJSON
public import Chronology
internal import Files

extension LogWriter {
    /// Opens a log to write on, and repairs what a crash left.
    ///
    /// The whole log is read: nothing is added to one that is not what was signed. Entries behind the newest checkpoint
    /// are kept, and signed with the next one. What is no entry there was torn: it is put aside, and an entry tells of
    /// it. The log is read in windows of a MiB.
    ///
    /// - Throws: `tampered` where the signed entries are others, `shortened` where some are missing, `locked` where
    ///   another process writes.
    /// - Source: the recovery rules of the design's audit reference, (a) to (d).
    public static func open(
        _ directory: String, signer: LogSigner, at instant: Instant,
        onStep: @escaping (LogStep) -> Void = { _ in }
    ) throws(AuditError) -> LogWriter {
        let layout = LogLayout(directory: directory)
        guard Files.kind(of: layout.checkpoint) != nil else {
            let hint = "make one with `tenure audit init`, or restore the checkpoint from a copy"
            throw AuditError(.place, layout.checkpoint, "there is no log", hint: hint)
        }
        let lock = try Self.lock(layout)
        let latest = try layout.checkpoint(at: layout.checkpoint, trusting: [signer.verifier])
        if let later = try layout.copies().last, later > latest.size {
            throw AuditError(
                .shortened, layout.checkpoint, "\(later) entries were signed, and the checkpoint says \(latest.size)",
                hint: "the log was set back: restore it from a copy")
        }
        var tails = try TornTails(layout)
        let found = try LogState(reading: layout, latest: latest, noting: &tails)
        try Self.complete(layout, latest)
        let last = found.segments.last ?? 0
        var file = try system { () throws(FileError) in try AppendedFile(path: layout.segment(last)) }
        if found.end < file.size {
            try tails.keep(segment: last, from: found.end, entry: found.tree.size)
            onStep(.tailKept)
            do throws(FileError) { try file.cut(to: found.end) } catch { throw AuditError(error) }
            onStep(.tailCut)
        }
        var log = LogWriter(
            layout: layout, signer: signer, lock: lock, file: file, hasher: try TreeHasher(), tree: found.tree,
            latest: latest, segmentEntries: found.segmentEntries, room: found.segmentEntries - (found.tree.size - last),
            onStep: onStep)
        try log.record(tails, at: instant)
        return log
    }

    /// Writes the copy that a crash kept from being written.
    private static func complete(_ layout: LogLayout, _ latest: Checkpoint) throws(AuditError) {
        let copy = layout.copy(ofCheckpoint: latest.size)
        guard Files.kind(of: copy) == nil else { return }
        try system { () throws(FileError) in try Files.makeDirectory(layout.checkpoints) }
        try layout.write(latest.note.bytes, to: copy)
    }

    /// Tells of what was cut off, once for each piece however often this is tried.
    private mutating func record(_ tails: TornTails, at instant: Instant) throws(AuditError) {
        guard !tails.pending.isEmpty else { return }
        for tail in tails.pending where !tail.isRecorded {
            try append("log.recovered", at: instant) { data in
                data.member("bytes", tail.count)
                data.member("entry", tail.entry)
                data.member("sha256", tail.digest)
            }
        }
        onStep(.recoveryWritten)
        try synchronize()
        onStep(.recoverySynchronized)
        try tails.settle()
        onStep(.recoveryRecorded)
    }
}
