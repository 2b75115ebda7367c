import Connectors
import Foundation
import Records
import Testing

/// What is named like records and cannot be read is lost, and says so.
@Suite struct UnreadableEntryTests {
    private let thread = #"{"id":"t","object":"thread","created_at":1700000000}"#

    private func read(_ prepare: (URL) throws -> Void) throws -> Inventory {
        let export = try TemporaryExport(["threads.ndjson": thread])
        try prepare(URL(fileURLWithPath: export.directory))
        return try export.read()
    }

    @Test(arguments: ["/nowhere", "threads-2.ndjson", "/dev/null"])
    func `a link that leads to no file makes its kind incomplete (case 65)`(target: String) throws {
        let inventory = try read {
            try FileManager.default.createSymbolicLink(
                atPath: $0.appendingPathComponent("threads-2.ndjson").path, withDestinationPath: target)
        }
        #expect(inventory.problems.counts == [.unreadable: 1])
        #expect(inventory.coverage[0][.thread].lost == 1)
        #expect(!inventory.complete.contains(.thread))
    }

    @Test func `a pipe in the place of records makes its kind incomplete (case 65)`() throws {
        let inventory = try read { #expect(mkfifo($0.appendingPathComponent("messages.ndjson").path, 0o600) == 0) }
        #expect(inventory.problems.counts == [.unreadable: 1])
        #expect(inventory.coverage[0][.message].wasRead)
        #expect(!inventory.complete.contains(.message))
    }

    @Test func `a directory too deep to look into may hold any kind`() throws {
        let inventory = try read {
            try FileManager.default.createDirectory(
                at: $0.appendingPathComponent("a/b/c/d/e/f/g/h/i"), withIntermediateDirectories: true)
        }
        #expect(inventory.problems.counts == [.unreadable: 1])
        #expect(inventory.complete.isEmpty)
    }

    @Test func `a link back to a directory is not read twice`() throws {
        let inventory = try read {
            try FileManager.default.createSymbolicLink(
                atPath: $0.appendingPathComponent("again").path, withDestinationPath: ".")
        }
        #expect(inventory.problems.counts.isEmpty)
        #expect(inventory.count == 1)
    }
}
