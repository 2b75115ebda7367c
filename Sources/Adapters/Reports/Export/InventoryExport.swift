internal import CanonicalJSON
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
    private let fields: [String: Source.Fields]

    /// An export of all records. `fields` are the metadata keys that stand for owner, subject and tenant, by source.
    public init(_ inventory: Inventory, fields: [String: Source.Fields]) {
        self.inventory = inventory
        self.fields = fields
    }

    /// The document that names the sources of an export, beside their directories.
    public static let sourcesName = "sources.yaml"

    /// What only a registry knew of a source's records, beside their files. It holds no records.
    public static let registryName = "tenure_registry.ndjson"

    /// Writes a directory for each source, of a file for each kind, and a document that names them.
    ///
    /// Memory beside the inventory: eight bytes for each record of the largest kind of a source.
    /// - Parameter directory: must not exist; only its owner may read it.
    public func write(to directory: String) throws(ReportError) {
        guard Files.kind(of: directory) == nil else {
            throw .request("\(directory) is there already", hint: "name a directory that is not")
        }
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
            try file.write(sources(in: directory, withRegistry: known))
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
        guard coverage[kind].wasRead || coverage[kind].endsUnseen || !rows.isEmpty else { return }
        var file = try OutputFile(path: Files.path(directory, "\(kind.fileStem).ndjson"), mode: 0o600)
        for row in rows.sorted(by: inventory.precedes) { try file.write(line.lines(row)) }
        if !coverage.decidedKinds.has(kind) {
            // The last page of a list that says that there are more: whoever reads it knows that something is missing.
            try file.write("{\"object\":\"list\",\"data\":[],\"has_more\":true}\n")
        }
        try file.close()
    }

    /// - Returns: whether there was anything to write.
    private func writeRegistry(
        ofSource source: Int, to directory: String, _ line: RecordLine
    ) throws(FileError) -> Bool {
        let lines = RegistryLines(inventory, fields: fields[inventory.sourceNames[source]] ?? Source.Fields())
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

    /// Documents of type `export`, for the place of those that the records were read by.
    private func sources(in directory: String, withRegistry known: Set<String>) -> String {
        inventory.sourceNames.map { name in
            let fields = fields[name] ?? Source.Fields()
            let path = Files.path(directory, name)
            let registry = """
                  registry:
                    - file: \(quoted(Files.path(path, Self.registryName)))

                """
            return """
                apiVersion: tenure/v1
                kind: Source
                metadata: {name: \(quoted(name))}
                spec:
                  type: export
                  path: \(quoted(path))
                  fields:
                    owner: \(quoted("metadata." + fields.owner))
                    subject: \(quoted("metadata." + fields.subject))
                    tenant: \(quoted("metadata." + fields.tenant))

                """ + (known.contains(name) ? registry : "")
        }.joined(separator: "---\n")
    }

    private func quoted(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.append(jsonString: text)
        return String(decoding: bytes, as: UTF8.self)
    }
}
