internal import Chronology
internal import Evaluation
internal import Policies

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

    /// Writes the exception that covers something, or null.
    mutating func exception(_ citation: PolicyException.Citation?) {
        guard let citation else { return member("exception", nil as String?) }
        object("exception", .inline) { writer in
            writer.member("name", citation.name)
            writer.member("ticket", citation.ticket)
            writer.member("expiresAt", citation.expiresAt)
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
