/// The files in a directory and below it, and what could not be looked at.
///
/// Hidden entries are left out. Links are followed, and a directory is listed once by whatever names it is reached, so
/// that links which lead in a circle end. Nothing that is or may be a file or directory is passed over in silence.
public struct FileTree: Sendable {
    /// A regular file.
    public struct File: Sendable {
        /// Relative to the directory at the top.
        public let name: String
        /// The path to open it by.
        public let path: String
        /// In bytes.
        public let size: Int
    }

    /// Something that is no file that can be read, and no directory that can be listed.
    public struct Gap: Sendable {
        /// Relative to the directory at the top; what is not UTF-8 in it is replaced.
        public let name: String
        /// Whether it is or may be a directory, so that files of any name may be missing.
        public let mayHoldFiles: Bool
        /// What is wrong with it.
        public let error: FileError
    }

    /// How many directories below the top are looked into.
    public static let deepest = 8

    /// By name.
    public private(set) var files: [File] = []
    /// By name.
    public private(set) var gaps: [Gap] = []
    private var seen: Set<FileIdentity> = []

    /// Looks through a directory. Only what is wrong with the top is thrown.
    public init(_ directory: String) throws(FileError) {
        let top = try Status(of: directory)
        seen.insert(top.identity)
        try list(directory, prefix: "", depth: 0)
        files.sort { $0.name < $1.name }
        gaps.sort { $0.name < $1.name }
    }

    private mutating func list(_ directory: String, prefix: String, depth: Int) throws(FileError) {
        for entry in try DirectoryEntry.all(in: directory) where !entry.name.hasPrefix(".") {
            let path = Files.path(directory, entry.name)
            do throws(FileError) {
                try visit(entry, path, prefix + entry.name, depth: depth)
            } catch {
                gaps.append(Gap(name: prefix + entry.name, mayHoldFiles: entry.mayBeDirectory, error: error))
            }
        }
    }

    private mutating func visit(
        _ entry: DirectoryEntry, _ path: String, _ name: String, depth: Int
    ) throws(FileError) {
        guard entry.isText else {
            throw FileError(path: path, operation: "open", reason: "its name is not UTF-8", hint: "rename it")
        }
        let found = try Status(ofEntry: path)
        switch found.kind {
        case .file: files.append(File(name: name, path: path, size: found.size))
        case .other:
            let error = FileError(path: path, operation: "read", reason: "it is neither a file nor a directory")
            gaps.append(Gap(name: name, mayHoldFiles: false, error: error))
        case .directory:
            guard !seen.contains(found.identity) else { return }
            guard depth < Self.deepest else {
                throw FileError(
                    path: path, operation: "list", reason: "it lies more than \(Self.deepest) directories deep")
            }
            seen.insert(found.identity)
            try list(path, prefix: name + "/", depth: depth + 1)
        }
    }
}
