internal import Glibc

/// What a path is.
public enum EntryKind: Sendable, Equatable {
    case file, directory, other
}

/// A file or directory, by whatever name it is reached.
struct FileIdentity: Hashable {
    let device: UInt64
    let inode: UInt64
}

/// What the system says of a path, links followed.
struct Status {
    let kind: EntryKind
    let identity: FileIdentity
    /// In bytes.
    let size: Int
    /// Whether none but the owner may read or write it.
    let isPrivate: Bool

    init(of path: String) throws(FileError) {
        var found = stat()
        guard unsafe fstatat(AT_FDCWD, path, &found, 0) == 0 else {
            throw FileError(path: path, operation: "inspect", code: errno)
        }
        kind =
            switch found.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .directory
            default: .other
            }
        identity = FileIdentity(device: UInt64(found.st_dev), inode: UInt64(found.st_ino))
        size = Int(found.st_size)
        isPrivate = found.st_mode & 0o077 == 0
    }

    /// The status of something that a directory lists: where it is absent, a link leads to it.
    init(ofEntry path: String) throws(FileError) {
        do throws(FileError) {
            try self.init(of: path)
        } catch {
            guard error.isAbsent else { throw error }
            throw FileError(path: path, operation: "open", reason: "it is a link that leads nowhere")
        }
    }
}
