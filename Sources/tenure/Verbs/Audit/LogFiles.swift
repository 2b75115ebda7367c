internal import AuditLog

/// The files that a verb is given to write to the audit log with, and what is wrong with the log in words for its user.
struct LogFiles {
    /// The verb, for errors.
    let verb: String

    /// The key to sign the log of a directory with, under the name that the log has.
    func signer(of log: String, key path: String) throws(Failure) -> LogSigner {
        let key = try KeyFile.privateKey(path, for: verb)
        return try auditing { () throws(AuditError) in
            try LogSigner(name: try LogVerifier.keyBeside(log).name, key: key)
        }
    }

    /// The key of pseudonyms.
    func pseudonyms(_ path: String) throws(Failure) -> PseudonymKey {
        let text = try KeyFile.secret(path, for: verb)
        return try auditing { () throws(AuditError) in try PseudonymKey(hexadecimal: text) }
    }

    func auditing<Result: ~Copyable>(_ body: () throws(AuditError) -> Result) throws(Failure) -> Result {
        do throws(AuditError) { return try body() } catch { throw failure(error) }
    }

    /// What an error of the log means to a script.
    func failure(_ error: AuditError) -> Failure {
        let code: ExitCode =
            switch error.code {
            case .tampered, .untrusted: .violations
            case .malformed, .place, .entry: .usage
            case .locked, .system: .incomplete
            case .shortened: .safetyStop
            }
        return Failure(exitCode: code, message: "\(verb): \(error)")
    }
}
