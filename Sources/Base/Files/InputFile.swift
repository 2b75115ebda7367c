internal import Glibc

/// A file that is read from its beginning to its end, a window at a time.
public struct InputFile: ~Copyable {
    private let descriptor: Descriptor
    /// Its size in bytes when it was opened.
    public let size: Int

    /// Opens a regular file.
    public init(path: String) throws(FileError) {
        let descriptor = try Descriptor(path: path, flags: O_RDONLY | O_NONBLOCK)
        let status = try descriptor.status()
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw FileError(path: path, operation: "read", reason: "it is no regular file")
        }
        size = Int(status.st_size)
        self.descriptor = descriptor
    }

    /// Goes to a byte, counted from the beginning.
    func skip(to place: Int) throws(FileError) { try descriptor.seek(to: place) }

    /// Fills the window from `start` on, and says how many bytes came; 0 is the end of the file.
    public func read(into window: inout [UInt8], from start: Int) throws(FileError) -> Int {
        var span = window.mutableSpan
        return try unsafe span.withUnsafeMutableBytes { (buffer) throws(FileError) in
            try unsafe descriptor.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[start...]))
        }
    }
}

extension Files {
    /// What stands in a file from a byte on, refused where that is more than `limit` bytes.
    public static func end(of path: String, from start: Int, limit: Int) throws(FileError) -> [UInt8] {
        let file = try InputFile(path: path)
        guard start <= file.size else { return [] }
        guard file.size - start <= limit else {
            throw FileError(path: path, operation: "read", reason: "there are more than \(limit) bytes behind \(start)")
        }
        try file.skip(to: start)
        var bytes = [UInt8](repeating: 0, count: file.size - start)
        var filled = 0
        while filled < bytes.count {
            let count = try file.read(into: &bytes, from: filled)
            if count == 0 { break }
            filled += count
        }
        return Array(bytes[..<filled])
    }
}
