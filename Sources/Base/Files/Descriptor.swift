internal import Glibc

/// An open file descriptor: closed once, by its one owner.
///
/// Every call retries where a signal interrupted it, and a short write goes on where it stopped.
struct Descriptor: ~Copyable {
    private let raw: Int32
    private let isOwned: Bool
    /// The path that errors name.
    private let path: String

    /// Opens the path; `mode` is for a file that this creates, before the process's umask. Errors name `alias`, where
    /// the path is one that the user never gave.
    init(path: String, alias: String? = nil, flags: Int32, mode: UInt32 = 0) throws(FileError) {
        self.path = alias ?? path
        let opened = Descriptor.retrying { unsafe open(path, flags | O_CLOEXEC, mode_t(mode)) }
        guard opened >= 0 else { throw FileError(path: alias ?? path, operation: "open", code: errno) }
        raw = opened
        isOwned = true
    }

    /// A descriptor that somebody else opened and closes.
    init(borrowing raw: Int32, alias: String) {
        self.raw = raw
        path = alias
        isOwned = false
    }

    deinit {
        // Whoever cares about a failing close has called `synchronize` before.
        if isOwned { _ = close(raw) }
    }

    /// The file's status as the kernel sees it.
    borrowing func status() throws(FileError) -> stat {
        var status = stat()
        guard unsafe fstat(raw, &status) == 0 else {
            throw FileError(path: path, operation: "inspect", code: errno)
        }
        return status
    }

    /// Reads at most what fits; 0 is the end of the file.
    borrowing func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
        let count = Descriptor.retrying { unsafe Glibc.read(raw, buffer.baseAddress, buffer.count) }
        guard count >= 0 else { throw FileError(path: path, operation: "read", code: errno) }
        return count
    }

    /// Writes all of the bytes.
    borrowing func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
        var rest = unsafe bytes[...]
        while unsafe !rest.isEmpty {
            let piece = unsafe UnsafeRawBufferPointer(rebasing: rest)
            let count = Descriptor.retrying { unsafe Glibc.write(raw, piece.baseAddress, piece.count) }
            guard count >= 0 else { throw FileError(path: path, operation: "write", code: errno) }
            unsafe rest = rest.dropFirst(count)
        }
    }

    /// Waits until what was written is on the disk. What cannot be synchronised (a pipe, a terminal) is left alone.
    borrowing func synchronize() throws(FileError) {
        let result = Descriptor.retrying { fsync(raw) }
        guard result == 0 || errno == EINVAL || errno == EROFS || errno == ENOTSUP else {
            throw FileError(path: path, operation: "write", code: errno)
        }
    }

    private static func retrying<Result: BinaryInteger>(_ call: () -> Result) -> Result {
        while true {
            let result = call()
            if result != -1 || errno != EINTR { return result }
        }
    }
}
