internal import AuditLog
internal import Chronology
internal import Reports

/// The actions that write to the log.
extension Audit {
    func makeLog(_ console: Console) throws(Failure) -> ExitCode {
        guard let origin else { throw .usage("audit: init needs --origin NAME") }
        guard segment > 0 else { throw .usage("audit: --segment takes at least 1") }
        let signer = try signer(named: origin)
        let first = try auditing { () throws(AuditError) in
            let genesis = Genesis(tool: "tenure \(Tenure.version)", segmentEntries: segment)
            return try LogWriter.make(in: log, signer: signer, genesis: genesis, at: .now()).latest
        }
        try print(first, key: signer.verifier, console)
        return .clean
    }

    func checkpoint(_ console: Console) throws(Failure) -> ExitCode {
        guard key != nil else {
            let trusted = try trustedKey(console)
            let prover = try auditing { () throws(AuditError) in try LogProver(log, trusting: [trusted]) }
            try print(prover.checkpoint, key: trusted, console)
            return .clean
        }
        let beside = try trustedKey(console)
        let signer = try signer(named: beside.name)
        let newest = try auditing { () throws(AuditError) in
            var writer = try LogWriter.open(log, signer: signer, at: .now())
            return try writer.checkpoint()
        }
        try print(newest, key: signer.verifier, console)
        return .clean
    }

    private func print(_ checkpoint: Checkpoint, key: LogKey, _ console: Console) throws(Failure) {
        let note = String(decoding: checkpoint.note.bytes, as: UTF8.self)
        guard format == .json else { return try console.write(note) }
        try console.writeJSON { json in
            json.member("log", log)
            json.member("origin", checkpoint.origin)
            json.member("entries", checkpoint.size)
            json.member("verifier", key.text)
            json.member("checkpoint", note)
        }
    }
}
