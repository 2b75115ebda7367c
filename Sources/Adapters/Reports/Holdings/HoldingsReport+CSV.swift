internal import Chronology
internal import Evaluation
internal import Records

extension HoldingsReport {
    /// The holdings as comma-separated values: a line of names, and one for each combination that occurs.
    ///
    /// - Source: RFC 4180. Names of sources may hold commas; nothing else has to be quoted.
    public func csv() throws(ReportError) -> [UInt8] {
        var tokens = HolderTokens(holdings.inventory)
        let bands = AgeBand.allCases.map { "age_\($0.name)" }
        var lines = [
            (["source", "kind", "owner", "tenant", "records", "bytes", "unsized", "tokens", "oldest"] + bands)
                .joined(separator: ",")
        ]
        for (key, figures) in holdings.cells {
            let cells =
                [
                    Self.quoted(holdings.inventory.sourceNames[key.source]), key.kind.name,
                    try tokens.owner(key.owner) ?? "", try tokens.tenant(key.tenant) ?? "",
                    "\(figures.amount.records)", "\(figures.amount.bytes)", "\(figures.amount.unsized)",
                    "\(figures.tokens)", figures.amount.oldest?.description ?? "",
                ] + figures.bands.map { "\($0)" }
            lines.append(cells.joined(separator: ","))
        }
        return Array(lines.map { $0 + "\r\n" }.joined().utf8)
    }

    private static func quoted(_ text: String) -> String {
        guard text.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
