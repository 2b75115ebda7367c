internal import CanonicalJSON
internal import Crypto
internal import Files

/// Checks a log from its first entry to its last, and writes nothing.
///
/// It reads windows of a MiB, hashes as much at a time, and holds 48 bytes for each checkpoint that the log keeps a copy
/// of.
public struct LogVerifier {
    private let layout: LogLayout
    private let keys: [LogKey]
    private let anchor: Checkpoint?

    /// A verifier of the log in a directory.
    ///
    /// - Parameters:
    ///   - keys: whose signatures count.
    ///   - anchor: a checkpoint that was kept elsewhere. Only with one is seen what the key's holder rewrote, and what
    ///     was set back together with all checkpoints.
    public init(_ directory: String, trusting keys: [LogKey], since anchor: Checkpoint? = nil) {
        layout = LogLayout(directory: directory)
        (self.keys, self.anchor) = (keys, anchor)
    }

    /// Reads a checkpoint that was kept elsewhere.
    public static func anchor(_ path: String, trusting keys: [LogKey]) throws(AuditError) -> Checkpoint {
        try LogLayout(directory: "").checkpoint(at: path, trusting: keys)
    }

    /// The key that lies beside a log: whoever rewrites the log can replace it too.
    public static func keyBeside(_ directory: String) throws(AuditError) -> LogKey {
        let layout = LogLayout(directory: directory)
        let text = String(decoding: try layout.read(layout.verifierKey), as: UTF8.self)
        do throws(AuditError) {
            return try LogKey(text: text)
        } catch {
            throw AuditError(error.code, layout.verifierKey, error.message, hint: error.hint)
        }
    }

    /// Checks all of it.
    ///
    /// - Throws: where a file cannot be read. What can be read and is wrong is a finding.
    public func verify() throws(AuditError) -> LogVerification {
        var result = LogVerification()
        let signed = try checkpoints(&result)
        let newest = result.checkpoint?.size ?? signed.last?.size ?? 0
        var walk = try Walk(signed: signed, anchor: anchor, newest: newest)
        let extent = try JournalReader(layout: layout).read { (line, _, _) throws(AuditError) in
            try walk.take(line)
            return true
        }
        try walk.end()
        judge(walk, extent, newest, &result)
        judgeAnchor(walk, newest, &result)
        judgeGenesis(walk, &result)
        return result
    }

    /// The checkpoints that can be trusted, by size. What cannot is a finding.
    private func checkpoints(_ result: inout LogVerification) throws(AuditError) -> [Walk.Signed] {
        var signed: [Walk.Signed] = []
        for size in try layout.copies() {
            let path = layout.copy(ofCheckpoint: size)
            do throws(AuditError) {
                let checkpoint = try layout.checkpoint(at: path, trusting: keys)
                guard checkpoint.size == size else {
                    result.find(.checkpoint, path, "it says \(checkpoint.size) entries")
                    continue
                }
                signed.append(Walk.Signed(size: size, root: checkpoint.root))
            } catch {
                guard error.code != .system else { throw error }
                result.find(.checkpoint, path, error.message)
            }
        }
        guard Files.kind(of: layout.checkpoint) != nil else {
            result.find(.checkpoint, layout.checkpoint, "there is no checkpoint")
            return signed
        }
        do throws(AuditError) {
            let newest = try layout.checkpoint(at: layout.checkpoint, trusting: keys)
            result.checkpoint = newest
            if let last = signed.last, last.size > newest.size {
                result.find(
                    .rollback, layout.checkpoint,
                    "it says \(newest.size) entries, and a copy was kept of one that says \(last.size)")
            }
            if signed.last?.size != newest.size { signed.append(Walk.Signed(size: newest.size, root: newest.root)) }
            signed.sort { $0.size < $1.size }
            if let copy = signed.first(where: { $0.size == newest.size }), copy.root != newest.root {
                result.find(
                    .fork, layout.checkpoint, "a copy was kept of another checkpoint with \(newest.size) entries")
            }
        } catch {
            guard error.code != .system else { throw error }
            result.find(.checkpoint, layout.checkpoint, error.message)
        }
        return signed
    }

    private func judge(
        _ walk: borrowing Walk, _ extent: JournalReader.Extent, _ newest: Int, _ result: inout LogVerification
    ) {
        result.entries = extent.lines
        result.unsigned = max(0, extent.lines - newest)
        result.checkpoints = walk.checked
        for segment in extent.misplaced {
            result.find(.segments, layout.segment(segment), "the files before it do not end with entry \(segment - 1)")
        }
        for tail in extent.tails {
            let path = layout.segment(tail.segment)
            if tail.isLast, extent.lines >= newest {
                result.warn(
                    path, "\(tail.count) bytes behind the last entry were torn: the next writer puts them aside")
            } else {
                result.find(.segments, path, "its last \(tail.count) bytes are no whole entry")
            }
        }
        if let (after, size) = walk.changed {
            result.find(
                .entriesChanged, layout.directory,
                "entries \(after) to \(size - 1) are not those that the checkpoint of \(size) was signed over")
        }
        if extent.lines < newest {
            result.find(.shortened, layout.directory, "\(newest) entries were signed, and there are \(extent.lines)")
        }
        if result.unsigned > 0 {
            result.warn(
                layout.directory,
                "\(result.unsigned) entries stand behind the newest checkpoint: nobody signed them yet")
        }
        if let index = walk.unusual, walk.changed == nil {
            result.warn(layout.directory, "entry \(index) is no object as RFC 8785 writes it")
        }
    }

    private func judgeAnchor(_ walk: borrowing Walk, _ newest: Int, _ result: inout LogVerification) {
        guard let anchor else { return }
        if let checkpoint = result.checkpoint, checkpoint.origin != anchor.origin {
            result.find(.fork, layout.checkpoint, "it is of \(checkpoint.origin), and the kept one of \(anchor.origin)")
        } else if newest < anchor.size {
            result.find(
                .rollback, layout.checkpoint, "it says \(newest) entries, and the kept one \(anchor.size)")
        } else if let root = walk.anchorRoot, root == anchor.root {
            result.since = anchor.size
        } else {
            result.find(
                .fork, layout.directory, "the first \(anchor.size) entries are not those of the kept checkpoint")
        }
    }

    private func judgeGenesis(_ walk: borrowing Walk, _ result: inout LogVerification) {
        guard let origin = result.checkpoint?.origin else { return }
        guard let genesis = Genesis.read(walk.genesis), genesis.origin == origin,
            keys.contains(where: { $0.text == genesis.verifier })
        else {
            return result.find(
                .genesis, layout.segment(0), "the first entry does not open \(origin) with the trusted key")
        }
        guard let beside = try? Self.keyBeside(layout.directory), keys.contains(beside) else {
            return result.find(.key, layout.verifierKey, "it is not the trusted key")
        }
    }
}
