package import Foundation

/// The copy of the repository that these tests were built from.
package enum Checkout {
    package static let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    package static var path: String { url.path }

    package static var policies: String { "\(path)/policies" }

    /// A file of the material beside the repository, which not every machine has.
    package static func shared(_ path: String) -> URL {
        url.deletingLastPathComponent().appending(path: "shared/\(path)")
    }

    package static func hasShared(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: shared(path).path)
    }
}
