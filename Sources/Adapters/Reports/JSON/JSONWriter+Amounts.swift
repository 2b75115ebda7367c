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

    /// Writes what made the report.
    mutating func tool(_ version: String) {
        object("tool", .inline) { tool in
            tool.member("name", "tenure")
            tool.member("version", version)
        }
    }

    /// Writes why something is incomplete.
    mutating func reasons(_ reasons: [Incompleteness], _ message: (Incompleteness) -> String) {
        objects("incomplete", reasons) { writer, reason in
            writer.member("source", reason.source)
            writer.member("message", message(reason))
        }
    }
}
