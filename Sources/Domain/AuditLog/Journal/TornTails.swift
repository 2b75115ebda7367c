internal import Crypto
internal import Files

/// What writes that a crash tore left behind the last entry, each kept in a file beside the journal.
///
/// A file is `torn-<entry>-<digest>.pending` until an entry of the log tells of it, then the same without `.pending`.
struct TornTails {
    struct Tail {
        /// The entry that it was to become.
        let entry: Int
        /// SHA-256 in hexadecimal.
        let digest: String
        /// How many bytes.
        let count: Int
        /// Whether the log tells of it already.
        var isRecorded = false

        var name: String { "torn-\(entry)-\(digest)" }
    }

    private static let suffix = ".pending"
    /// No crash tears more than a buffer; damage may.
    private static let largest = 64 << 20

    private let layout: LogLayout
    /// What the log may not tell of yet.
    private(set) var pending: [Tail] = []

    /// Looks for what an earlier repair began.
    init(_ layout: LogLayout) throws(AuditError) {
        self.layout = layout
        for name in try system({ () throws(FileError) in try Files.list(layout.directory) }) {
            let parts = name.split(separator: "-", omittingEmptySubsequences: false)
            guard parts.count == 3, parts[0] == "torn", name.hasSuffix(Self.suffix), let entry = wholeNumber(parts[1])
            else {
                continue
            }
            let path = Files.path(layout.directory, name)
            let bytes = try system { () throws(FileError) in try Files.read(path, limit: Self.largest) }
            let digest = String(parts[2].dropLast(Self.suffix.count))
            pending.append(Tail(entry: entry, digest: digest, count: bytes.count))
        }
    }

    /// Sees an entry, which may tell of one of them.
    mutating func note(_ index: Int, _ entry: Span<UInt8>) {
        for place in pending.indices where index >= pending[place].entry && !pending[place].isRecorded {
            pending[place].isRecorded = Self.contains(Array(pending[place].digest.utf8), entry)
        }
    }

    /// Keeps what stands in a segment from there on.
    mutating func keep(segment: Int, from start: Int, entry: Int) throws(AuditError) {
        let path = layout.segment(segment)
        let bytes = try system { () throws(FileError) in try Files.end(of: path, from: start, limit: Self.largest) }
        let digest = try crypto { () throws(CryptoError) in try SHA256.digest(bytes).hex }
        let tail = Tail(entry: entry, digest: digest, count: bytes.count)
        try layout.write(bytes, to: Files.path(layout.directory, tail.name + Self.suffix), mode: 0o600)
        if !pending.contains(where: { $0.name == tail.name }) { pending.append(tail) }
    }

    /// Marks them as told of.
    func settle() throws(AuditError) {
        for tail in pending {
            let path = Files.path(layout.directory, tail.name)
            try system { () throws(FileError) in try Files.rename(path + Self.suffix, to: path) }
        }
    }

    private static func contains(_ needle: [UInt8], _ bytes: Span<UInt8>) -> Bool {
        guard bytes.count >= needle.count else { return false }
        return (0...bytes.count - needle.count).contains { start in
            needle.indices.allSatisfy { bytes[start + $0] == needle[$0] }
        }
    }
}
