internal import Glibc

/// What a path is.
public enum EntryKind: Sendable, Equatable {
    case file, directory, other
}

/// A file or directory, by whatever name it is reached.
public struct FileIdentity: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64
}

/// Plain questions and answers over the file system.
public enum Files {
    /// The whole file, refused where it is larger than `limit` bytes.
    public static func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
        let descriptor = try Descriptor(path: path, flags: O_RDONLY)
        let status = try descriptor.status()
        guard status.st_mode & S_IFMT != S_IFDIR else {
            throw FileError(path: path, operation: "read", code: EISDIR)
        }
        let tooLarge = FileError(path: path, operation: "read", reason: "it is larger than \(limit) bytes")
        guard status.st_size <= limit else { throw tooLarge }
        var bytes: [UInt8] = []
        var window = [UInt8](repeating: 0, count: min(max(Int(status.st_size) + 1, 4096), 1 << 20))
        while true {
            var span = window.mutableSpan
            let count = try unsafe span.withUnsafeMutableBytes { (buffer) throws(FileError) in
                try unsafe descriptor.read(into: buffer)
            }
            if count == 0 { return bytes }
            guard bytes.count + count <= limit else { throw tooLarge }
            bytes.append(contentsOf: window[..<count])
        }
    }

    /// The names in a directory in byte order, without `.` and `..`.
    public static func list(_ directory: String) throws(FileError) -> [String] {
        guard let stream = unsafe opendir(directory) else {
            throw FileError(path: directory, operation: "open", code: errno)
        }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else { break }
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { field in
                unsafe String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        guard errno == 0 else { throw FileError(path: directory, operation: "list", code: errno) }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// What is at the path, links followed; nil where there is nothing, or nothing that this user can see.
    public static func kind(of path: String) -> EntryKind? {
        guard let found = status(of: path) else { return nil }
        return switch found.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .directory
        default: .other
        }
    }

    /// What tells a file or directory from all others of this machine, links followed; nil as for `kind(of:)`.
    public static func identity(of path: String) -> FileIdentity? {
        status(of: path).map { FileIdentity(device: UInt64($0.st_dev), inode: UInt64($0.st_ino)) }
    }

    /// The size of a file in bytes, links followed.
    public static func size(of path: String) throws(FileError) -> Int {
        guard let found = status(of: path) else {
            throw FileError(path: path, operation: "inspect", code: errno)
        }
        return Int(found.st_size)
    }

    /// Makes the directory and those above it; one that exists already is fine.
    public static func makeDirectory(_ path: String) throws(FileError) {
        if kind(of: path) == .directory { return }
        let parent = parent(of: path)
        if parent != path { try makeDirectory(parent) }
        // Somebody else may have made it since.
        guard unsafe mkdir(path, 0o777) == 0 || kind(of: path) == .directory else {
            throw FileError(path: path, operation: "create", code: errno)
        }
    }

    /// Removes a file; one that is absent is fine.
    public static func remove(_ path: String) throws(FileError) {
        guard unsafe unlink(path) == 0 || errno == ENOENT else {
            throw FileError(path: path, operation: "remove", code: errno)
        }
    }

    /// The path of a name in a directory.
    public static func path(_ directory: String, _ name: String) -> String {
        directory.isEmpty ? name : directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
    }

    /// The directory that holds the path: `.` for a bare name, `/` for the root.
    public static func parent(of path: String) -> String {
        let trimmed = path.utf8.reversed().drop { $0 == UInt8(ascii: "/") }
        let above = trimmed.drop { $0 != UInt8(ascii: "/") }.drop { $0 == UInt8(ascii: "/") }
        if !above.isEmpty { return String(decoding: above.reversed(), as: UTF8.self) }
        return path.utf8.first == UInt8(ascii: "/") ? "/" : "."
    }

    private static func status(of path: String) -> stat? {
        var status = stat()
        return unsafe fstatat(AT_FDCWD, path, &status, 0) == 0 ? status : nil
    }
}
