internal import Glibc

/// A file that one process at a time holds. Whatever ends the process lets go of it.
///
/// The file stays when it is let go: to remove it would let two hold two files of one name.
public final class FileLock: Sendable {
    private let descriptor: Int32

    /// Takes the file, which is made where it is absent, and writes into it who does, for those who come too late.
    ///
    /// - Throws: a reason that says who holds it, in that holder's words.
    public init(path: String, holder: String) throws(FileError) {
        let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        let opened = unsafe open(path, flags, 0o600)
        guard opened >= 0 else { throw FileError(path: path, operation: "lock", code: errno) }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(opened)
            guard code == EWOULDBLOCK else { throw FileError(path: path, operation: "lock", code: code) }
            let other = (try? Files.read(path, limit: FileLock.mostBytes)).map { String(decoding: $0, as: UTF8.self) }
            let name = other.flatMap { $0.isEmpty ? nil : $0 } ?? "another process"
            throw FileError(
                path: path, operation: "lock", reason: "\(name) holds it", hint: "wait until that has ended")
        }
        descriptor = opened
        let bytes = Array(holder.utf8.prefix(FileLock.mostBytes))
        guard ftruncate(opened, 0) == 0, unsafe write(opened, bytes, bytes.count) == bytes.count else {
            // Only who comes too late would miss it.
            return
        }
    }

    deinit {
        // A process that is being started holds copies of all descriptors for a moment, and with them the lock.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    private static let mostBytes = 1000

    /// What names this process for people: its number, and the machine that it runs on.
    public static var thisProcess: String {
        var name = [CChar](repeating: 0, count: 256)
        let isNamed = unsafe gethostname(&name, name.count - 1) == 0
        let host = isNamed ? String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) : ""
        return "process \(getpid())" + (host.isEmpty ? "" : " on \(host)")
    }
}
