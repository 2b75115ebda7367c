internal import CanonicalJSON
internal import Records

/// Ids as a report shows them: as they are, or as tokens.
final class ReportedIds {
    private let inventory: Inventory
    private let kinds: [Kind]
    private let sources: [UInt16]
    let redacts: Bool

    init(_ inventory: Inventory, redacts: Bool) {
        self.inventory = inventory
        self.redacts = redacts
        kinds = inventory.kinds
        sources = inventory.sources
    }

    /// Calls `body` with the UTF-8 of what the report shows for the record's id.
    func withId(_ row: Int, _ body: (Span<UInt8>) throws(ReportError) -> Void) throws(ReportError) {
        let outcome = inventory.withId(row) { id in
            Result { () throws(ReportError) in
                guard redacts else { return try body(id) }
                let source = inventory.sourceNames[Int(sources[row])]
                let token = try Redaction.token(source: source, kind: kinds[row], id: id)
                try body(token.utf8Span.span)
            }
        }
        try outcome.get()
    }

    /// The record in a sentence: `file/file-abc`.
    func name(_ row: Int) -> String {
        var name = Array("\(kinds[row].name)/".utf8)
        do throws(ReportError) {
            try withId(row) { id in name.append(id) }
        } catch {
            name.append(literal: "?")
        }
        return String(decoding: name, as: UTF8.self)
    }

    /// What the report shows for an id that stands beside its source and kind.
    func text(source: String, kind: Kind?, id: String?) throws(ReportError) -> String? {
        guard redacts, let id else { return id }
        guard let kind else { return nil }
        return try Redaction.token(source: source, kind: kind, id: id)
    }
}
