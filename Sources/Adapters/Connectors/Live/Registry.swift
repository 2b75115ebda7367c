internal import Files
internal import JSONLines
internal import Policies
internal import Records

/// The ids that somebody kept of what a service cannot list.
struct Registry: Sendable {
    private var ids: [Kind: StringTable] = [:]
    private var complete: KindSet = []
    /// The metadata keys whose values are ids of a kind.
    private(set) var keysOfIds: [(name: String, kind: Kind)] = []

    /// A million ids of forty bytes, with what else a line may hold.
    private static let mostBytes = 1 << 28

    /// No ids.
    init() {}

    /// Reads the files that a document names.
    ///
    /// - Throws: `Defect` at the first line that names no record.
    init(_ entries: [Source.RegistryEntry]) throws(Defect) {
        for entry in entries {
            switch entry.place {
            case .file(let file): try read(file, entry)
            case .metadata(let name): if let kind = entry.kind { keysOfIds.append((name, kind)) }
            }
        }
    }

    private mutating func read(_ file: String, _ entry: Source.RegistryEntry) throws(Defect) {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try Files.read(file, limit: Self.mostBytes)
        } catch {
            throw Defect(place: file, reason: "cannot be read: \(error.reason)")
        }
        if let kind = entry.kind, entry.isComplete { complete.formUnion(KindSet(kind)) }
        try read(bytes, file, entry)
    }

    /// A line that names no record.
    struct Defect: Error {
        let place: String
        let reason: String
    }

    /// The ids of a kind, each once, in the order of the files.
    func ids(of kind: Kind) -> [String] {
        guard let table = ids[kind] else { return [] }
        return (1..<StringTable.Code(table.count)).compactMap(table.string)
    }

    /// Whether this id of a kind is among them.
    func knows(_ id: Span<UInt8>, _ kind: Kind) -> Bool { ids[kind]?.knownCode(id) != nil }

    /// Whether somebody vouches that there are no others.
    func isComplete(_ kind: Kind) -> Bool { complete.has(kind) }

    private mutating func read(
        _ bytes: [UInt8], _ file: String, _ entry: Source.RegistryEntry
    ) throws(Defect) {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let isJSON = file.hasSuffix(".ndjson") || file.hasSuffix(".jsonl")
        var columns: [String]? = file.hasSuffix(".csv") ? [] : nil
        for (number, line) in lines.enumerated() {
            let text = String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
            guard !text.isEmpty else { continue }
            let place = "\(file):\(number + 1)"
            var row: [String: String] = ["id": text]
            if isJSON {
                row = Self.members(of: text)
            } else if let names = columns {
                let cells = Self.cells(of: text)
                guard !names.isEmpty else {
                    guard cells.contains("id") else {
                        throw Defect(place: place, reason: "the first line names no column id")
                    }
                    columns = cells
                    continue
                }
                row = Dictionary(zip(names, cells)) { first, _ in first }
            }
            try add(row, entry, place)
        }
    }

    private mutating func add(
        _ row: [String: String], _ entry: Source.RegistryEntry, _ place: String
    ) throws(Defect) {
        guard let id = row["id"], !id.isEmpty else { throw Defect(place: place, reason: "holds no id") }
        guard let kind = row["kind"].flatMap({ Kind(named: $0) }) ?? entry.kind else {
            throw Defect(place: place, reason: "does not say of which kind it is, and neither does the entry")
        }
        _ = ids[kind, default: StringTable()].code(id)
    }

    /// The strings of an object; of anything else, none.
    private static func members(of text: String) -> [String: String] {
        JSONDocument.read(Array(text.utf8)) { record in
            guard case .value(let value) = record else { return [:] }
            var row: [String: String] = [:]
            for (key, member) in value.members { row[key.string] = member.text?.string }
            return row
        }
    }

    /// The cells of a line of CSV. A cell in quotes may hold commas, and quotes that are doubled; no cell spans lines.
    private static func cells(of line: String) -> [String] {
        var cells = [""]
        var isQuoted = false
        var last: Character?
        for letter in line {
            if letter == "\"" {
                if !isQuoted, last == "\"" { cells[cells.count - 1].append("\"") }
                isQuoted.toggle()
            } else if letter == ",", !isQuoted {
                cells.append("")
            } else {
                cells[cells.count - 1].append(letter)
            }
            last = letter
        }
        return cells
    }
}
