import Foundation

/// A directory of one test, removed with it.
final class Directory {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "tenure-files-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file and gives its path.
    func file(_ name: String, _ text: String) -> String {
        let file = "\(path)/\(name)"
        let made = FileManager.default.createFile(atPath: file, contents: Data(text.utf8))
        precondition(made, "the test's own directory is writable")
        return file
    }

    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")), as: UTF8.self)
    }

    func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }
}
