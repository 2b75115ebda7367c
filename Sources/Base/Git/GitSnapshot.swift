internal import Processes

/// The files under one path as a commit has them, read without touching the work tree.
public struct GitSnapshot: Sendable {
    /// The commit's full id.
    public let commit: String
    /// The path from the top of the repository; empty for the top itself.
    public let path: String
    /// Whether the commit has that path.
    public private(set) var exists = false
    /// The files, by path from the top of the repository.
    public private(set) var files: [(path: String, bytes: [UInt8])] = []
    /// What is no file that can be read, with the reason.
    public private(set) var gaps: [(path: String, reason: String)] = []

    /// The most that all files of a snapshot may have together, in bytes.
    public static let mostBytes = 64 << 20

    private static let mostPerCall = 300

    /// Reads a path as a branch, tag or commit has it.
    ///
    /// Hidden files are left out, and what `isWanted` does not want. Links are followed within the commit.
    /// - Parameters:
    ///   - directory: an existing directory inside the repository.
    ///   - name: an entry of the directory, or nil for the directory itself.
    ///   - isWanted: whether a file is of interest, by its name as the path at the top has it: `deep/b.yaml`.
    public init(
        of reference: String, in directory: String, name: String? = nil, isWanted: (String) -> Bool
    ) throws(GitError) {
        try Self.check(reference)
        let git = Git(directory: directory)
        guard var prefix = try git.line(["rev-parse", "--show-prefix"]) else {
            throw GitError(
                "\(directory) is in no git repository that may be read",
                hint: "name a directory instead of a revision, or see `git -C \(directory) status`")
        }
        let words = ["rev-parse", "--verify", "--quiet", "--end-of-options", "\(reference)^{commit}"]
        guard let commit = try git.line(words), Self.isId(commit) else {
            throw GitError(
                "\(reference) is neither a directory nor a revision of the repository of \(directory)",
                hint: "see `git branch --all` and `git tag`; a shallow clone lacks older commits")
        }
        self.commit = commit
        if let name { prefix += name }
        while prefix.hasSuffix("/") { prefix.removeLast() }
        path = prefix
        try read(git, isWanted)
    }

    /// Refuses what git would not take for a revision.
    private static func check(_ reference: String) throws(GitError) {
        guard !reference.isEmpty, !reference.hasPrefix("-"),
            !reference.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F })
        else {
            throw GitError("a revision is not empty, begins with no hyphen and holds no control character")
        }
    }

    private static func isId(_ text: String) -> Bool {
        (text.utf8.count == 40 || text.utf8.count == 64) && text.utf8.allSatisfy(GitTreeEntry.isHexadecimal)
    }

    private mutating func read(_ git: Git, _ isWanted: (String) -> Bool) throws(GitError) {
        let listing = try git.run(
            ["ls-tree", "-r", "-l", "-z", "--full-tree", commit] + (path.isEmpty ? [] : ["--", path]), limit: 32 << 20)
        guard listing.status == 0 else { throw Self.failure("ls-tree", listing) }
        let entries = try GitTreeEntry.all(listing.output)
        exists = path.isEmpty || !entries.isEmpty
        var wanted: [(path: String, object: String)] = []
        var size = 0
        for entry in entries {
            guard let path = entry.path else {
                gaps.append((String(decoding: entry.pathBytes, as: UTF8.self), "its name is not UTF-8"))
                continue
            }
            let inside = nameInside(path)
            guard !inside.split(separator: "/").contains(where: { $0.hasPrefix(".") }) else { continue }
            switch entry.kind {
            case .file where isWanted(inside):
                size += entry.size
                wanted.append((path, entry.object))
            case .link: try follow(path, isWanted(inside), git, &wanted, &size)
            case .submodule: gaps.append((path, "it is a submodule, of which the repository has no files"))
            case .file: break
            }
        }
        guard size <= Self.mostBytes else {
            throw GitError("the files under \(path) have more than \(Self.mostBytes) bytes together")
        }
        for start in stride(from: 0, to: wanted.count, by: Self.mostPerCall) {
            try readObjects(wanted[start..<min(start + Self.mostPerCall, wanted.count)], git)
        }
        files.sort { $0.path < $1.path }
        gaps.sort { $0.path < $1.path }
    }

    /// What the path at the top calls a file in it. Sizes are in bytes: a letter may have several.
    private func nameInside(_ path: String) -> String {
        let above = self.path.isEmpty ? "" : self.path + "/"
        let name = path.utf8.dropFirst(above.utf8.count)
        guard path.utf8.starts(with: above.utf8) else { return String(path.split(separator: "/").last ?? path[...]) }
        return String(decoding: name, as: UTF8.self)
    }

    /// Finds what a link leads to. One that leads to a directory, out of the commit or nowhere is a gap.
    private mutating func follow(
        _ path: String, _ isWanted: Bool, _ git: Git, _ wanted: inout [(path: String, object: String)],
        _ size: inout Int
    ) throws(GitError) {
        guard !path.utf8.contains(UInt8(ascii: "\n")) else {
            gaps.append((path, "a link whose name has a line break cannot be followed"))
            return
        }
        let outcome = try git.run(
            ["cat-file", "--batch-check", "--follow-symlinks"], input: Array("\(commit):\(path)\n".utf8))
        let line = String(decoding: outcome.output.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        let words = line.split(separator: " ")
        if outcome.status == 0, words.count == 3, words[1] == "blob", let bytes = Int(words[2]) {
            guard isWanted else { return }
            size += bytes
            wanted.append((path, String(words[0])))
        } else if words.count == 3, words[1] == "tree" {
            gaps.append((path, "a link to a directory is not followed in a revision"))
        } else {
            gaps.append((path, "the link leads nowhere in the revision"))
        }
    }

    private mutating func readObjects(_ wanted: ArraySlice<(path: String, object: String)>, _ git: Git) throws(GitError)
    {
        let input = wanted.map { "\($0.object)\n" }.joined()
        let outcome = try git.run(
            ["cat-file", "--batch"], input: Array(input.utf8), limit: Self.mostBytes + wanted.count * 128)
        guard outcome.status == 0 else { throw Self.failure("cat-file", outcome) }
        var rest = outcome.output[...]
        for (path, object) in wanted {
            let line = rest.prefix { $0 != UInt8(ascii: "\n") }
            let words = String(decoding: line, as: UTF8.self).split(separator: " ")
            guard words.count == 3, words[0] == object, words[1] == "blob", let size = Int(words[2]), size >= 0,
                rest.count >= line.count + size + 2
            else { throw GitError("git cat-file does not give \(path), which the revision lists") }
            let content = rest.dropFirst(line.count + 1).prefix(size)
            files.append((path, Array(content)))
            rest = rest.dropFirst(line.count + size + 2)
        }
    }

    private static func failure(_ command: String, _ outcome: ChildProcess.Outcome) -> GitError {
        let line = outcome.errors.prefix { $0 != UInt8(ascii: "\n") }
        return GitError("git \(command) ended with \(outcome.status): \(String(decoding: line, as: UTF8.self))")
    }
}
