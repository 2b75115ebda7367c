import Files
import YAML

/// Finds the files of a policy directory, in the order of their names.
///
/// Whatever is or may be a document and cannot be read is an error: a hold could be in it.
struct DocumentFinder {
    private(set) var files: [(path: String, bytes: [UInt8])] = []
    private(set) var diagnostics: [Diagnostic] = []

    static let mostBytes = YAML.Limits().bytes

    /// Reads a directory or a file, and the locks in the directories above it.
    mutating func find(_ path: String) {
        findDocuments(path)
        for lock in LockPlaces(above: path).paths { read(lock) }
    }

    private mutating func findDocuments(_ path: String) {
        do throws(FileError) {
            switch try Files.inspect(path) {
            case .file: read(path)
            case .directory: list(path)
            case .other:
                report(FileError(path: path, operation: "read", reason: "it is neither a file nor a directory"))
            }
        } catch {
            guard error.isAbsent else { return report(error) }
            report(
                FileError(
                    path: path, operation: "open", reason: "there is no such file or directory",
                    hint: "name the directory of policies with --policies DIR, or run `tenure init`"))
        }
    }

    private mutating func list(_ directory: String) {
        do throws(FileError) {
            let tree = try FileTree(directory)
            for file in tree.files where Self.isRead(file.name) { read(file.path) }
            for gap in tree.gaps where gap.mayHoldFiles || Self.isRead(gap.name) { report(gap.error) }
        } catch {
            report(error)
        }
    }

    /// Whether a file of this name, with the directories before it or without, holds documents, or their lock.
    static func isRead(_ name: String) -> Bool {
        PolicyLock.isLock(name) || [".yaml", ".yml"].contains(where: name.lowercased().hasSuffix)
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
