public import Chronology
import Files

/// What came of reading a directory of documents.
public struct LoadedPolicies: Sendable {
    /// The documents, or nil where there is an error.
    public let policies: PolicySet?

    /// All that is wrong or worth a second look, by place.
    public let diagnostics: [Diagnostic]

    /// The tests of the documents, sorted by name; empty where there is an error. They are no part of `policies`.
    public let tests: [PolicyTest]

    /// Documents that are not there, and about which nothing is wrong.
    public static var none: LoadedPolicies { LoadedPolicies() }

    /// Whether nobody can tell by the documents what is held: they cannot be used, and what is wrong is the register of
    /// holds, one of its holds, or that there is none of them where they can be read.
    public private(set) var hidesHolds = false

    /// Whether the documents cannot be used.
    public var hasErrors: Bool { policies == nil }

    /// What `policies` was made from; none where there is an error.
    let documents: [Document]

    private init() {
        policies = PolicySet()
        diagnostics = []
        tests = []
        documents = []
    }

    /// Documents that cannot be used.
    init(_ diagnostics: [Diagnostic], hidesHolds: Bool = false) {
        policies = nil
        self.hidesHolds = hidesHolds
        self.diagnostics = diagnostics
        tests = []
        documents = []
    }

    /// Documents with nothing wrong in them.
    init(
        _ collection: DocumentCollection, digest: String, holdsDigest: String, rulesDigest: String,
        _ diagnostics: [Diagnostic]
    ) {
        var set = collection.policySet(digest: digest)
        set.holdsDigest = holdsDigest
        set.rulesDigest = rulesDigest
        policies = set
        self.diagnostics = diagnostics
        tests = collection.tests.sorted { $0.name < $1.name }
        documents = collection.documents
    }

    /// The documents for another instant than that at which they were loaded; nil where there is an error.
    ///
    /// `age` counts from an instant that is compiled into expressions, so those that call it are compiled anew.
    public func policies(asOf: Instant) -> PolicySet? {
        guard var set = policies else { return nil }
        guard set.asOf != asOf else { return set }
        guard set.expressions.contains(where: \.program.callsAge) else {
            set.asOf = asOf
            return set
        }
        var renewed = DocumentCollection(documents, asOf: asOf).policySet(digest: set.digest)
        renewed.holdsDigest = set.holdsDigest
        renewed.rulesDigest = set.rulesDigest
        return renewed
    }

    /// The documents that take part in a test, at its instant, where none of them counts from an instant that is
    /// compiled in; else, and where there is an error, nil: `policies(asOf:)` makes them for several tests at once.
    package func timelessPolicies(of test: PolicyTest) -> PolicySet? {
        guard var set = policies?.restricted(to: test) else { return nil }
        guard !set.expressions.contains(where: \.program.callsAge) else { return nil }
        set.asOf = test.asOf
        return set
    }
}

/// Reads documents from a directory of YAML files.
public enum PolicyLoader {
    /// Reads every `.yaml` and `.yml` file of a directory and of the directories in it, or one file.
    ///
    /// Hidden entries are left out. One run finds all problems of all files, and their order means nothing.
    ///
    /// - Parameters:
    ///   - path: a directory, or a file.
    ///   - asOf: the run's as-of instant, from which `age` counts in expressions.
    ///   - lockAnchor: a lock that is trusted and kept elsewhere, which that of the documents must follow.
    ///   - lockAge: of what time the documents' lock may be, beside the trusted one.
    public static func load(
        _ path: String, asOf: Instant, lockAnchor: String? = defaultLockAnchor, lockAge: LockAge = .current
    ) -> LoadedPolicies {
        var finder = DocumentFinder()
        finder.find(path)
        return load(
            finder.files, found: finder.diagnostics, in: path, asOf: asOf, lockAnchor: lockAnchor, lockAge: lockAge)
    }

    /// The path of the lock that the user trusts, as the variable TENURE_LOCK_ANCHOR names it; nil for none.
    public static var defaultLockAnchor: String? { Environment.variable("TENURE_LOCK_ANCHOR") }

