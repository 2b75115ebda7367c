internal import Glibc
internal import Synchronization

/// A pipe of which each end is closed once.
final class Pipe {
    enum End: Int { case read, write }

    private var ends: [Int32]
    private var isOpen = [true, true]

    init(_ program: String) throws(ProcessError) {
        var ends: [Int32] = [-1, -1]
        let code = ChildProcess.spawning.withLock { _ -> Int32 in
            guard unsafe pipe(&ends) == 0 else { return errno }
            for end in ends where fcntl(end, F_SETFD, FD_CLOEXEC) != 0 { return errno }
            return 0
        }
        guard code == 0 else {
            throw ProcessError(program: program, reason: unsafe String(cString: strerror(code)))
        }
        self.ends = ends
    }

    deinit {
        close(.read)
        close(.write)
    }

    func end(_ end: End) -> Int32 { ends[end.rawValue] }

    func close(_ end: End) {
        guard isOpen[end.rawValue] else { return }
        isOpen[end.rawValue] = false
        _ = Glibc.close(ends[end.rawValue])
    }

    /// Writes all that the child will read, before there is a child: a reader exists, for this process has it open.
    func fill(_ input: [UInt8], _ program: String) throws(ProcessError) {
        guard input.count <= ChildProcess.mostInput else {
            throw ProcessError(program: program, reason: "its input is longer than a pipe holds")
        }
        var written = 0
        while written < input.count {
            let count = unsafe input[written...].withUnsafeBytes { bytes in
                unsafe write(end(.write), bytes.baseAddress, bytes.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw ProcessError(program: program, reason: unsafe String(cString: strerror(errno)))
            }
            written += count
        }
        close(.write)
    }
}

/// Takes in what a child writes to one of its streams.
struct Drain {
    private(set) var bytes: [UInt8] = []
    private let descriptor: Int32
    private let limit: Int
    /// Whether what is beyond the limit is read and forgotten; otherwise it ends the reading.
    private let keepsReading: Bool
    private var isOpen = true

    init(_ descriptor: Int32, limit: Int, keepsReading: Bool) {
        self.descriptor = descriptor
        self.limit = limit
        self.keepsReading = keepsReading
    }

    /// How a reading ended.
    enum End {
        case whole
        /// Of something, more came than its limit.
        case tooMuch
        /// The time was up.
        case tooLate
    }

    /// Reads both to their ends, whichever speaks.
    static func readBoth(_ first: inout Drain, _ second: inout Drain, until deadline: Deadline) -> End {
        while first.isOpen || second.isOpen {
            var polled = [
                pollfd(fd: first.isOpen ? first.descriptor : -1, events: Int16(POLLIN), revents: 0),
                pollfd(fd: second.isOpen ? second.descriptor : -1, events: Int16(POLLIN), revents: 0),
            ]
            let count = unsafe poll(&polled, 2, deadline.milliseconds)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return count == 0 ? .tooLate : .tooMuch }
            if polled[0].revents != 0, !first.read() { return .tooMuch }
            if polled[1].revents != 0, !second.read() { return .tooMuch }
        }
        return .whole
    }

    private mutating func read() -> Bool {
        var window = [UInt8](repeating: 0, count: 1 << 16)
        let count = unsafe window.withUnsafeMutableBytes { buffer in
            unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        }
        if count < 0 { return errno == EINTR }
        if count == 0 { isOpen = false }
        let room = limit - bytes.count
        bytes.append(contentsOf: window[..<min(count, room)])
        return count <= room || keepsReading
    }
}
