internal import Glibc

/// An open file descriptor: closed once, by its one owner.
///
/// Every call retries where a signal interrupted it, and a short write goes on where it stopped.
struct Descriptor: ~Copyable {
    private let raw: Int32
    private let isOwned: Bool
    /// The path that errors name.
    private let path: String
    /// Whether the file has a name; until it has, it is gone with the process.
    let isNamed: Bool

    /// Opens the path; `mode` is for a file that this creates, before the process's umask. Errors name `alias`, where
    /// the path is one that the user never gave.
    init(path: String, alias: String? = nil, flags: Int32, mode: UInt32 = 0) throws(FileError) {
        self.path = alias ?? path
        let opened = Descriptor.retrying { unsafe open(path, flags | O_CLOEXEC, mode_t(mode)) }
        guard opened >= 0 else { throw FileError(path: alias ?? path, operation: "open", code: errno) }
        raw = opened
        isOwned = true
        isNamed = true
    }

    /// A new file without a name, which is gone with its last descriptor, or where the file system or a missing `/proc`
    /// does not allow for one, a new file of this name.
    ///
    /// - Source: open(2), `O_TMPFILE`, which the C library's headers give in a form that is not imported.
    init(newBeside name: String, alias: String, mode: UInt32) throws(FileError) {
        let anonymous: Int32 = 0o20_000_000 | O_DIRECTORY | O_WRONLY | O_CLOEXEC
        let directory = Files.parent(of: name)
        let canBeNamed = unsafe access("/proc/self/fd", X_OK) == 0
        let opened = canBeNamed ? Descriptor.retrying { unsafe open(directory, anonymous, mode_t(mode)) } : -1
        path = alias
        isOwned = true
        isNamed = opened < 0
        guard isNamed else {
            raw = opened
            return
        }
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        raw = Descriptor.retrying { unsafe open(name, flags, mode_t(mode)) }
        guard raw >= 0 else { throw FileError(path: alias, operation: "open", code: errno) }
    }

    /// Gives a file without a name this one, which is not taken.
    borrowing func link(as name: String) throws(FileError) {
        guard unsafe linkat(AT_FDCWD, "/proc/self/fd/\(raw)", AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0 else {
            throw FileError(path: path, operation: "write", code: errno)
        }
    }

    /// A descriptor that somebody else opened and closes.
    init(borrowing raw: Int32, alias: String) {
        self.raw = raw
        path = alias
        isOwned = false
        isNamed = true
    }

    deinit {
        // Whoever cares about a failing close has called `synchronize` before.
        if isOwned { _ = close(raw) }
    }

    /// Lets reads wait, once a descriptor was opened without waiting for whoever writes.
    borrowing func waitForData() throws(FileError) {
        let flags = fcntl(raw, F_GETFL)
        guard flags >= 0, fcntl(raw, F_SETFL, flags & ~O_NONBLOCK) >= 0 else {
            throw FileError(path: path, operation: "open", code: errno)
        }
    }

    /// The file's status as the kernel sees it.
    borrowing func status() throws(FileError) -> stat {
        var status = stat()
        guard unsafe fstat(raw, &status) == 0 else {
            throw FileError(path: path, operation: "inspect", code: errno)
        }
        return status
    }

    /// Takes from all but the owner what they may do with the file.
    borrowing func makePrivate() throws(FileError) {
        let mode = try status().st_mode & 0o777
        guard mode & 0o077 == 0 || fchmod(raw, mode & 0o700) == 0 else {
            throw FileError(path: path, operation: "make private", code: errno)
        }
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

    /// Waits until what was written can be read again after a loss of power, which the times of the file need not be.
    borrowing func synchronizeData() throws(FileError) {
        guard Descriptor.retrying({ fdatasync(raw) }) == 0 else {
            throw FileError(path: path, operation: "write", code: errno)
        }
    }

    /// Cuts off what lies behind so many bytes.
    borrowing func cut(to size: Int) throws(FileError) {
        guard Descriptor.retrying({ ftruncate(raw, off_t(size)) }) == 0 else {
            throw FileError(path: path, operation: "cut", code: errno)
        }
    }

    /// Reads on from a byte, counted from the beginning.
    borrowing func seek(to place: Int) throws(FileError) {
        guard lseek(raw, off_t(place), SEEK_SET) >= 0 else {
            throw FileError(path: path, operation: "read", code: errno)
        }
    }

    /// Takes the file's lock, which nobody is waited for; false where another has it.
    borrowing func lock() throws(FileError) -> Bool {
        guard Descriptor.retrying({ flock(raw, LOCK_EX | LOCK_NB) }) != 0 else { return true }
        guard errno == EWOULDBLOCK else { throw FileError(path: path, operation: "lock", code: errno) }
        return false
    }

    private static func retrying<Result: BinaryInteger>(_ call: () -> Result) -> Result {
        while true {
            let result = call()
            if result != -1 || errno != EINTR { return result }
        }
    }
}
