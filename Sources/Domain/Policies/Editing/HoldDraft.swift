public import Chronology
public import Records

/// A hold that is to be written down.
public struct HoldDraft: Sendable {
    /// The document's name.
    public var name: String
    /// The matter, for people.
    public var matter: String
    /// What it holds; where all of these are empty, everything.
    public var kinds: [Kind] = []
    /// Globs on the names of sources.
    public var sources: [String] = []
    /// The people whose records it holds.
    public var subjects: [String] = []
    /// The records that it holds, by id.
    public var ids: [String] = []
    /// A condition in CEL; nil for none.
    public var condition: String?
    /// The day from which it holds.
    public var from: CivilDate
    /// How long it stays in effect after its release; nil for no longer.
    public var releaseGrace: Period?
    /// Who approved it.
    public var approvedBy: String?

    /// A hold on everything, until it says on what.
    public init(name: String, matter: String, from: CivilDate) {
        self.name = name
        self.matter = matter
        self.from = from
    }

    /// The document, in the spelling of the others.
    var document: String {
        var lines = [
            "apiVersion: \(DocumentKind.apiVersion)", "kind: \(DocumentKind.legalHold.rawValue)",
            "metadata: {name: \(JSON.quoted(name))}", "spec:", "  matter: \(JSON.quoted(matter))",
        ]
        var match: [String] = []
        if !kinds.isEmpty { match.append("kinds: [\(kinds.map(\.name).joined(separator: ", "))]") }
        for (key, values) in [("sources", sources), ("subjects", subjects), ("ids", ids)] where !values.isEmpty {
            match.append("\(key): [\(values.map(JSON.quoted).joined(separator: ", "))]")
        }
        if let condition { match.append("where: \(JSON.quoted(condition))") }
        if !match.isEmpty { lines += ["  match:"] + match.map { "    \($0)" } }
        lines += ["  from: \(from)", "  until: null"]
        if let releaseGrace { lines.append("  releaseGrace: \(releaseGrace)") }
        if let approvedBy { lines.append("  approvedBy: \(JSON.quoted(approvedBy))") }
        return lines.joined(separator: "\n") + "\n"
    }
}
