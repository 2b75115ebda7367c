import Files
import Foundation
import TestSupport
import Testing

@Suite struct AtomicFileTests {
    @Test func `a file appears whole, and only when committed`() throws {
        let directory = try Scratch()
        let path = try directory.write("report.json", "old")
        var file = try AtomicFile(path: path)
        try file.write("new ")
        try file.write(Array("bytes".utf8))
        #expect(try directory.text("report.json") == "old")
        try file.commit()
        #expect(try directory.text("report.json") == "new bytes")
        #expect(try directory.names() == ["report.json"])
    }

    @Test func `while it is written there is nothing that a killed process could leave behind`() throws {
        let directory = try Scratch()
        let path = try directory.write("report.json", "old")
        var file = try AtomicFile(path: path)
        try file.write(String(repeating: "x", count: 1 << 20))
        // Where the file system knows no files without names, one hidden name may stand there.
        #expect(try directory.names().filter { !$0.hasPrefix(".tenure-") } == ["report.json"])
        #expect(try directory.text("report.json") == "old")
        try file.commit()
        #expect(try directory.names() == ["report.json"])
        #expect(try directory.text("report.json").utf8.count == 1 << 20)
    }

    @Test func `without commit nothing changes and nothing is left`() throws {
        let directory = try Scratch()
        let path = try directory.write("report.json", "old")
        do {
            var file = try AtomicFile(path: path)
            try file.write(String(repeating: "x", count: 1 << 20))
        }
        #expect(try directory.text("report.json") == "old")
        #expect(try directory.names() == ["report.json"])
    }

    @Test func `more than the buffer, in pieces of every size, arrives in order`() throws {
        let directory = try Scratch()
        var file = try AtomicFile(path: "\(directory.path)/big")
        var expected = ""
        for size in [1, 1000, 262_143, 262_144, 262_145, 3, 600_000] {
            let piece = String(repeating: String(size % 10), count: size)
            expected += piece
            try file.write(piece)
        }
        try file.commit()
        #expect(try directory.text("big") == expected)
    }

    @Test func `the mode is the one that was asked for`() throws {
        let directory = try Scratch()
        let path = "\(directory.path)/secret"
        try AtomicFile(path: path, mode: 0o600).commit()
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func `a link is followed and stays a link`() throws {
        let directory = try Scratch()
        let target = try directory.write("target", "old")
        try FileManager.default.createSymbolicLink(atPath: "\(directory.path)/link", withDestinationPath: target)
        var file = try AtomicFile(path: "\(directory.path)/link")
        try file.write("new")
        try file.commit()
        #expect(try directory.text("target") == "new")
        #expect((try? FileManager.default.destinationOfSymbolicLink(atPath: "\(directory.path)/link")) == target)
    }

    @Test func `a full disk is an error that names the file, and nothing is left behind`() throws {
        var file = try AtomicFile(path: "/dev/full")
        try file.write("does not fit")
        let error = commitError(of: file)
        #expect(error?.description.hasPrefix("/dev/full: cannot write: No space left on device") == true)
        #expect(error?.hint != nil)
    }

    @Test func `a file that may not be written to is found out without touching it`() throws {
        let directory = try Scratch()
        let path = try directory.write("report.json", "old")
        try Files.checkWritable(path)
        #expect(chmod(path, 0o444) == 0)
        let error = asOrdinaryUser { #expect(throws: FileError.self) { try Files.checkWritable(path) } }
        #expect(error?.description.hasPrefix("\(path): cannot write: Permission denied") == true)
    }

    @Test func `a device is written to, never replaced`() throws {
        var file = try AtomicFile(path: "/dev/null")
        try file.write("gone")
        try file.commit()
        #expect(Files.kind(of: "/dev/null") == .other)
    }

    @Test(.enabled(if: FileManager.default.isWritableFile(atPath: "/dev/shm"), "there is no /dev/shm to write to"))
    func `files in shared memory are files like others`() throws {
        let path = "/dev/shm/tenure-test-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        var file = try AtomicFile(path: path)
        try file.write("bytes")
        #expect(!FileManager.default.fileExists(atPath: path))
        try file.commit()
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "bytes")
    }

    @Test func `a directory that is absent, or in the way, is an error`() throws {
        let directory = try Scratch()
        #expect(openError("\(directory.path)/none/report.json")?.isAbsent == true)
        #expect(openError("\(directory.path)/none/report.json")?.path == "\(directory.path)/none/report.json")
        #expect(openError(directory.path)?.operation == "write")
    }

    private func commitError(of file: consuming AtomicFile) -> FileError? {
        do throws(FileError) {
            try file.commit()
            return nil
        } catch {
            return error
        }
    }

    private func openError(_ path: String) -> FileError? {
        do throws(FileError) {
            _ = try AtomicFile(path: path)
            return nil
        } catch {
            return error
        }
    }
}
