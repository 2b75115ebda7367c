/// One entry of `git ls-tree -r -l -z`: `MODE TYPE OBJECT SIZE<tab>PATH`, ended by a zero byte.
struct GitTreeEntry {
    enum Kind { case file, link, submodule }

    let kind: Kind
    let object: String
    let size: Int
    let pathBytes: ArraySlice<UInt8>

    /// The path, where it is UTF-8.
    var path: String? { String(validating: pathBytes, as: UTF8.self) }

    static func isHexadecimal(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }

    static func all(_ listing: [UInt8]) throws(GitError) -> [GitTreeEntry] {
        var entries: [GitTreeEntry] = []
        for line in listing.split(separator: 0) {
            let head = line.prefix { $0 != UInt8(ascii: "\t") }
            let words = String(decoding: head, as: UTF8.self).split(separator: " ")
            guard words.count == 4, line.count > head.count, words[2].utf8.allSatisfy(isHexadecimal) else {
                throw GitError("git ls-tree gives a line that is no entry")
            }
            let kind: Kind? =
                switch (words[0], words[1]) {
                case ("120000", "blob"): .link
                case (_, "blob"): .file
                case (_, "commit"): .submodule
                default: nil
                }
            guard let kind else { throw GitError("git ls-tree gives a \(words[1]), which is no file") }
            entries.append(
                GitTreeEntry(
                    kind: kind, object: String(words[2]), size: Int(words[3]) ?? 0,
                    pathBytes: line.dropFirst(head.count + 1)))
        }
        return entries
    }
}
