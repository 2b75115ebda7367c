public import Chronology
import Files
internal import Synchronization

/// A directory of documents that is read again and again, as one is before each deletion.
///
/// Each reading reads every file, and checks the documents only where a byte is another than at the last reading. It
/// keeps those bytes and what was made of them.
public final class StandingPolicies: Sendable {
    private struct Reading {
        let files: [(path: String, bytes: [UInt8])]
        let trustedLock: [UInt8]?
        let policies: PolicySet?

        func isOf(_ files: [(path: String, bytes: [UInt8])], _ trustedLock: [UInt8]?) -> Bool {
            self.trustedLock == trustedLock && self.files.elementsEqual(files, by: ==)
        }
    }

    private let path: String
    private let asOf: Instant
    private let lockAnchor: String?
    private let last = Mutex<Reading?>(nil)

    /// Reads nothing yet.
    ///
    /// - Parameters:
    ///   - path: a directory, or a file.
    ///   - asOf: the run's as-of instant, from which `age` counts in expressions.
    ///   - lockAnchor: a lock that is trusted and kept elsewhere, which that of the documents must follow.
    public init(_ path: String, asOf: Instant, lockAnchor: String? = PolicyLoader.defaultLockAnchor) {
        (self.path, self.asOf, self.lockAnchor) = (path, asOf, lockAnchor)
    }

    /// The documents as they are now; nil where there is an error, or where one cannot be read.
    public func current() -> PolicySet? {
        var finder = DocumentFinder()
        finder.find(path)
        guard finder.diagnostics.isEmpty else { return nil }
        let files = finder.files
        let trustedLock = lockAnchor.flatMap { try? Files.read($0, limit: DocumentFinder.mostBytes) }
        return last.withLock { last in
            if let last, last.isOf(files, trustedLock) { return last.policies }
            let policies = PolicyLoader.load(
                files: files, unreadable: [], in: path, asOf: asOf, lockAnchor: lockAnchor
            ).policies
            last = Reading(files: files, trustedLock: trustedLock, policies: policies)
            return policies
        }
    }
}
