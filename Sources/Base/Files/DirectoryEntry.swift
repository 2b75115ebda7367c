internal import Glibc

/// A name in a directory, and what the directory itself says of it.
struct DirectoryEntry {
    /// The name; what is not UTF-8 in it is replaced, so that it can be shown.
    let name: String
    /// Whether the name is UTF-8, so that a path can be made of it.
    let isText: Bool
    /// Whether it is a directory or a link, or the file system keeps that to itself.
    let mayBeDirectory: Bool

    private init(_ bytes: some Collection<UInt8>, type: Int) {
        let text = String(validating: bytes, as: UTF8.self)
        name = text ?? String(decoding: bytes, as: UTF8.self)
        isText = text != nil
        mayBeDirectory = type == DT_DIR || type == DT_LNK || type == DT_UNKNOWN
    }

    /// The entries of a directory by the bytes of their names, without `.` and `..`.
    static func all(in directory: String) throws(FileError) -> [DirectoryEntry] {
        guard let stream = unsafe opendir(directory) else {
            throw FileError(path: directory, operation: "open", code: errno)
        }
        defer { unsafe closedir(stream) }
        var entries: [DirectoryEntry] = []
        while true {
            errno = 0
            guard let found = unsafe readdir(stream) else { break }
            let type = unsafe Int(found.pointee.d_type)
            let entry = unsafe withUnsafeBytes(of: &found.pointee.d_name) { field in
                unsafe DirectoryEntry(field.prefix { $0 != 0 }, type: type)
            }
            if entry.name != "." && entry.name != ".." { entries.append(entry) }
        }
        guard errno == 0 else { throw FileError(path: directory, operation: "list", code: errno) }
        return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
}
