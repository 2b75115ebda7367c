internal import CanonicalJSON
internal import Chronology
internal import Files
internal import Policies
internal import Records

/// The documents of an export's sources, for the place of those that its records were read by: with all that decides
/// what is complete, so that a scan of the export ends as one of the sources did.
struct ExportedSources {
    /// The directory that holds a directory for each source.
    let directory: String
    /// What the sources' own documents say, by name.
    let documents: [String: Source]

    /// The documents of these sources; `known` are those of which a registry was written.
    func text(_ names: [String], withRegistry known: Set<String>) -> String {
        names.map { document($0, hasRegistry: known.contains($0)) }.joined(separator: "---\n")
    }

    private func document(_ name: String, hasRegistry: Bool) -> String {
        let source = documents[name]
        let fields = source?.fields ?? Source.Fields()
        let path = Files.path(directory, name)
        var lines = [
            "apiVersion: tenure/v1",
            "kind: Source",
            "metadata: {name: \(quoted(name))}",
            "spec:",
            "  type: export",
            "  path: \(quoted(path))",
            "  fields:",
            "    owner: \(quoted("metadata." + fields.owner))",
            "    subject: \(quoted("metadata." + fields.subject))",
            "    tenant: \(quoted("metadata." + fields.tenant))",
        ]
        if hasRegistry {
            lines += ["  registry:", "    - file: \(quoted(Files.path(path, InventoryExport.registryName)))"]
        }
        if let source { lines += expectations(of: source) + gaps(of: source) }
        return lines.map { $0 + "\n" }.joined()
    }

    private func expectations(of source: Source) -> [String] {
        var lines = source.atLeast.map { "    \($0.kind.fileStem): {atLeast: \($0.count)}" }
        if !source.canaries.isEmpty { lines.append("    canaries: [\(quoted(source.canaries))]") }
        return lines.isEmpty ? [] : ["  expect:"] + lines
    }

    private func gaps(of source: Source) -> [String] {
        guard !source.acceptedGaps.isEmpty else { return [] }
        // A gap's last day ends where its document says.
        return ["  timeZone: \(quoted(source.zone.identifier))", "  acceptedGaps:"]
            + source.acceptedGaps.map { gap in
                let ticket = gap.ticket.map { ", ticket: \(quoted($0))" } ?? ""
                let kinds = gap.kinds.kinds.map(\.name).joined(separator: ", ")
                return "    - {kinds: [\(kinds)], reason: \(quoted(gap.reason))\(ticket), until: \(gap.untilText)}"
            }
    }

    private func quoted(_ texts: [String]) -> String { texts.map { quoted($0) }.joined(separator: ", ") }

    private func quoted(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.append(jsonString: text)
        return String(decoding: bytes, as: UTF8.self)
    }
}