    /// The documents alone, whatever is locked.
    static func collect(_ path: String, asOf: Instant) -> (documents: DocumentCollection, problems: [Diagnostic]) {
        var finder = DocumentFinder()
        finder.find(path)
        var collection = DocumentCollection(asOf: asOf)
        for file in finder.files where !PolicyLock.isLock(file.path) { collection.read(file.path, file.bytes) }
        collection.checkTogether(SourceLocation(file: path, line: 0, column: 0))
        return (collection, finder.diagnostics + collection.diagnostics)
    }

    /// Whether a file of this name, with the directories before it or without, holds documents, or their lock.
    public static func isRead(_ name: String) -> Bool { DocumentFinder.isRead(name) }

    /// Checks documents that are in memory already: paths for diagnostics, and bytes. A lock among them is checked too.
    public static func load(files: [(path: String, bytes: [UInt8])], asOf: Instant) -> LoadedPolicies {
        load(
            files, found: [], in: files.first?.path ?? "policies", asOf: asOf, lockAnchor: nil, lockAge: .current)
    }

    /// Checks documents that are in memory already, of which some could not be read: their paths, and why. Their lock
    /// is held to the trusted one, as that of a directory is.
    public static func load(
        files: [(path: String, bytes: [UInt8])], unreadable: [(path: String, reason: String)], in path: String,
        asOf: Instant, lockAnchor: String? = defaultLockAnchor, lockAge: LockAge = .current
    ) -> LoadedPolicies {
        let found = unreadable.map { path, reason in
            Diagnostic(
                .error, "unreadable", at: SourceLocation(file: path, line: 0, column: 0), "cannot read: \(reason)")
        }
        return load(files, found: found, in: path, asOf: asOf, lockAnchor: lockAnchor, lockAge: lockAge)
    }

    private static func load(
        _ files: [(path: String, bytes: [UInt8])], found: [Diagnostic], in path: String, asOf: Instant,
        lockAnchor: String?, lockAge: LockAge
    ) -> LoadedPolicies {
        var collection = DocumentCollection(asOf: asOf)
        for file in files where !PolicyLock.isLock(file.path) { collection.read(file.path, file.bytes) }
        let whole = SourceLocation(file: path, line: 0, column: 0)
        collection.checkTogether(whole)
        var diagnostics = found + collection.diagnostics
        diagnostics += collection.lockDiagnostics(
            files.filter { PolicyLock.isLock($0.path) }, anchor: lockAnchor, lockAge, whole)
        if collection.isEmpty, diagnostics.isEmpty {
            diagnostics.append(
                Diagnostic(
                    .error, "no-documents", at: whole, "there are no policy documents",
                    hint: "put *.yaml files there (`tenure init` writes a first set), or name another directory"))
        }
        guard !diagnostics.contains(where: { $0.level == .error }) else {
            let hidesHolds = !files.isEmpty && collection.hidesHolds(diagnostics)
            return LoadedPolicies(unique(diagnostics), hidesHolds: hidesHolds)
        }
        let isOfHolds = { (document: Document) in document.kind == .legalHold || document.kind == .holdRegister }
        guard let digest = CanonicalForm.digest(of: collection.documents),
            let holdsDigest = CanonicalForm.digest(of: collection.documents.filter(isOfHolds)),
            let rulesDigest = CanonicalForm.digest(of: collection.documents.filter { !isOfHolds($0) })
        else {
            diagnostics.append(
                Diagnostic(
                    .error, "no-digest", at: whole, "the digest of the documents cannot be computed",
                    hint: "check that OpenSSL's libcrypto provides SHA-256"))
            return LoadedPolicies(unique(diagnostics))
        }
        return LoadedPolicies(
            collection, digest: digest, holdsDigest: holdsDigest, rulesDigest: rulesDigest, unique(diagnostics))
    }

    private static func unique(_ diagnostics: [Diagnostic]) -> [Diagnostic] { Set(diagnostics).sorted() }
}
