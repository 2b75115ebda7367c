internal import AuditLog
internal import CanonicalJSON
internal import Reports

/// The actions that show and prove, and change nothing.
extension Audit {
    func prove(_ console: Console) throws(Failure) -> ExitCode {
        guard let entry else { throw .usage("audit: prove needs --entry N") }
        let trusted = try trustedKey(console)
        let (made, bytes) = try auditing { () throws(AuditError) in
            try LogProver(log, trusting: [trusted]).inclusion(of: entry)
        }
        if let line { try write(bytes + [0x0A], to: line, console) }
        try publish(made.bytes, "entry \(entry)", made.checkpoint, console)
        return .clean
    }

    func proveGrowth(_ console: Console) throws(Failure) -> ExitCode {
        guard let since else { throw .usage("audit: consistency needs --since FILE: the older checkpoint") }
        let trusted = try trustedKey(console)
        let old = try kept(since, trusted)
        let made = try auditing { () throws(AuditError) in
            let made = try LogProver(log, trusting: [trusted]).consistency(from: old.size)
            _ = try made.verify(since: old, trusting: [trusted])
            return made
        }
        try publish(made.bytes, "the log since \(old.size) entries", made.checkpoint, console)
        return .clean
    }

    /// Writes a proof to its file, or prints it.
    private func publish(
        _ bytes: [UInt8], _ what: String, _ checkpoint: [UInt8], _ console: Console
    ) throws(Failure) {
        if let proof { try write(bytes, to: proof, console) }
        switch format {
        case .text:
            guard let proof else { return try write(bytes, to: nil, console) }
            try console.print("wrote \(proof): it proves \(what) under this checkpoint")
            try console.write("\n" + String(decoding: checkpoint, as: UTF8.self))
        case .json:
            try console.writeJSON { json in
                json.member("log", log)
                json.member("proves", what)
                json.member("proof", String(decoding: bytes, as: UTF8.self))
                json.member("checkpoint", String(decoding: checkpoint, as: UTF8.self))
            }
        }
    }

    func show(_ console: Console) throws(Failure) -> ExitCode {
        let trusted = try trustedKey(console)
        let prover = try auditing { () throws(AuditError) in try LogProver(log, trusting: [trusted]) }
        var listing = Listing(format: format)
        var unwritten: Failure?
        try auditing { () throws(AuditError) in
            try prover.entries { line, index in
                guard index >= entry ?? 0 else { return true }
                guard listing.count < count ?? .max else { return false }
                listing.add(line, index, type)
                do throws(Failure) { try listing.drain(console) } catch { unwritten = error }
                return unwritten == nil
            }
        }
        if let unwritten { throw unwritten }
        try listing.end(prover.checkpoint, console)
        return .clean
    }
}

/// Entries as they are printed, one after the other.
private struct Listing {
    let format: OutputFormat
    private(set) var count = 0
    private var bytes: [UInt8] = []

    init(format: OutputFormat) { self.format = format }

    mutating func add(_ line: Span<UInt8>, _ index: Int, _ type: String?) {
        let copy = line.withUnsafeBufferPointer { Array($0) }
        let value = CanonicalValue(object: copy)
        guard type == nil || value?["type"]?.text == type else { return }
        switch (format, value) {
        case (.json, let value?):
            bytes += Array("\(count == 0 ? "{\"entries\":[\n" : ",\n"){\"index\":\(index),\"entry\":".utf8)
            bytes += (try? value.canonical()) ?? []
            bytes += Array("}".utf8)
        case (.text, let value?):
            let data = value["data"].flatMap { try? $0.canonical() } ?? []
            let words = [String(index), value["at"]?.text ?? "", value["type"]?.text ?? ""]
            bytes += Array("\(words.joined(separator: "  "))  \(String(decoding: data, as: UTF8.self))".utf8)
        case (.json, nil):
            bytes += Array("\(count == 0 ? "{\"entries\":[\n" : ",\n"){\"index\":\(index),\"entry\":null}".utf8)
        case (.text, nil): bytes += Array("\(index)  no entry that tenure writes".utf8)
        }
        count += 1
    }

    mutating func drain(_ console: Console) throws(Failure) {
        guard !bytes.isEmpty else { return }
        defer { bytes.removeAll(keepingCapacity: true) }
        switch format {
        case .text: try console.print(String(decoding: bytes, as: UTF8.self))
        case .json: try console.write(String(decoding: bytes, as: UTF8.self))
        }
    }

    mutating func end(_ checkpoint: Checkpoint, _ console: Console) throws(Failure) {
        let note = String(decoding: checkpoint.note.bytes, as: UTF8.self)
        switch format {
        case .text: try console.write("\n" + note)
        case .json:
            let text = (try? CanonicalValue.string(note).canonical()) ?? []
            try console.write(
                "\(count == 0 ? "{\"entries\":[" : "\n")],\"checkpoint\":\(String(decoding: text, as: UTF8.self))}\n")
        }
    }
}
