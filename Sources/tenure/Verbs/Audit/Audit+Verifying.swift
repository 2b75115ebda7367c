internal import AuditLog
internal import Reports

/// The actions that check.
extension Audit {
    func verify(_ console: Console) throws(Failure) -> ExitCode {
        let trusted = try trustedKey(console)
        let anchor: Checkpoint? = if let since { try kept(since, trusted) } else { nil }
        console.progress("verifying \(log) …")
        let result = try auditing { () throws(AuditError) in
            try LogVerifier(log, trusting: [trusted], since: anchor).verify()
        }
        switch format {
        case .text: try print(result, console)
        case .json: try printJSON(result, console)
        }
        return result.isVerified ? .clean : .violations
    }

    private func print(_ result: LogVerification, _ console: Console) throws(Failure) {
        for finding in result.findings {
            try console.print("\(finding.place): \(finding.message) [\(finding.code.rawValue)]")
        }
        for warning in result.warnings { try console.print("\(warning.place): warning: \(warning.message)") }
        let kept = result.since.map { ", beginning with the \($0) of the kept checkpoint" } ?? ""
        let counts = "\(result.entries) entries, \(result.checkpoints) checkpoints\(kept)"
        try console.print("\(log): \(result.isVerified ? "verified" : "NOT what was signed"): \(counts)")
        if let checkpoint = result.checkpoint {
            try console.write("\n" + String(decoding: checkpoint.note.bytes, as: UTF8.self))
        }
    }

    private func printJSON(_ result: LogVerification, _ console: Console) throws(Failure) {
        try console.writeJSON { json in
            json.member("log", log)
            json.member("verified", result.isVerified)
            json.member("entries", result.entries)
            json.member("unsigned", result.unsigned)
            json.member("checkpoints", result.checkpoints)
            json.member("since", result.since)
            json.objects("findings", result.findings) { json, finding in
                json.member("code", finding.code.rawValue)
                json.member("place", finding.place)
                json.member("message", finding.message)
            }
            json.objects("warnings", result.warnings) { json, warning in
                json.member("place", warning.place)
                json.member("message", warning.message)
            }
            json.member("checkpoint", result.checkpoint.map { String(decoding: $0.note.bytes, as: UTF8.self) })
            json.member("exitCode", Int(result.isVerified ? ExitCode.clean.rawValue : ExitCode.violations.rawValue))
        }
    }

    /// Checks a proof by itself, as a stranger does who has no log.
    func verifyProof(_ console: Console) throws(Failure) -> ExitCode {
        guard let proof, let vkey else {
            throw .usage("audit: verify --proof needs --vkey FILE: the key that you trust")
        }
        let bytes = try read(proof)
        let trusted = try trustedKey(console)
        let said: String
        let checkpoint: Checkpoint
        switch (line, since) {
        case (let line?, nil):
            var entry = try read(line)
            // An editor, or a shell, may have ended it as a line.
            if entry.last == 0x0A { entry.removeLast() }
            (said, checkpoint) = try auditing { () throws(AuditError) in
                let proof = try InclusionProof(bytes)
                let found = try proof.verify(entry: entry, trusting: [trusted])
                return ("entry \(proof.index) of \(found.size) is this one", found)
            }
        case (nil, let since?):
            let old = try kept(since, trusted)
            (said, checkpoint) = try auditing { () throws(AuditError) in
                let found = try ConsistencyProof(bytes).verify(since: old, trusting: [trusted])
                return ("its \(found.size) entries begin with the \(old.size) of the kept checkpoint", found)
            }
        default:
            throw .usage("audit: verify --proof needs either --line FILE (of prove) or --since FILE (of consistency)")
        }
        switch format {
        case .text: try console.print("\(checkpoint.origin): \(said), signed by \(vkey)")
        case .json:
            try console.writeJSON { json in
                json.member("verified", true)
                json.member("origin", checkpoint.origin)
                json.member("message", said)
                json.member("checkpoint", String(decoding: checkpoint.note.bytes, as: UTF8.self))
            }
        }
        return .clean
    }
}
