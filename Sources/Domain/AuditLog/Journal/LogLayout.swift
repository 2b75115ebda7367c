internal import Files

/// Where the files of a log are.
struct LogLayout: Sendable {
    /// The directory that holds them all.
    let directory: String

    /// The newest checkpoint.
    var checkpoint: String { Files.path(directory, "checkpoint") }
    /// A copy of every checkpoint, by its size.
    var checkpoints: String { Files.path(directory, "checkpoints") }
    /// The verifier key, for convenience: the one to trust travels by another way.
    var verifierKey: String { Files.path(directory, "log.vkey") }
    /// What a writer holds.
    var lock: String { Files.path(directory, "lock") }

    /// The segment of the journal whose first entry this is.
    func segment(_ first: Int) -> String {
        let digits = String(first)
        return Files.path(
            directory, "audit-" + String(repeating: "0", count: max(0, 12 - digits.count)) + digits + ".jsonl")
    }

    func copy(ofCheckpoint size: Int) -> String { Files.path(checkpoints, String(size)) }

    /// The first entries of the segments that there are, in their order.
    func segments() throws(AuditError) -> [Int] {
        let names = try system { () throws(FileError) in try Files.list(directory) }
        return names.compactMap { name in
            guard name.hasPrefix("audit-"), name.hasSuffix(".jsonl"),
                let first = Int(name.dropFirst(6).dropLast(6)), Files.path(directory, name) == segment(first)
            else { return nil }
            return first
        }.sorted()
    }

    /// The sizes of the checkpoints that copies were kept of, in their order.
    func copies() throws(AuditError) -> [Int] {
        guard Files.kind(of: checkpoints) != nil else { return [] }
        return try system { () throws(FileError) in try Files.list(checkpoints) }.compactMap(wholeNumber).sorted()
    }

    /// Reads a small file.
    func read(_ path: String) throws(AuditError) -> [UInt8] {
        try system { () throws(FileError) in try Files.read(path, limit: SignedNote.largest) }
    }

    /// Writes a small file whole, or not at all.
    func write(_ bytes: [UInt8], to path: String, mode: UInt32 = 0o644) throws(AuditError) {
        try system { () throws(FileError) in
            var file = try AtomicFile(path: path, mode: mode)
            try file.write(bytes)
            try file.commit()
        }
    }

    /// Reads a checkpoint that one of the keys signed; errors name the file.
    func checkpoint(at path: String, trusting keys: [LogKey]) throws(AuditError) -> Checkpoint {
        let bytes = try read(path)
        do throws(AuditError) {
            return try Checkpoint(bytes, trusting: keys)
        } catch {
            throw AuditError(error.code, path, error.message, hint: error.hint)
        }
    }
}
