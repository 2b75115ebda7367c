internal import Files
public import Policies
public import Records

/// Writes what was read as an export that can be read again: the same records, for the same decisions, without content.
///
/// Of metadata only the keys are there that were read. What is wrong with single records is kept as far as it decides
/// anything: times that are not believed are such again, and kinds of which something is missing say so. What only a
/// registry knew of a record stands in a registry beside the others. When a record was last modified has no place.
public struct InventoryExport: Sendable {
    private let inventory: Inventory
    private let documents: [String: Source]

    /// An export of all records, which `documents` describe as they were read: whose the records are, what must be among
    /// them, and what is accepted not to be.
    public init(_ inventory: Inventory, documents: [Source]) {
        self.inventory = inventory
        self.documents = Dictionary(documents.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The document that names the sources of an export, beside their directories.
    public static let sourcesName = "sources.yaml"

    /// What only a registry knew of a source's records, beside their files. It holds no records.
    public static let registryName = "tenure_registry.ndjson"

    /// Finds out whether an export can go to a directory, which may be long before there is anything to write.
    public static func check(_ directory: String) throws(ReportError) {
        guard Files.kind(of: directory) == nil else {
            throw .request("\(directory) is there already", hint: "name a directory that is not")
        }
    }

    /// Writes a directory for each source, of a file for each kind, and a document that names them.
    ///
    /// Memory beside the inventory: eight bytes for each record of the largest kind of a source.
    /// - Parameter directory: must not exist; only its owner may read it.
    public func write(to directory: String) throws(ReportError) {
        try Self.check(directory)
        do throws(FileError) {
            try Files.makePrivateDirectory(directory)
            var line = RecordLine(inventory)
            var known: Set<String> = []
            for (number, name) in inventory.sourceNames.enumerated() {
                let path = Files.path(directory, name)
                try Files.makePrivateDirectory(path)
                for kind in Kind.allCases { try write(kind, ofSource: number, to: path, &line) }
                if try writeRegistry(ofSource: number, to: path, line) { known.insert(name) }
            }
            var file = try OutputFile(path: Files.path(directory, Self.sourcesName), mode: 0o600)
            let sources = ExportedSources(directory: directory, documents: documents)
            try file.write(sources.text(inventory.sourceNames, withRegistry: known))
            try file.close()
        } catch {
            throw .file(error)
        }
    }

    private func write(
        _ kind: Kind, ofSource source: Int, to directory: String, _ line: inout RecordLine
    ) throws(FileError) {
        let coverage = inventory.coverage[source]
        let (kinds, sources) = (inventory.kinds, inventory.sources)
        let rows = kinds.indices.filter { kinds[$0] == kind && Int(sources[$0]) == source }
        let isUnseen = coverage[kind].isKnownInPart || coverage[kind].isRetired
        guard coverage[kind].wasRead || coverage[kind].endsUnseen || isUnseen || !rows.isEmpty else { return }
        var file = try OutputFile(path: Files.path(directory, "\(kind.fileStem).ndjson"), mode: 0o600)
        for row in rows.sorted(by: inventory.precedes) { try file.write(line.lines(row)) }
        if !coverage.decidedKinds.has(kind) {
            // The last page of a list that says that there are more: whoever reads it knows that something is missing,
            // and whether it is the source that does not show it.
            let withheld = isWithheld(kind, coverage) ? ",\"withheld\":true" : ""
            try file.write("{\"object\":\"list\",\"data\":[],\"has_more\":true\(withheld)}\n")
        }
        try file.close()
    }

    /// Whether nothing of a kind is missing but what the source does not show, so that an accepted gap excuses it.
    private func isWithheld(_ kind: Kind, _ coverage: SourceCoverage) -> Bool {
        let seen = coverage[kind]
        let isShort =
            seen.isKnownInPart || seen.isRetired || seen.missing > 0 || seen.unreadUses > 0 || seen.withheld > 0
        guard isShort, seen.lost == seen.withheld, coverage.lostOfUnknownKind == 0 else { return false }
        return !inventory.problems.kept.contains {
            $0.losesData && $0.source == coverage.name && ($0.kind == nil || $0.kind == kind)
        }
    }

    /// - Returns: whether there was anything to write.
    private func writeRegistry(
        ofSource source: Int, to directory: String, _ line: RecordLine
    ) throws(FileError) -> Bool {
        let lines = RegistryLines(
            inventory, fields: documents[inventory.sourceNames[source]]?.fields ?? Source.Fields())
        let sources = inventory.sources
        let rows = sources.indices.filter { row in
            Int(sources[row]) == source && !lines.lines(row, activity: line.untoldActivity(row)).isEmpty
        }
        guard !rows.isEmpty else { return false }
        var file = try OutputFile(path: Files.path(directory, Self.registryName), mode: 0o600)
        for row in rows.sorted(by: inventory.precedes) {
            try file.write(lines.lines(row, activity: line.untoldActivity(row)))
        }
        try file.close()
        return true
    }
}
