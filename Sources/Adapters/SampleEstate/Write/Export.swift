internal import Files
internal import Records

/// The files of an export, one a kind.
final class Export {
    let directory: String
    private let files: [ExportFile]
    /// Further files of hard cases.
    private(set) var shards: [ExportFile] = []

    /// Creates the files, or empties those that are there.
    init(directory: String) throws(FileError) {
        self.directory = directory
        try Files.makeDirectory(directory)
        var files: [ExportFile] = []
        for kind in Kind.allCases {
            files.append(try ExportFile(directory: directory, name: "\(kind.fileStem).ndjson"))
        }
        self.files = files
    }

    subscript(kind: Kind) -> ExportFile { files[Int(kind.rawValue)] }

    /// Opens one more file.
    func shard(named name: String) throws(FileError) -> ExportFile {
        let shard = try ExportFile(directory: directory, name: name)
        shards.append(shard)
        return shard
    }

    /// The first failure so far.
    func check() throws(FileError) {
        for file in files {
            if let failure = file.failure { throw failure }
        }
    }

    func close() throws(FileError) {
        for file in files + shards { try file.close() }
    }

    /// How many bytes were written. Complete once the files are closed.
    var size: Int { (files + shards).reduce(0) { $0 + $1.size } }
}
