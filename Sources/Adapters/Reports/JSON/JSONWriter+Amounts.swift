internal import Chronology
internal import Evaluation

extension JSONWriter {
    /// Writes a member that says how much a set of records comes to, on one line.
    mutating func amount(_ name: String, _ amount: Amount) {
        object(name, .inline) { writer in
            writer.member("records", amount.records)
            writer.member("bytes", Int(amount.bytes))
            writer.member("unsized", amount.unsized)
            writer.member("oldest", amount.oldest?.description)
        }
    }

    /// Writes why something is incomplete, and in which source.
    mutating func reasons(_ reasons: [(source: String?, message: String)]) {
        objects("incomplete", reasons) { writer, reason in
            writer.member("source", reason.source)
            writer.member("message", reason.message)
        }
    }
}
