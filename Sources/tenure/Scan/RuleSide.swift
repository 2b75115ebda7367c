internal import Chronology
internal import Files
internal import Git
internal import Policies
internal import Reports

/// One side of a comparison: its documents, and where they are from.
struct RuleSide {
    let loaded: LoadedPolicies
    private let name: String
    private let revision: String?

    /// The documents of a directory, or of one file, that are to come into force.
    init(directory: String, asOf: Instant) {
        self.init(name: directory, revision: nil, PolicyLoader.load(directory, asOf: asOf))
    }

    private init(name: String, revision: String?, _ loaded: LoadedPolicies) {
        self.name = name
        self.revision = revision
        self.loaded = loaded
    }

    /// The documents of a directory or file or, where there is none of that name, of a revision of the repository that
    /// holds `path`. A revision that does not have that path has no documents. Whatever their lock, it may be older than
    /// the trusted one: they are compared with, and govern nothing.
    init(_ name: String, besides path: String, asOf: Instant) throws(Failure) {
        guard Files.kind(of: name) == nil else {
            self.init(name: name, revision: nil, PolicyLoader.load(name, asOf: asOf, lockAge: .earlier))
            return
        }
        let isDirectory = Files.kind(of: path) == .directory
        let file = isDirectory ? nil : path.split(separator: "/").last.map(String.init)
        let snapshot: GitSnapshot
        do throws(GitError) {
            snapshot = try GitSnapshot(
                of: name, in: isDirectory ? path : Files.parent(of: path), name: file,
                isWanted: PolicyLoader.isRead)
        } catch {
            throw .usage("diff: --against \(name): \(error)")
        }
        // As compilers print places: the revision, then the path from the top of the repository.
        let loaded = PolicyLoader.load(
            files: snapshot.files.map { ("\(name):\($0.path)", $0.bytes) },
            unreadable: snapshot.gaps.map { ("\(name):\($0.path)", $0.reason) },
            in: "\(name):\(snapshot.path)", asOf: asOf, lockAge: .earlier)
        self.init(name: name, revision: snapshot.commit, snapshot.exists ? loaded : .none)
    }

    /// The documents, which must be without an error.
    ///
    /// What is worth a second look is said of those that are to come into force; of the others only what bears upon the
    /// comparison.
    func rules(_ console: Console, areNew: Bool) throws(Failure) -> PolicySet {
        guard let policies = loaded.policies else {
            throw .unusable("the policies of \(name)", loaded.diagnostics)
        }
        for diagnostic in loaded.diagnostics where areNew ? diagnostic.level != .info : diagnostic.code == "unlocked" {
            console.note(diagnostic.description)
        }
        return policies
    }

    /// How reports name it.
    var reported: DifferenceReport.Side {
        DifferenceReport.Side(name: name, revision: revision, digest: loaded.policies?.digest ?? "")
    }
}
