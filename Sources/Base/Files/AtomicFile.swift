internal import Glibc
internal import Synchronization

/// A file that appears under its name whole, or not at all.
///
/// It is written beside its target, synchronised, and renamed by `commit`; without `commit` the target keeps what it had
/// and nothing is left behind. Until then it has no name at all, so that nothing is left of a process that is killed;
/// only where the file system knows no such files it has a hidden one, `.tenure-….tmp`. A link is followed, and what it
/// points to is replaced. A device or a pipe (`/dev/stdout`) cannot be renamed over, so it is written to directly.
public struct AtomicFile: ~Copyable {
    private static let serial = Atomic<UInt64>(0)

    private let target: String
    /// Nil for a device, before the file has a name, and once it is in place.
    private var temporary: String?
    private var output: OutputFile

    /// Opens a file to become `path`. `mode` is before the process's umask.
    public init(path: String, mode: UInt32 = 0o644) throws(FileError) {
        let kind = Files.kind(of: path)
        guard kind != .directory else { throw FileError(path: path, operation: "write", code: EISDIR) }
        let target = AtomicFile.resolved(path)
        // `/dev/stdout` may lead to a file, and is written to all the same; `/dev/shm` has nothing but files.
        let isDevice = kind == .other || path.hasPrefix("/dev/") && !path.hasPrefix("/dev/shm/")
        let name = AtomicFile.temporaryName(beside: target)
        output =
            if isDevice {
                try OutputFile(path: path, flags: O_WRONLY, mode: mode)
            } else {
                try OutputFile(newBeside: name, alias: path, mode: mode)
            }
        self.target = target
        temporary = !isDevice && output.isNamed ? name : nil
    }

    deinit {
        if let temporary { unsafe unlink(temporary) }
    }

    /// Writes the bytes of a buffer that the caller owns.
    public mutating func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
        try unsafe output.write(bytes)
    }

    /// Writes the bytes.
    public mutating func write(_ bytes: borrowing Span<UInt8>) throws(FileError) {
        try output.write(bytes)
    }

    /// Writes the bytes.
    public mutating func write(_ bytes: [UInt8]) throws(FileError) {
        try output.write(bytes)
    }

    /// Writes the text as UTF-8.
    public mutating func write(_ text: String) throws(FileError) {
        try output.write(text)
    }

    /// Puts the file in place: its bytes are on the disk before its name is, and its name before this returns.
    public consuming func commit() throws(FileError) {
        try output.synchronize()
        if !output.isNamed {
            let name = AtomicFile.temporaryName(beside: target)
            try output.link(as: name)
            temporary = name
        }
        guard let temporary else { return }
        guard unsafe rename(temporary, target) == 0 else {
            throw FileError(path: target, operation: "replace", code: errno)
        }
        self.temporary = nil
        try Files.synchronizeDirectory(of: target)
    }

    private static func resolved(_ path: String) -> String {
        guard let real = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(real) }
        return unsafe String(cString: real)
    }

    private static func temporaryName(beside target: String) -> String {
        let number = serial.add(1, ordering: .relaxed).newValue
        let nonce = UInt32.random(in: 0...UInt32.max)
        return Files.path(Files.parent(of: target), ".tenure-\(getpid())-\(number)-\(String(nonce, radix: 36)).tmp")
    }
}
