internal import Files
internal import Records

/// One file of an export, and what its name says.
struct ExportFile: Sendable {
    /// Relative to the export's directory.
    let name: String
    let path: String
    /// The kind that the name promises, or nil where it promises none.
    let kind: Kind?
    let size: Int

    var material: Material { Material(name: name, kind: kind) }
}

extension ExportFile {
    /// What is beside the records in exports and in sample estates, and holds none.
    static let ignored: Set<String> = ["truth", "user", "user_settings", "export_manifest", "tenure_registry"]

    /// The names that an export's files have, for people.
    static var knownNames: String {
        Kind.allCases.map(\.fileStem).joined(separator: ", ")
    }

    /// What a name says of a file's content.
    enum Form {
        /// Records in a form that can be read.
        case records
        /// Records, in a form that nobody here knows: `threads.csv`, `messages.ndjson.zst`, `x.json.part`.
        case unknown
        /// Nothing of records.
        case other
    }

    private static let endings = [".ndjson", ".jsonl", ".json"]

    /// What the last part of a name says.
    static func form(of name: String) -> Form {
        let last = name.split(separator: "/").last.map { $0.lowercased() } ?? ""
        if let stem = recordStem(last) { return ignored.contains(stem) ? .other : .records }
        let (bare, ending) = split(last)
        if ignored.contains(bare) { return .other }
        // A name without any ending is a note, or a directory that cannot be entered.
        let isRecords = endings.contains { last.contains($0) } || (!ending.isEmpty && kind(ofStem: bare) != nil)
        return isRecords ? .unknown : .other
    }

    /// What is before a name's first dot, and what is behind it.
    private static func split(_ name: String) -> (bare: String, ending: Substring) {
        let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts.first ?? ""), parts.dropFirst().first ?? "")
    }

    /// The name without what says that the file holds JSON; nil where nothing says so.
    private static func recordStem(_ name: String) -> String? {
        var stem = name.lowercased()
        if stem.hasSuffix(".gz") { stem.removeLast(3) }
        for ending in endings where stem.hasSuffix(ending) {
            stem.removeLast(ending.count)
            return stem
        }
        return nil
    }

    /// The kind of `messages.ndjson`, of its shards `messages-0001.ndjson` and `messages.part1.ndjson.gz`, and of
    /// whatever lies in a directory `messages`.
    static func kind(of name: String) -> Kind? {
        var parts = name.split(separator: "/").map(String.init)
        guard let last = parts.popLast(), form(of: last) != .other else { return nil }
        let stem = recordStem(last) ?? split(last.lowercased()).bare
        return kind(ofStem: stem) ?? parts.last.flatMap { kind(ofStem: $0.lowercased()) }
    }

    private static func kind(ofStem stem: String) -> Kind? {
        let matching = Kind.allCases.filter { stem.hasPrefix($0.fileStem) }
        guard let kind = matching.max(by: { $0.fileStem.utf8.count < $1.fileStem.utf8.count }) else { return nil }
        return isShard(stem.dropFirst(kind.fileStem.count)) ? kind : nil
    }

    /// Whether this is what tells the shards of one file apart: nothing, or a separator and something with a number.
    private static func isShard(_ rest: Substring) -> Bool {
        guard let first = rest.first else { return true }
        if first == "." || first == "-" { return true }
        return (first == "_" || first == " ") && rest.dropFirst().allSatisfy(\.isNumber)
    }
}
