internal import AuditLog
internal import Files

/// The files that the verb is given, and what their errors mean to a script.
extension Audit {
    /// The key whose signatures count.
    func trustedKey(_ console: Console) throws(Failure) -> LogKey {
        if let vkey {
            let text = String(decoding: try read(vkey), as: UTF8.self)
            do throws(AuditError) { return try LogKey(text: text) } catch {
                throw .usage("audit: --vkey \(vkey): \(error)")
            }
        }
        let key = try auditing { () throws(AuditError) in try LogVerifier.keyBeside(log) }
        console.note("trusting the key beside the log; --vkey FILE names one that was kept elsewhere")
        return key
    }

    /// The key to sign with, under the name of a log.
    func signer(named name: String) throws(Failure) -> LogSigner {
        guard let path = key else { throw .usage("audit: \(action?.rawValue ?? "") needs --key FILE") }
        let key = try KeyFile.privateKey(path, for: "audit")
        return try auditing { () throws(AuditError) in try LogSigner(name: name, key: key) }
    }

    /// A checkpoint that the user kept.
    func kept(_ path: String, _ key: LogKey) throws(Failure) -> Checkpoint {
        try auditing { () throws(AuditError) in try LogVerifier.anchor(path, trusting: [key]) }
    }

    func read(_ path: String) throws(Failure) -> [UInt8] {
        do throws(FileError) {
            return try Files.read(path, limit: 1 << 18)
        } catch {
            throw .usage("audit: \(error)")
        }
    }

    /// Writes a result to a file, or to standard output where none is named.
    func write(_ bytes: [UInt8], to path: String?, _ console: Console) throws(Failure) {
        guard let path else { return try console.write(String(decoding: bytes, as: UTF8.self)) }
        do throws(FileError) {
            var file = try AtomicFile(path: path)
            try file.write(bytes)
            try file.commit()
        } catch {
            throw .incomplete("audit: \(error)")
        }
    }

    func auditing<Result>(_ body: () throws(AuditError) -> Result) throws(Failure) -> Result {
        do throws(AuditError) {
            return try body()
        } catch {
            let code: ExitCode =
                switch error.code {
                case .tampered, .untrusted: .violations
                case .malformed, .place, .entry: .usage
                case .locked, .system: .incomplete
                case .shortened: .safetyStop
                }
            throw Failure(exitCode: code, message: "audit: \(error)")
        }
    }
}
