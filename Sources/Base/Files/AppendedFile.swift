internal import Glibc

/// A file that only grows, and of which one can say what is on the disk.
///
/// After any call that throws, nobody knows how much of the file is on the disk: a system may forget what it could not
/// write. Who must know closes it and reads it again.
public struct AppendedFile: ~Copyable {
    private let descriptor: Descriptor
    /// Its size in bytes.
    public private(set) var size: Int

    /// Opens a file that exists.
    public init(path: String) throws(FileError) {
        let descriptor = try Descriptor(path: path, flags: O_WRONLY | O_APPEND)
        size = Int(try descriptor.status().st_size)
        self.descriptor = descriptor
    }

    /// Makes a file, which does not exist yet; its name is on the disk before this returns. `mode` is before the
    /// process's umask.
    public init(new path: String, mode: UInt32) throws(FileError) {
        let descriptor = try Descriptor(path: path, flags: O_WRONLY | O_APPEND | O_CREAT | O_EXCL, mode: mode)
        try Files.synchronizeDirectory(of: path)
        self.descriptor = descriptor
        size = 0
    }

    /// Adds bytes at its end.
    public mutating func append(_ bytes: borrowing Span<UInt8>) throws(FileError) {
        try unsafe bytes.withUnsafeBytes { (raw) throws(FileError) in try unsafe descriptor.write(raw) }
        size += bytes.count
    }

    /// Cuts off what lies behind so many bytes.
    public mutating func cut(to size: Int) throws(FileError) {
        try descriptor.cut(to: size)
        self.size = size
    }

    /// Waits until its bytes and its size are on the disk.
    public func synchronize() throws(FileError) { try descriptor.synchronizeData() }
}
