public import Chronology
import Files
import YAML

/// What came of reading a directory of documents.
public struct LoadedPolicies: Sendable {
    /// The documents, or nil where there is an error.
    public let policies: PolicySet?

    /// All that is wrong or worth a second look, by place.
    public let diagnostics: [Diagnostic]

    /// Whether the documents cannot be used.
    public var hasErrors: Bool { policies == nil }
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
    public static func load(_ path: String, asOf: Instant) -> LoadedPolicies {
        var finder = DocumentFinder()
        finder.find(path)
        return load(finder.files, found: finder.diagnostics, in: path, asOf: asOf)
    }

    /// Checks documents that are in memory already: paths for diagnostics, and bytes.
    public static func load(files: [(path: String, bytes: [UInt8])], asOf: Instant) -> LoadedPolicies {
        load(files, found: [], in: files.first?.path ?? "policies", asOf: asOf)
    }

    private static func load(
        _ files: [(path: String, bytes: [UInt8])], found: [Diagnostic], in path: String, asOf: Instant
    ) -> LoadedPolicies {
        var collection = DocumentCollection(asOf: asOf)
        for file in files { collection.read(file.path, file.bytes) }
        let whole = SourceLocation(file: path, line: 0, column: 0)
        collection.checkTogether(whole)
        var diagnostics = found + collection.diagnostics
        if collection.isEmpty, diagnostics.isEmpty {
            diagnostics.append(
                Diagnostic(
                    .error, "no-documents", at: whole, "there are no policy documents",
                    hint: "put *.yaml files there (`tenure init` writes a first set), or name another directory"))
        }
        guard !diagnostics.contains(where: { $0.level == .error }) else {
            return LoadedPolicies(policies: nil, diagnostics: unique(diagnostics))
        }
        guard let digest = CanonicalForm.digest(of: collection.documents) else {
            diagnostics.append(
                Diagnostic(
                    .error, "no-digest", at: whole, "the digest of the documents cannot be computed",
                    hint: "check that OpenSSL's libcrypto provides SHA-256"))
            return LoadedPolicies(policies: nil, diagnostics: unique(diagnostics))
        }
        return LoadedPolicies(policies: collection.policySet(digest: digest), diagnostics: unique(diagnostics))
    }

    private static func unique(_ diagnostics: [Diagnostic]) -> [Diagnostic] { Set(diagnostics).sorted() }
}

/// Finds the files of a policy directory, in the order of their names.
private struct DocumentFinder {
    private(set) var files: [(path: String, bytes: [UInt8])] = []
    private(set) var diagnostics: [Diagnostic] = []

    private static let mostBytes = YAML.Limits().bytes
    private static let deepest = 8

    mutating func find(_ path: String) {
        switch Files.kind(of: path) {
        case .file: read(path)
        case .directory: list(path, depth: 0)
        case .other: report(FileError(path: path, operation: "read", reason: "it is neither a file nor a directory"))
        case nil:
            report(
                FileError(
                    path: path, operation: "open", reason: "there is no such file or directory",
                    hint: "name the directory of policies with --policies DIR, or run `tenure init`"))
        }
    }

    private mutating func list(_ directory: String, depth: Int) {
        let names: [String]
        do throws(FileError) {
            names = try Files.list(directory)
        } catch {
            report(error)
            return
        }
        for name in names where !name.hasPrefix(".") {
            let path = Files.path(directory, name)
            switch Files.kind(of: path) {
            case .directory where depth < Self.deepest: list(path, depth: depth + 1)
            case .file where Self.isYAML(name): read(path)
            case .directory:
                report(
                    FileError(
                        path: path, operation: "list", reason: "it lies more than \(Self.deepest) directories deep"))
            case .other where Self.isYAML(name):
                report(FileError(path: path, operation: "read", reason: "it is neither a file nor a directory"))
            case nil where Self.isYAML(name): read(path)
            default: break
            }
        }
    }

    private static func isYAML(_ name: String) -> Bool {
        [".yaml", ".yml"].contains(where: name.lowercased().hasSuffix)
    }

    private mutating func read(_ path: String) {
        do throws(FileError) {
            files.append((path, try Files.read(path, limit: Self.mostBytes)))
        } catch {
            report(error)
        }
    }

    private mutating func report(_ error: FileError) {
        let location = SourceLocation(file: error.path, line: 0, column: 0)
        diagnostics.append(
            Diagnostic(
                .error, "unreadable", at: location, "cannot \(error.operation): \(error.reason)", hint: error.hint))
    }
}
