public import Chronology
internal import Files

extension LogWriter {
    /// Makes a log in a directory that has none, with its first entry and checkpoint.
    ///
    /// What a crash on the way left is taken up: nobody has seen a checkpoint of it.
    public static func make(
        in directory: String, signer: LogSigner, genesis: Genesis, at instant: Instant,
        onStep: @escaping (LogStep) -> Void = { _ in }
    ) throws(AuditError) -> LogWriter {
        guard genesis.segmentEntries > 0 else { throw AuditError(.entry, "", "a segment takes at least one entry") }
        let layout = LogLayout(directory: directory)
        try system { () throws(FileError) in try Files.makeDirectory(layout.checkpoints) }
        onStep(.directoryMade)
        let lock = try Self.lock(layout)
        for path in try [layout.checkpoint] + layout.copies().map(layout.copy) where Files.kind(of: path) != nil {
            throw AuditError(.place, path, "there is a log already", hint: "choose another directory")
        }
        try clear(layout)
        try layout.write(Array("\(signer.verifier.text)\n".utf8), to: layout.verifierKey)
        onStep(.keyWritten)
        var entries = EntryWriter()
        try entries.make(Genesis.type, at: instant) { genesis.write(&$0, for: signer.verifier) }
        var file = try system { () throws(FileError) in try AppendedFile(new: layout.segment(0), mode: 0o600) }
        do throws(FileError) {
            try file.append((entries.bytes + [0x0A]).span)
            onStep(.genesisWritten)
            try file.synchronize()
        } catch {
            throw AuditError(error)
        }
        onStep(.genesisSynchronized)
        var hasher = try TreeHasher()
        var tree = TreeFrontier()
        let leaf = try hasher.leaf(entries.bytes.span)
        try tree.append(leaf, &hasher)
        let checkpoint = try Checkpoint.signed(size: 1, root: leaf, by: signer)
        onStep(.checkpointSigned)
        try layout.write(checkpoint.note.bytes, to: layout.checkpoint)
        onStep(.checkpointPublished)
        try layout.write(checkpoint.note.bytes, to: layout.copy(ofCheckpoint: 1))
        onStep(.checkpointCopied)
        return LogWriter(
            layout: layout, signer: signer, lock: lock, file: file, hasher: hasher, tree: tree, latest: checkpoint,
            segmentEntries: genesis.segmentEntries, room: genesis.segmentEntries - 1, onStep: onStep)
    }

    /// Takes away the beginning of a log that nobody signed, and refuses to where there is more than a beginning.
    private static func clear(_ layout: LogLayout) throws(AuditError) {
        let segments = try layout.segments()
        let extent = try JournalReader(layout: layout).read { _, _, _ in true }
        guard segments.isEmpty || (segments == [0] && extent.lines <= 1) else {
            throw AuditError(
                .tampered, layout.directory, "there are \(extent.lines) entries, and no checkpoint",
                hint: "restore the checkpoint from a copy, or choose another directory")
        }
        if !segments.isEmpty { try system { () throws(FileError) in try Files.remove(layout.segment(0)) } }
    }

    /// Takes the lock of a log, which one writer at a time has.
    static func lock(_ layout: LogLayout) throws(AuditError) -> FileLock {
        do throws(FileError) {
            return try FileLock(path: layout.lock, holder: FileLock.thisProcess)
        } catch {
            // Of all that can go wrong only this has no number of the system's.
            guard error.code == 0 else { throw AuditError(error) }
            throw AuditError(
                .locked, layout.lock, "\(error.reason), and one process at a time writes to a log; nothing was written",
                hint: "wait until that has ended, then run again")
        }
    }
}
