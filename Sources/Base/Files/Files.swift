internal import Glibc

/// Plain questions and answers over the file system.
public enum Files {
    /// The whole file, refused where it is larger than `limit` bytes.
    ///
    /// A pipe to which somebody writes is read to its end; one to which nobody does is empty, and nobody waits for it.
    public static func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
        let descriptor = try Descriptor(path: path, flags: O_RDONLY | O_NONBLOCK)
        try descriptor.waitForData()
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
        try DirectoryEntry.all(in: directory).map(\.name)
    }

    /// What is at the path, links followed; nil where there is nothing, or nothing that this user can see.
    public static func kind(of path: String) -> EntryKind? {
        (try? Status(of: path))?.kind
    }

    /// What is at the path, links followed.
    ///
    /// - Throws: why it cannot be seen, where it is absent too.
    public static func inspect(_ path: String) throws(FileError) -> EntryKind { try Status(of: path).kind }

    /// Whether both names lead to one file; false where there is none.
    public static func isSame(_ left: String, _ right: String) -> Bool {
        guard let left = try? Status(of: left), let right = try? Status(of: right) else { return false }
        return left.identity == right.identity
    }

    /// Whether none but its owner may read or write a file, links followed; false where there is none.
    public static func isPrivate(_ path: String) -> Bool { (try? Status(of: path))?.isPrivate ?? false }

    /// Makes a file that is absent, and takes from all but the owner what they may do with one that is there.
    public static func makePrivate(_ path: String) throws(FileError) {
        let descriptor = try Descriptor(path: path, flags: O_RDWR | O_CREAT | O_NONBLOCK, mode: 0o600)
        try descriptor.makePrivate()
    }

    /// The directory to which relative paths are relative; nil where it was removed, or nobody may know it.
    public static var workingDirectory: String? {
        guard let path = unsafe getcwd(nil, 0) else { return nil }
        defer { unsafe free(path) }
        return unsafe String(cString: path)
    }

    /// The path without links and dots, from the root; nil where there is nothing, or nothing that this user can see.
    public static func resolved(_ path: String) -> String? {
        guard let resolved = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(resolved) }
        return unsafe String(validatingCString: resolved)
    }

    /// Makes the directory and those above it; one that exists already is fine.
    public static func makeDirectory(_ path: String) throws(FileError) {
        if kind(of: path) == .directory { return }
        let parent = parent(of: path)
        if parent != path { try makeDirectory(parent) }
        // Somebody else may have made it since.
        guard unsafe mkdir(path, 0o777) != 0 else { return }
        let code = errno
        guard kind(of: path) == .directory else { throw FileError(path: path, operation: "create", code: code) }
    }

    /// Makes the directory for its owner alone, and those above it as others are; one that exists stays as it is.
    ///
    /// - Returns: whether it was made now.
    @discardableResult
    public static func makePrivateDirectory(_ path: String) throws(FileError) -> Bool {
        if kind(of: path) == .directory { return false }
        try makeDirectory(parent(of: path))
        guard unsafe mkdir(path, 0o700) != 0 else { return true }
        let code = errno
        guard kind(of: path) == .directory else { throw FileError(path: path, operation: "create", code: code) }
        return false
    }

    /// Finds out whether this user may write to what is there.
    public static func checkWritable(_ path: String) throws(FileError) {
        guard unsafe faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0 else {
            throw FileError(path: path, operation: "write", code: errno)
        }
    }

    /// Removes a file; one that is absent is fine.
    public static func remove(_ path: String) throws(FileError) {
        guard unsafe unlink(path) == 0 || errno == ENOENT else {
            throw FileError(path: path, operation: "remove", code: errno)
        }
    }

    /// Gives a file another name in its directory, which is on the disk before this returns.
    public static func rename(_ path: String, to other: String) throws(FileError) {
        guard unsafe Glibc.rename(path, other) == 0 else {
            throw FileError(path: path, operation: "rename", code: errno)
        }
        try synchronizeDirectory(of: other)
    }

    /// Waits until the names in the directory that holds the path are on the disk.
    static func synchronizeDirectory(of path: String) throws(FileError) {
        try Descriptor(path: parent(of: path), flags: O_RDONLY | O_DIRECTORY).synchronize()
    }

    /// Removes a directory that is empty; one that is absent is fine.
    public static func removeDirectory(_ path: String) throws(FileError) {
        guard unsafe rmdir(path) == 0 || errno == ENOENT else {
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
}
