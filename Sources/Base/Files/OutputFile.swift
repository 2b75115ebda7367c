internal import Glibc

/// A buffered writer over one file, created or emptied when it opens.
///
/// What is still in the buffer when the value ends without `close` is lost: only `close` says that all was written.
public struct OutputFile: ~Copyable {
    private static let capacity = 256 << 10

    private let descriptor: Descriptor
    private var buffer: [UInt8] = []

    /// Creates the file, or empties the one that is there. `mode` is before the process's umask.
    public init(path: String, mode: UInt32 = 0o644) throws(FileError) {
        try self.init(path: path, flags: O_WRONLY | O_CREAT | O_TRUNC, mode: mode)
    }

    init(path: String, alias: String? = nil, flags: Int32, mode: UInt32) throws(FileError) {
        descriptor = try Descriptor(path: path, alias: alias, flags: flags, mode: mode)
        buffer.reserveCapacity(OutputFile.capacity)
    }

    /// Creates a file without a name where one of this name would be, or one of this name where that cannot be.
    init(newBeside name: String, alias: String, mode: UInt32) throws(FileError) {
        descriptor = try Descriptor(newBeside: name, alias: alias, mode: mode)
        buffer.reserveCapacity(OutputFile.capacity)
    }

    /// Whether the file has a name.
    var isNamed: Bool { descriptor.isNamed }

    /// Gives a file without a name this one, which is not taken.
    func link(as name: String) throws(FileError) { try descriptor.link(as: name) }

    /// Writes the bytes of a buffer that the caller owns.
    public mutating func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
        if buffer.count + bytes.count > OutputFile.capacity { try flush() }
        if bytes.count >= OutputFile.capacity {
            try unsafe descriptor.write(bytes)
        } else {
            unsafe buffer.append(contentsOf: bytes)
        }
    }

    /// Writes the bytes.
    public mutating func write(_ bytes: borrowing Span<UInt8>) throws(FileError) {
        try unsafe bytes.withUnsafeBytes { (raw) throws(FileError) in try unsafe write(raw) }
    }

    /// Writes the bytes.
    public mutating func write(_ bytes: [UInt8]) throws(FileError) {
        try write(bytes.span)
    }

    /// Writes the text as UTF-8.
    public mutating func write(_ text: String) throws(FileError) {
        try write(text.utf8.span)
    }

    /// Hands everything written so far to the system.
    public mutating func flush() throws(FileError) {
        try unsafe buffer.span.withUnsafeBytes { (raw) throws(FileError) in try unsafe descriptor.write(raw) }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Hands everything to the system and waits until it is on the disk.
    mutating func synchronize() throws(FileError) {
        try flush()
        try descriptor.synchronize()
    }

    /// Writes what is left and closes the file.
    public consuming func close() throws(FileError) {
        try flush()
    }
}
