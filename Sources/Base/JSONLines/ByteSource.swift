internal import CZlib
internal import Glibc

/// The bytes of one file, expanded where the file is gzip, in as many pieces as the caller asks for.
final class ByteSource {
    private let descriptor: Int32
    private var inflater: Inflater?
    /// Set when the end was reached; what follows the end is nothing.
    private var ended = false

    init(path: String, limits: JSONLimits) throws(JSONDefect) {
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .unreadable(systemError()) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw .unreadable("not a regular file")
        }
        var magic: (UInt8, UInt8) = (0, 0)
        let peeked = unsafe pread(descriptor, &magic, 2, 0)
        let isGzip = peeked == 2 && magic == (0x1F, 0x8B)
        guard isGzip || !path.hasSuffix(".gz") else { throw .compression }
        if isGzip { inflater = try Inflater(limits: limits) }
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Fills what it can, and returns how many bytes; 0 is the end.
    @unsafe
    func read(into space: UnsafeMutableBufferPointer<UInt8>) throws(JSONDefect) -> Int {
        guard !ended, space.count > 0 else { return 0 }
        let count =
            if let inflater {
                unsafe try inflater.read(into: space, from: descriptor)
            } else {
                unsafe try readFully(descriptor, space)
            }
        if count == 0 { ended = true }
        return count
    }
}

/// One read that is repeated when a signal interrupts it.
@unsafe
private func readFully(_ descriptor: Int32, _ space: UnsafeMutableBufferPointer<UInt8>) throws(JSONDefect) -> Int {
    while true {
        let count = unsafe read(descriptor, space.baseAddress, space.count)
        if count >= 0 { return count }
        guard errno == EINTR else { throw .unreadable(systemError()) }
    }
}

private func systemError() -> String { unsafe String(cString: strerror(errno)) }

/// zlib over a file of one gzip member or several.
///
/// zlib's state has one owner and does not move; it is used by whoever holds the source, one thread at a time.
@safe
private final class Inflater {
    private let stream: UnsafeMutablePointer<z_stream>
    private let input: UnsafeMutableBufferPointer<UInt8>
    private let limits: JSONLimits
    private var consumed = 0
    private var produced = 0
    /// Between members, where the file may end.
    private var betweenMembers = false
    /// What went wrong after what was already given.
    private var failure: JSONDefect?

    init(limits: JSONLimits) throws(JSONDefect) {
        self.limits = limits
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        unsafe input = .allocate(capacity: 1 << 17)
        guard unsafe czlib_inflate_gzip(stream) == Z_OK else { throw .memory }
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
        unsafe input.deallocate()
    }

    @unsafe
    func read(into space: UnsafeMutableBufferPointer<UInt8>, from descriptor: Int32) throws(JSONDefect) -> Int {
        if let failure { throw failure }
        let room = min(space.count, Int(UInt32.max))
        unsafe stream.pointee.next_out = space.baseAddress
        unsafe stream.pointee.avail_out = UInt32(room)
        do throws(JSONDefect) {
            while unsafe stream.pointee.avail_out > 0, try expand(descriptor) {}
        } catch {
            failure = error
        }
        let count = room - Int(unsafe stream.pointee.avail_out)
        produced += count
        if produced > limits.unquestionedExpansion, produced / limits.expansionRatio > consumed { throw .bomb }
        if count == 0, let failure { throw failure }
        return count
    }

    /// One step. False at the end.
    private func expand(_ descriptor: Int32) throws(JSONDefect) -> Bool {
        if unsafe stream.pointee.avail_in == 0 {
            let count = unsafe try readFully(descriptor, input)
            guard count > 0 else {
                if betweenMembers { return false }
                throw .compression
            }
            consumed += count
            unsafe stream.pointee.next_in = input.baseAddress
            unsafe stream.pointee.avail_in = UInt32(count)
        }
        if betweenMembers {
            unsafe inflateReset(stream)
            betweenMembers = false
        }
        switch unsafe inflate(stream, Z_NO_FLUSH) {
        case Z_OK, Z_BUF_ERROR: return true
        case Z_STREAM_END:
            betweenMembers = true
            return true
        case Z_MEM_ERROR: throw .memory
        default: throw .compression
        }
    }
}
