internal import Files
internal import Records

/// What lies in an export's directory, below it too: the files that could hold records, and what could and cannot be
/// read. Nothing that is named like records is passed over in silence.
struct ExportListing: Sendable {
    /// Something that is named like records and is no file that can be read, or a directory too deep to look into.
    struct Unreadable: Sendable {
        /// Relative to the export's directory.
        let name: String
        /// The kind that the name promises, or nil where any kind may be missing from it.
        let kind: Kind?
        /// Why, for people.
        let reason: String
    }

    private static let deepest = 8

    /// By name.
    private(set) var files: [ExportFile] = []
    /// By name.
    private(set) var unreadable: [Unreadable] = []
    /// Directories that were looked into: a link may lead back to one.
    private var seen: Set<FileIdentity> = []

    /// Lists a directory.
    init(_ directory: String) throws(FileError) {
        try collect(directory, prefix: "", depth: 0)
        files.sort { $0.name < $1.name }
        unreadable.sort { $0.name < $1.name }
    }

    private mutating func collect(_ directory: String, prefix: String, depth: Int) throws(FileError) {
        guard let identity = Files.identity(of: directory), seen.insert(identity).inserted else { return }
        for entry in try Files.list(directory) where !entry.hasPrefix(".") {
            let path = Files.path(directory, entry)
            let name = prefix.isEmpty ? entry : prefix + "/" + entry
            switch Files.kind(of: path) {
            case .directory where depth < Self.deepest: try collect(path, prefix: name, depth: depth + 1)
            case .directory: refuse(name, "lies more than \(Self.deepest) directories deep")
            case .file: add(entry, name, path)
            case .other: refuse(records: entry, name, "is not a file")
            case nil:
                refuse(records: entry, name, "is not there under that name: a broken link, or a name not in UTF-8")
            }
        }
    }

    private mutating func add(_ entry: String, _ name: String, _ path: String) {
        guard Self.isNamedLikeRecords(entry) else { return }
        let size = (try? Files.size(of: path)) ?? 0
        files.append(ExportFile(name: name, path: path, kind: ExportFile.kind(of: name), size: size))
    }

    private mutating func refuse(records entry: String, _ name: String, _ reason: String) {
        if Self.isNamedLikeRecords(entry) { refuse(name, reason) }
    }

    private mutating func refuse(_ name: String, _ reason: String) {
        unreadable.append(Unreadable(name: name, kind: ExportFile.kind(of: name), reason: reason))
    }

    private static func isNamedLikeRecords(_ entry: String) -> Bool {
        ExportFile.recordStem(entry).map { !ExportFile.ignored.contains($0) } ?? false
    }
}
