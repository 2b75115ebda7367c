internal import AuditLog
internal import Chronology
internal import Disposition
internal import Files

/// The audit log of a run: where it is, and what signs it.
///
/// What a run does waits for its entry: where the log cannot be written, nothing is done.
struct AuditTrail {
    let directory: String
    let signer: LogSigner
    private let verb: String

    /// The log that a command names, or its environment; nil where neither does.
    ///
    /// - Parameters:
    ///   - log: the directory; without it, what TENURE_AUDIT_LOG names.
    ///   - key: the file of the key; without it, what TENURE_AUDIT_KEY names. A key itself is never asked for.
    init?(log: String?, key: String?, for verb: String) throws(Failure) {
        guard let directory = Self.directory(log) else {
            guard key == nil else { throw .usage("\(verb): --audit-key needs --audit-log DIR") }
            return nil
        }
        guard let path = key ?? Environment.variable("TENURE_AUDIT_KEY"), !path.isEmpty else {
            throw .usage("\(verb): the log in \(directory) needs its key: --audit-key FILE, or TENURE_AUDIT_KEY")
        }
        self.directory = directory
        self.verb = verb
        let key = try KeyFile.privateKey(path, for: verb)
        let beside: LogKey
        do throws(AuditError) {
            beside = try LogVerifier.keyBeside(directory)
            signer = try LogSigner(name: beside.name, key: key)
        } catch {
            throw Self.failure(error, verb)
        }
        guard signer.verifier == beside else {
            throw .usage("\(verb): \(path) is not the key of the log in \(directory)")
        }
    }

    /// The directory of the log that a command names, or its environment; nil where neither does.
    static func directory(_ log: String?) -> String? {
        (log ?? Environment.variable("TENURE_AUDIT_LOG")).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Adds an entry, has it on the disk and signed, and tells the checkpoint to whoever keeps it.
    func record(_ entry: RunEntry, _ console: Console) throws(Failure) {
        let newest: Checkpoint
        do throws(AuditError) {
            let now = Instant.now()
            var log = try LogWriter.open(directory, signer: signer, at: now)
            try entry.append(to: &log, at: now)
            newest = try log.checkpoint()
        } catch {
            throw failure(error)
        }
        console.note(String(decoding: newest.note.bytes, as: UTF8.self))
    }

    func failure(_ error: AuditError) -> Failure { Self.failure(error, verb) }

    /// What cannot be logged is not done: that is no verdict, whatever is wrong with the log.
    static func failure(_ error: AuditError, _ verb: String) -> Failure {
        switch error.code {
        case .malformed, .place: .usage("\(verb): \(error)")
        case .shortened: Failure(exitCode: .safetyStop, message: "\(verb): \(error)")
        case .tampered, .untrusted, .entry, .locked, .system: .incomplete("\(verb): \(error)")
        }
    }
}
