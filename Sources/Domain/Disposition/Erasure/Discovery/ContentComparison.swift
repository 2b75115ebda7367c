internal import Evaluation
internal import Records

/// How far files were compared, to find those that stand a second time under another id.
///
/// - Source: hard case 39.
public struct ContentComparison: Sendable, Hashable {
    /// The metadata keys that have hashes, sorted.
    public let keys: [String]
    /// How many files a hash stands with, or with one of their entries in vector stores.
    public let compared: Int
    /// How many files no hash stands with.
    public let withoutHash: Int

    init(keys: [String], compared: Int, withoutHash: Int) {
        (self.keys, self.compared, self.withoutHash) = (keys, compared, withoutHash)
    }

    init(_ keys: [String], _ contents: SameContents, in result: ScanResult) {
        let kinds = result.inventory.kinds
        let files = kinds.indices.filter { kinds[$0] == .file || kinds[$0] == .containerFile }
        compared = files.count { file in
            contents.hasHash(file)
                || result.users(of: file).contains { kinds[$0] == .vectorStoreFile && contents.hasHash($0) }
        }
        withoutHash = files.count - compared
        self.keys = keys
    }

    /// For people, what was not looked for: whether a file stands a second time …
    var limit: String {
        let places = keys.map { "metadata.\($0)" }.joined(separator: ", ")
        guard compared > 0 else { return "under another id: no file was read that has a hash as \(places)" }
        guard withoutHash > 0 else {
            return "in other bytes: all that were read (\(compared)) were compared by \(places)"
        }
        return "under another id, where it has no hash as \(places): \(withoutHash) of those that were read; "
            + "the others (\(compared)) were compared by theirs"
    }
}
