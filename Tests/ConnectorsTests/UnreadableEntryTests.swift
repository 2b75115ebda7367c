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

    @Test(arguments: ["/nowhere", "archive"])
    func `a link that leads nowhere may have been a directory of any kind (case 65)`(target: String) throws {
        let inventory = try read {
            try FileManager.default.createSymbolicLink(
                atPath: $0.appendingPathComponent("archive").path, withDestinationPath: target)
        }
        #expect(inventory.problems.counts == [.unreadable: 1])
        #expect(inventory.problems.losesData && inventory.complete.isEmpty)
    }

    @Test(arguments: [
        ("threads-2.ndjson.zst", Kind.thread), ("threads.csv", .thread), ("more.json.part", nil),
        ("messages/day-1.jsonl.bz2", .message),
    ])
    func `records in a form that is not known are missed, and said to be (case 79)`(name: String, kind: Kind?) throws {
        let inventory = try read { directory in
            let file = directory.appendingPathComponent(name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data("?".utf8).write(to: file)
        }
        #expect(inventory.places == ["\(name):1 unreadable"])
        if let kind { #expect(inventory.coverage[0][kind].lost == 1) }
        #expect(kind.map { !inventory.complete.contains($0) } ?? inventory.complete.isEmpty)
    }

    @Test(arguments: ["notes.txt", "chat.html", "truth.json", "truth.json.bak", "threads", "user.json"])
    func `what is beside the records is left alone`(name: String) throws {
        let inventory = try read { try Data("?".utf8).write(to: $0.appendingPathComponent(name)) }
        #expect(inventory.problems.counts.isEmpty && inventory.complete.contains(.thread))
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
