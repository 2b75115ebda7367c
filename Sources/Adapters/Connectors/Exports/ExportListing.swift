internal import Files
internal import Records

/// What lies in an export's directory, below it too: the files that could hold records, and what could and cannot be
/// read. Nothing that is named like records is passed over in silence, and nothing that may be a directory of them.
struct ExportListing: Sendable {
    /// Something that may hold records and cannot be read.
    struct Unreadable: Sendable {
        /// Relative to the export's directory.
        let name: String
        /// The kind that the name promises, or nil where any kind may be missing from it.
        let kind: Kind?
        /// Why, for people.
        let reason: String
    }

    /// By name.
    private(set) var files: [ExportFile] = []
    /// By name.
    private(set) var unreadable: [Unreadable] = []

    /// Lists a directory.
    init(_ directory: String) throws(FileError) {
        let tree = try FileTree(directory)
        for file in tree.files {
            let kind = ExportFile.kind(of: file.name)
            switch ExportFile.form(of: file.name) {
            case .records: files.append(ExportFile(name: file.name, path: file.path, kind: kind, size: file.size))
            case .unknown: refuse(file.name, "cannot be read: only .ndjson, .jsonl and .json are known, and their .gz")
            case .other: break
            }
        }
        for gap in tree.gaps where gap.mayHoldFiles || ExportFile.form(of: gap.name) != .other {
            let hint = gap.error.hint.map { " (\($0))" } ?? ""
            refuse(gap.name, "cannot be read: \(gap.error.reason)\(hint)")
        }
        unreadable.sort { $0.name < $1.name }
    }

    private mutating func refuse(_ name: String, _ reason: String) {
        unreadable.append(Unreadable(name: name, kind: ExportFile.kind(of: name), reason: reason))
    }
}
